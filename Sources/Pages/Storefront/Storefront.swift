package import WebPages

/// The pages of the shop.
package enum Storefront {
    package static func routes(_ services: PageServices, _ hub: EventHub) -> [PageRoute] { [] }
}
