import ConsoleParts
package import Primitives
package import WebPages

/// The console's pages of one execution.
package enum ExecutionPages {
    /// - Parameter journal: where the log lines of the services are read.
    package static func routes(
        _ services: PageServices, _ hub: EventHub, loop: any ServiceLoop, journal: any JournalLines
    ) -> [PageRoute] {
        let watches = ExecutionWatches(engine: services.engine, hub: hub, loop: loop)
        let page = ExecutionPage(
            engine: services.engine, watches: watches, journal: journal, shelf: DefinitionShelf())
        let changes = ExecutionChanges(engine: services.engine, page: page)
        let path = "\(ConsolePaths.executions)/{flow}/{execution}"
        return [
            .get(path, needs: .read) { try await page.answer($0) },
            .get("\(path)/events", needs: .read) { try page.events($0) },
            .get("\(path)/test", needs: .read) { try await page.testCase($0) },
            .get("\(path)/definition", needs: .read) { try await page.definition($0) },
            .post("\(path)/stop", needs: .operate) { try await changes.stop($0) },
            .post("\(path)/again", needs: .operate, bodyBytesMax: ExecutionChanges.inputBytesMax) {
                try await changes.again($0)
            },
            .post("\(path)/report", needs: .operate, bodyBytesMax: ExecutionChanges.inputBytesMax) {
                try await changes.report($0)
            },
        ]
    }
}
