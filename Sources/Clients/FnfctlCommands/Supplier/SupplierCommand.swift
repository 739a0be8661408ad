import ArgumentParser

/// `fnfctl supplier …`
struct SupplierCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supplier",
        abstract: "Suppliers: which payment methods each offers, and which rule says so.",
        discussion: "Example:\n  fnfctl supplier show haidilao",
        subcommands: [
            SupplierList.self, SupplierShow.self, SupplierSet.self, SupplierUnset.self, SupplierExplain.self,
            SupplierPreview.self,
        ],
        aliases: ["suppliers"])
}
