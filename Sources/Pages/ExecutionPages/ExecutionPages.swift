package import WebPages

/// The console's pages of one execution.
package enum ExecutionPages {
    package static func routes(_ services: PageServices, _ hub: EventHub) -> [PageRoute] { [] }
}
