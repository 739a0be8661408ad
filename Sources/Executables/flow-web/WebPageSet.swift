import ConsoleParts
import ExecutionPages
import FlowPages
import FlowWeb
import HTTPMessage
import HTTPTransport
import OperationPages
import ServiceKit
import Storefront
import SystemUnits
import WebPages
import ZoneDatabase

/// The pages of flow-web, put together: shop, console, and what both share.
enum WebPageSet {
    static func endpoint(
        _ context: ServiceContext, _ configuration: FlowWebConfiguration, gate: any VisitorGate,
        signingIn: [PageRoute]
    ) -> PageEndpoint {
        let services = services(context, configuration)
        let hub = EventHub(loop: context.loop, listenersMax: configuration.limits.connectionsMax)
        let start = PageRoute.get("/") { _ in .seeOther(Shop.face.home) }
        let routes =
            [start] + signingIn
            + Storefront.routes(services, hub, loop: context.loop, world: context.world)
            + OperationPages.routes(services, hub, needs(context, services, hub))
            + ExecutionPages.routes(services, hub, loop: context.loop, journal: JournalDesk())
            + FlowPages.routes(services, hub)
        return PageEndpoint(
            routes, faces: [Shop.face, ConsoleFace.face], gate: gate,
            assets: PageAssets(
                styles: [
                    Storefront.styles, ConsoleStyles.text, SessionPages.style, FlowStyles.text,
                    ExecutionStyles.text, OperationStyles.text,
                ],
                scripts: [Storefront.script, FlowScript.text, ExecutionScript.text, OperationScript.text]),
            world: context.world, logger: context.logger)
    }

    private static func needs(
        _ context: ServiceContext, _ services: PageServices, _ hub: EventHub
    ) -> OperationPages.Needs {
        OperationPages.Needs(
            activity: ActivityWatch(engine: services.engine, hub: hub, loop: context.loop),
            units: HostedUnits(runtimeFolder: context.runtimeFolder), zones: ZoneDatabase().lookUp,
            world: context.world)
    }

    private static func services(
        _ context: ServiceContext, _ configuration: FlowWebConfiguration
    ) -> PageServices {
        let callers = { (service: String) in
            ServiceCallers(world: context.world, loop: context.loop, limits: configuration.engine) {
                context.caller(service, door: $0)
            }
        }
        return PageServices(
            engine: callers("flow-engine"), orders: callers("order-store"),
            payments: callers("payment-gateway"), suppliers: callers("supplier-rules"))
    }
}
