import ArgumentParser
import OrderStoreAPI

extension ProductPicture: ExpressibleByArgument {}

/// `fnfctl product …`
struct ProductCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "product",
        abstract: "The catalogue: suppliers and what they sell, as the shop shows it.",
        discussion: "Example:\n  fnfctl product list --supplier haidilao",
        subcommands: [
            ProductList.self, ProductSet.self, ProductRemove.self, ProductSupplier.self,
            ProductRemoveSupplier.self,
        ],
        aliases: ["products", "catalogue"])
}
