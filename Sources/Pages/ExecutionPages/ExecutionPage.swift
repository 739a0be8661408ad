import ConsoleParts
import FlowEngineAPI
import HTMLMarkup
import Primitives
import RPCProtocol
import WebPages

/// The page of one execution, and what can be taken away from it.
struct ExecutionPage: Sendable {
    let engine: any ServicePort
    let watches: ExecutionWatches
    let journal: any JournalLines
    let shelf: DefinitionShelf

    /// Another flow's executions are nobody's business; that they are there is not told either.
    static func mayTouch(_ request: PageRequest) throws(Problem) -> (flow: String, name: String) {
        let (flow, name) = (request["flow"], request["execution"])
        guard request.visitor.mayTouch(flow: flow) else {
            throw .notFound("There is no execution \(name) of a flow \(flow).", request.language)
        }
        return (flow, name)
    }

    private func reading(_ request: PageRequest) throws(Problem) -> ExecutionReading {
        let (flow, name) = try Self.mayTouch(request)
        return ExecutionReading(
            engine: engine, shelf: shelf, flow: flow, name: name, role: request.visitor.role)
    }

    func answer(_ request: PageRequest) async throws -> PageAnswer { try await shown(request) }

    /// - Parameter faults: of a form that could not be taken, by field; with what was given.
    func shown(
        _ request: PageRequest, faults: [String: String] = [:], given: [String: String] = [:]
    ) async throws -> PageAnswer {
        let reading = try reading(request)
        var sight = try await reading.read(at: Int64(request.asked("at")), now: request.now)
        let asked = request.asked("step")
        let run = Int64(request.asked("run"))
        let chosen = Self.chosen(sight.story, step: asked, run: run)
        if let chosen { try await reading.complete(&sight, chosen) }
        let links = SightLinks(
            flow: reading.flow, name: reading.name, at: sight.at, run: run,
            step: asked.isEmpty ? nil : asked)
        let isLive = watches.hasRoom(flow: reading.flow, name: reading.name)
        let parts = Parts(
            sight: sight, links: links, chosen: chosen,
            journal: await journalLines(sight, chosen), isLive: isLive, faults: faults, given: given)
        return .page(
            Page(
                ConsoleFace.face, "\(sight.name) · \(sight.flow)", section: ConsolePaths.executions,
                status: faults.isEmpty ? 200 : 400,
                events: sight.isOpen && isLive && faults.isEmpty ? links.part("events") : nil, isWide: true
            ) { body(parts, request) })
    }

    private struct Parts {
        let sight: ExecutionSight
        let links: SightLinks
        let chosen: Int?
        let journal: JournalReading?
        let isLive: Bool
        let faults: [String: String]
        let given: [String: String]
    }

    @HTMLBuilder private func body(_ parts: Parts, _ request: PageRequest) -> HTML {
        let (sight, links) = (parts.sight, parts.links)
        el("div", .class("execution")) {
            HeadPart(sight: sight, links: links, language: request.language, isLive: parts.isLive).html
            ScrubPart(sight: sight, links: links).html
            el("div", .class("ex-columns")) {
                el("div", .class("stack")) {
                    GraphPart(sight: sight, links: links, chosen: parts.chosen).html
                    ActionsPart(
                        sight: sight, links: links, request: request, faults: parts.faults, given: parts.given
                    ).html
                }
                el("div", .class("stack")) {
                    TimelinePart(
                        sight, links, chosen: parts.chosen, unfolded: Int64(request.asked("unfold"))
                    ).html
                    PanelPart(
                        sight: sight, links: links, chosen: parts.chosen, journal: parts.journal,
                        request: request
                    ).html
                    DataPart(sight: sight).html
                }
            }
            EventsPart(sight: sight, links: links, from: Int64(request.asked("events"))).html
        }
    }

    /// The run that was asked for, else the latest of the step, else what asks for attention.
    static func chosen(_ story: ExecutionStory, step: String, run: Int64?) -> Int? {
        if let run, let node = story.nodes.lastIndex(where: { $0.eventID == run && $0.parent != nil }),
            step.isEmpty || story.nodes[node].name == step
        {
            return node
        }
        if !step.isEmpty { return story.runs(of: step).last }
        let steps = story.nodes.indices.filter { story.nodes[$0].kind == .step }
        let inner = steps.filter { story.nodes[$0].children.isEmpty }
        return story.failedNode ?? inner.last { story.nodes[$0].state == .retrying }
            ?? inner.last { story.nodes[$0].state.isOpen } ?? inner.last { story.nodes[$0].state == .stopped }
            ?? inner.last { !story.nodes[$0].attempts.isEmpty } ?? steps.last
    }

    private func journalLines(_ sight: ExecutionSight, _ chosen: Int?) async -> JournalReading? {
        guard let chosen else { return nil }
        let node = sight.story.nodes[chosen]
        // Who logs does so a little before or after the event.
        let around = Duration.seconds(1)
        return await journal.lines(
            of: JournalQuestion(
                flow: sight.flow, execution: sight.name, from: node.began.advanced(by: .zero - around),
                to: (node.ended ?? sight.moment).advanced(by: around)))
    }

    func events(_ request: PageRequest) throws(Problem) -> PageAnswer {
        let (flow, name) = try Self.mayTouch(request)
        return try watches.answer(flow: flow, name: name, request.language)
    }

    /// The execution as a file for `fnfctl flow test`.
    func testCase(_ request: PageRequest) async throws -> PageAnswer {
        let sight = try await reading(request).read(at: nil, now: request.now)
        guard !sight.isOpen, sight.definition != nil, sight.gap == nil,
            let input = (try? JSONParser.parse(sight.record.input))?.objectValue
        else {
            throw Problem(
                409, "No test can be made of it",
                "The execution has not ended, its history has more than "
                    + "\(ExecutionReading.eventsMax) events, or its definition can't be read here.")
        }
        let export = TestCaseExport(sight.story, flow: sight.flow, execution: sight.name, input: input)
        return .file(
            name: "\(sight.name.filter { $0 != ":" }).test.yaml",
            contentType: "application/yaml; charset=utf-8",
            text: export.text)
    }

    func definition(_ request: PageRequest) async throws -> PageAnswer {
        let reading = try reading(request)
        return .file(
            name: "\(reading.flow).yaml", contentType: "application/yaml; charset=utf-8",
            text: try await reading.describe().flowDefinition)
    }
}
