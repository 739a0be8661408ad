package import WebPages

/// The console's pages for whoever keeps the system running.
package enum OperationPages {
    package static func routes(_ services: PageServices, _ hub: EventHub) -> [PageRoute] { [] }
}
