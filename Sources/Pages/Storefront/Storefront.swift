package import Primitives
package import WebPages

/// The pages of the shop: what buyers order and pay by, and what the merchant sees and sets.
package enum Storefront {
    /// - Parameter world: order numbers are made from its chance.
    package static func routes(
        _ services: PageServices, _ hub: EventHub, loop: any ServiceLoop, world: any World
    ) -> [PageRoute] {
        let bell = OrderBell(services: services, hub: hub, loop: loop)
        return MenuPages(services: services, world: world).routes
            + TrackerPages(services: services, hub: hub, bell: bell).routes
            + BoardPages(services: services, bell: bell).routes
            + RulePages(services: services).routes
            + CataloguePages(services: services).routes
    }

    /// What the shop adds to the style sheet and the script of all pages.
    package static let styles = ShopStyles.text
    package static let script = ShopScript.text
}
