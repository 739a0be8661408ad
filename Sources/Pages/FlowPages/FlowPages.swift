package import WebPages

/// The console's pages of flows: versions, validation, simulation.
package enum FlowPages {
    package static func routes(_ services: PageServices, _ hub: EventHub) -> [PageRoute] { [] }
}
