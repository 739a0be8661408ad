import ConfigurationFile
import FlowDefinition
import FlowDrawing
import FlowParsing
import FlowSimulation
import HTTPMessage
import Primitives
import Testing
import WebPages

@testable import FlowPages
@testable import FnfctlCommands

@Suite(.timeLimit(.minutes(1))) struct SimulatingTests {
    private func form(_ fields: [(String, String)], of definition: FlowDefinition) -> SimulationForm {
        SimulationForm(
            definition,
            PageRequest(
                head: WebHead(method: "POST", path: "/"), form: FormParameters(fields),
                visitor: Visitor(formToken: ""), now: VirtualWorld.epoch))
    }

    private func definition(_ text: String) throws -> FlowDefinition {
        try #require(FlowParser.parse(text).definition)
    }

    @Test(arguments: [
        [("result-ask", "{\"method\":\"card\"}"), ("delay-ask", "2m"), ("delay-charge", "500ms")],
        [("result-ask", "{\"method\":\"cash\"}")],
        [("outcome-ask", "never")],
        [
            ("outcome-ask", "failure"), ("error-ask", "Sold.Out"), ("cause-ask", "no more"),
            ("delay-ask", "3"),
        ],
        [("result-ask", "{\"method\":\"card\"}"), ("outcome-charge", "failure"), ("error-charge", "Broke")],
    ])
    func `a simulation of the page is that of fnfctl with the mocks that the page names`(
        fields: [(String, String)]
    ) throws {
        let flow = try definition(Flows.order)
        let form = form([("input", "{\"number\":7}")] + fields, of: flow)
        #expect(form.isRight)
        let ours = SimulationRun(flow, form).outcome
        let reader = ConfigurationReader(try ConfigurationFile.parse(form.mocksText, file: "mocks.yaml"))
        let mocks = MockReading.mocks(reader)
        try reader.finish()
        var simulation = Simulation(flow, tasks: MockedTasks(mocks))
        let theirs = simulation.run(input: try #require(JSONParser.parse(form.inputText).objectValue))
        #expect(ours == theirs)
        #expect(ours.ending == .ended)
    }

    @Test func `the result shows the end, the way on the picture, the history and what was missed`()
        async throws
    {
        let console = try await Console()
        try await console.make("Order", Flows.order)
        let form = await console.get("/console/flows/Order/simulate", as: "read").text
        #expect(
            form.contains("&quot;number&quot;: &quot;&quot;")
                && form.contains("{&quot;method&quot;:&quot;&quot;}"))
        let run = await console.post(
            "/console/flows/Order/simulate",
            [
                ("input", "{\"number\":\"<i>\"}"), ("outcome-ask", "success"),
                ("result-ask", "{\"method\":\"card\"}"), ("delay-ask", "2m"),
            ], as: "read")
        #expect(run.status == 200)
        #expect(run.text.contains("Succeeded") && run.text.contains("<dd>2 min 0 s</dd>"))
        #expect(run.text.contains("<g class=\"step task good\" data-step=\"charge\">"))
        #expect(run.text.contains("<g class=\"step pass dim\" data-step=\"canceled\">"))
        #expect(run.text.contains("data-event=\"TaskSucceeded\"") && run.text.contains("+2 min 0 s"))
        #expect(run.text.contains("&lt;i&gt;") && !run.text.contains("<i>"))
        #expect(run.text.contains("ask: catch FnF.ALL → canceled"))
        // Nothing was started.
        #expect(await console.get("/console/flows/Order").text.contains("<span class=\"value\">0</span>"))
    }

    @Test func `what can't be run is said beside its field, and nothing is run`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.order)
        let odd = await console.post(
            "/console/flows/Order/simulate",
            [
                ("input", "[1]"), ("outcome-ask", "failure"), ("outcome-charge", "success"),
                ("result-charge", "{"), ("delay-charge", "soon"),
            ])
        #expect(odd.status == 422 && odd.text.contains("An Input is a JSON object; this is an array."))
        #expect(odd.text.contains("Name the error") && odd.text.contains("“soon” is no length of time"))
        #expect(!odd.text.contains("id=\"outcome\""))
    }

    @Test func `a flow without end ends at the page's bound`() async throws {
        let console = try await Console()
        try await console.make("Endless", Flows.endless)
        let run = await console.post("/console/flows/Endless/simulate", [("input", "{}")])
        #expect(run.status == 200)
        #expect(run.text.contains("The history grew beyond \(SimulationRun.eventsMax) events."))
        #expect(run.text.utf8.count < 150_000)
    }

    @Test func `a task that is not heard of and has no timeout is told as such`() throws {
        let flow = try definition(Flows.order.replacing("    timeoutSeconds: 300\n", with: ""))
        let outcome = SimulationRun(
            flow, form([("input", "{\"number\":1}"), ("outcome-ask", "never")], of: flow)
        ).outcome
        #expect(outcome.ending == .waitsForever(steps: ["ask"]))
        #expect(SimulationMarks.of(outcome, ["ask", "done"])["ask"]?.note == "waits")
    }
}
