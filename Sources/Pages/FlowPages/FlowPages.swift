import ConsoleParts
package import WebPages

/// The console's pages of flows: versions, validation, comparison, editing, simulation.
package enum FlowPages {
    package static func routes(_ services: PageServices, _: EventHub) -> [PageRoute] {
        let desk = FlowDesk(engine: services.engine)
        return shown(desk) + changed(desk)
    }

    private static let flow = "\(ConsolePaths.flows)/{flow}"

    private static func shown(_ desk: FlowDesk) -> [PageRoute] {
        [
            .get(ConsolePaths.flows, needs: .read) { try await FlowListPage.answer($0, desk) },
            .get(flow, needs: .read) { try await FlowPage.answer($0, desk) },
            .get("\(flow)/versions/{version}", needs: .read) { try await VersionPage.answer($0, desk) },
            .get("\(flow)/compare", needs: .read) { try await ComparePage.answer($0, desk) },
            .get("\(flow)/download", needs: .read) { try await FlowDownload.answer($0, desk) },
            .get("\(flow)/simulate", needs: .read) { try await SimulatePage.answer($0, desk) },
            // Nothing is changed by it; by POST, because an input may be large.
            .post("\(flow)/simulate", needs: .read, bodyBytesMax: simulationBytesMax) {
                try await SimulatePage.answer($0, desk, runs: true)
            },
            .get("\(flow)/start", needs: .operate) { try await StartPage.show($0, desk) },
            .post("\(flow)/start", needs: .operate, bodyBytesMax: simulationBytesMax) {
                try await StartPage.start($0, desk)
            },
        ]
    }

    private static func changed(_ desk: FlowDesk) -> [PageRoute] {
        let formBytesMax = FlowDraft.formBytesMax
        return [
            .get(FlowPaths.creation, needs: .admin) { try await EditDesk.showBlank($0, desk) },
            .post(FlowPaths.creation, needs: .admin, bodyBytesMax: formBytesMax) {
                try await EditDesk.create($0, desk)
            },
            .get("\(flow)/edit", needs: .admin) { try await EditDesk.show($0, desk) },
            .post("\(flow)/edit", needs: .admin, bodyBytesMax: formBytesMax) {
                try await EditDesk.edit($0, desk)
            },
            .post("\(flow)/delete", needs: .admin) { try await FlowChanges.delete($0, desk) },
            .post("\(flow)/publish", needs: .admin) { try await FlowChanges.publish($0, desk) },
            .post("\(flow)/aliases", needs: .admin) { try await FlowChanges.setAlias($0, desk) },
            .post("\(flow)/aliases/{alias}/delete", needs: .admin) {
                try await FlowChanges.deleteAlias($0, desk)
            },
            .post("\(flow)/versions/{version}/delete", needs: .admin) {
                try await FlowChanges.unpublish($0, desk)
            },
        ]
    }

    /// Units: bytes of a form with an input and what up to forty tasks answer.
    private static let simulationBytesMax = 256 << 10
}
