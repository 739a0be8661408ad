import ConsoleParts
package import FlowSchedule
package import Primitives
package import WebPages

/// The console's pages for whoever keeps the system running.
package enum OperationPages {
    /// What these pages need beside the services.
    package struct Needs: Sendable {
        package let activity: ActivityWatch
        package let units: any UnitStates
        /// Time zones, for the preview of schedules.
        package let zones: @Sendable (String) -> ZoneLookup
        package let world: any World

        package init(
            activity: ActivityWatch, units: any UnitStates, zones: @escaping @Sendable (String) -> ZoneLookup,
            world: any World
        ) {
            self.activity = activity
            self.units = units
            self.zones = zones
            self.world = world
        }
    }

    package static func routes(_ services: PageServices, _ hub: EventHub, _ needs: Needs) -> [PageRoute] {
        HomePage(services: services, units: needs.units).routes
            + ExecutionsPage(services: services).routes
            + BulkStopPages(services: services).routes
            + StartPage(services: services, world: needs.world).routes
            + WaitingPage(services: services).routes
            + ReportPage(services: services).routes
            + SchedulesPage(services: services).routes
            + ScheduleFormPages(services: services, zones: needs.zones).routes
            + QueuesPage(services: services).routes
            + SuppliersPage(services: services).routes
            + SupplierRulePages(services: services).routes
            + PaymentsPage(services: services).routes
            + [events(hub, needs.activity)]
    }

    /// Changes of the counts of executions, for all pages that show them.
    private static func events(_ hub: EventHub, _ activity: ActivityWatch) -> PageRoute {
        .get(OperationPaths.events, needs: .read) { request in
            activity.begin()
            return try hub.answer(to: ActivityWatch.topic, request.language)
        }
    }
}
