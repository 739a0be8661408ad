import FlowEngineAPI
import FlowModel
import FlowSimulation
import HTMLMarkup
import HTTPMessage
import Primitives
import Testing
import WebPages

@testable import ExecutionPages

/// What came from outside is shown as it is written, wherever it stands on the page.
struct HostileTests {
    static let script = "<script>alert('x')</script>"
    static let flow = """
        {"version":"v1","type":"flow","steps":[{"type":"task","name":"ask",
        "resourceArn":"acs:fc:::services/s/functions/f","inputMappings":[{"target":"<i>","source":"$input.a"}],"retry":[{"errors":["FnF.ALL"],"maxAttempts":1}]}]}
        """

    private func sight(_ run: RandomRun, at: Int64? = nil) -> ExecutionSight {
        var record = ExecutionRecord()
        record.flowName = "f"
        record.name = Self.script
        record.status = run.outcome.status.rawValue
        record.input = JSONValue.object(run.input).text
        record.startedTime = run.outcome.events[0].time.description
        record.labels = ["order": .string(Self.script)]
        let events = run.outcome.events
        return ExecutionSight(
            record: record, definition: run.definition, events: events, gap: nil,
            last: events.last?.eventID ?? 0, at: at,
            story: ExecutionStory(run.definition, events, title: "e", upTo: at),
            now: events.last?.time ?? Timestamp(microseconds: 0))
    }

    private func page(_ sight: ExecutionSight, mayOperate: Bool) -> String {
        let links = SightLinks(
            flow: "f", name: sight.name, at: sight.at, run: nil, step: sight.story.nodes.last?.name)
        let visitor = Visitor(role: mayOperate ? .operate : .read, formToken: "t")
        let request = PageRequest(
            head: WebHead(method: "GET", path: "/"), visitor: visitor, now: sight.now)
        let chosen = ExecutionPage.chosen(sight.story, step: "", run: nil)
        let line = JournalLine(
            time: sight.now, service: Self.script, priority: 3, message: Self.script,
            fields: ["key": Self.script])
        return group {
            HeadPart(sight: sight, links: links, language: .english, isLive: true).html
            ScrubPart(sight: sight, links: links).html
            GraphPart(sight: sight, links: links, chosen: chosen).html
            TimelinePart(sight, links, chosen: chosen, unfolded: nil).html
            PanelPart(
                sight: sight, links: links, chosen: chosen, journal: .lines([line]), request: request
            ).html
            DataPart(sight: sight).html
            ActionsPart(sight: sight, links: links, request: request).html
            EventsPart(sight: sight, links: links, from: nil).html
        }.markup
    }

    private func hostileRun() throws -> RandomRun {
        let text: JSONValue = .string(Self.script)
        let failure = FlowFailure(error: Self.script, cause: Self.script)
        return try #require(
            RandomRun(Self.flow, input: ["a": text, "\"><b>": text], failure: failure, result: ["<u>": text]))
    }

    @Test func `nothing of a hostile execution is markup, at any event`() throws {
        let run = try hostileRun()
        for event in run.outcome.events {
            for mayOperate in [true, false] {
                let page = page(sight(run, at: event.eventID), mayOperate: mayOperate)
                for piece in ["<script", "<b>", "<i>", "<u>", "onerror", " style="] {
                    #expect(!page.contains(piece), "\(piece) at event \(event.eventID)")
                }
                #expect(page.contains("&lt;script&gt;"))
            }
        }
    }

    @Test func `pages of random executions hold together at every event`() {
        for run in StoryTests.runs.prefix(40) {
            for event in run.outcome.events where event.eventID % 3 == 0 {
                let page = page(sight(run, at: event.eventID), mayOperate: true)
                #expect(page.utf8.count < 150_000)
                for name in ["a", "div", "section", "svg", "g", "li", "tr", "details"] {
                    let opened = page.split(separator: "<\(name)", omittingEmptySubsequences: false)
                        .dropFirst()
                        .count { $0.first == ">" || $0.first == " " }
                    let closed =
                        page.split(separator: "</\(name)>", omittingEmptySubsequences: false).count - 1
                    #expect(opened == closed, "<\(name)> of \(run.text)")
                }
            }
        }
    }

    @Test func `who may only read finds no form and no token`() throws {
        let run = try hostileRun()
        let reader = page(sight(run), mayOperate: false)
        #expect(!reader.contains("<form method=\"post\""))
        #expect(page(sight(run), mayOperate: true).contains("<form method=\"post\""))
    }
}
