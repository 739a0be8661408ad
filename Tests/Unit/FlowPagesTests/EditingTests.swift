import FlowEngineAPI
import FlowModel
import HTTPMessage
import LoopSupport
import RPCProtocol
import Testing
import WebPages

@testable import FlowPages

@Suite(.timeLimit(.minutes(1))) struct EditingTests {
    @Test func `a check marks the lines of faults, draws and compares, and saves nothing`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let seen = try await console.record("Order").lastModifiedTime
        let bad = await console.edit("Order", Flows.broken, "check", seen: seen)
        #expect(bad.status == 200 && bad.text.contains("2 errors"))
        #expect(bad.text.contains("<li class=\"bad\" data-code=\"unknown-step-type\" data-line=\"11\">"))
        #expect(bad.text.contains("<li class=\"bad\" data-code=\"goto-unknown\" data-line=\"9\">"))
        #expect(
            bad.text.contains(
                "<li id=\"L11\" class=\"bad\" data-line=\"11\"><code>  - type: <mark>choise</mark>"))
        #expect(bad.text.contains("goto: nowhere\n"))
        let good = await console.edit("Order", Flows.twoSteps, "check", seen: seen)
        #expect(good.text.contains("data-step=\"rest\" data-change=\"added\""))
        #expect(good.text.contains("<g class=\"step wait good\" data-step=\"rest\">"))
        #expect(try await console.record("Order").definition == Flows.hello)
    }

    @Test func `a resource that nothing is bound to is a warning at its line`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let checked = await console.edit(
            "Order",
            Flows.order.replacing(
                "acs:mns:::/topics/ask/messages", with: "acs:fc:::services/none/functions/f"),
            "check", seen: "")
        #expect(checked.text.contains("data-code=\"unbound-resource\" data-line=\"6\""))
    }

    @Test func `a definition with errors is not saved, and its text is kept`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let seen = try await console.record("Order").lastModifiedTime
        let refused = await console.edit("Order", Flows.broken + "# </textarea><b>", "save", seen: seen)
        #expect(refused.status == 422 && refused.text.contains("Nothing was saved"))
        #expect(refused.text.contains("# &lt;/textarea&gt;&lt;b&gt;"))
        #expect(try await console.record("Order").definition == Flows.hello)
        let unnamed = await console.post(
            "/console/flows/new", [("intent", "save"), ("name", "1st"), ("definition", Flows.twoSteps)])
        #expect(unnamed.status == 422 && unnamed.text.contains("must begin with a letter"))
        #expect(unnamed.text.contains("duration: 30"))
        let taken = await console.post(
            "/console/flows/new", [("intent", "save"), ("name", "Order"), ("definition", Flows.twoSteps)])
        #expect(taken.status == 422 && taken.text.contains("already exists"))
    }

    @Test func `what was typed is saved as it was typed, with the line ends of files`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let seen = try await console.record("Order").lastModifiedTime
        let saved = await console.edit(
            "Order", Flows.twoSteps.replacing("\n", with: "\r\n"), "save", seen: seen)
        #expect(saved.status == 303 && saved.headers["Location"] == "/console/flows/Order?said=saved")
        #expect(try await console.record("Order").definition == Flows.twoSteps)
    }

    @Test func `who saves over what somebody else saved meanwhile is shown it first`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let seen = try await console.record("Order").lastModifiedTime
        await console.loop.advance(by: .seconds(1))
        let theirs = Flows.hello.replacing("hello", with: "theirs")
        #expect(await console.edit("Order", theirs, "save", seen: seen).status == 303)
        let conflict = await console.edit("Order", Flows.twoSteps, "save", seen: seen)
        #expect(conflict.status == 409 && conflict.text.contains("somebody else changed the flow"))
        #expect(conflict.text.contains("<code>    name: theirs</code>"))
        #expect(conflict.text.contains("duration: 30"))
        #expect(try await console.record("Order").definition == theirs)
        // The form that came back knows theirs: saving it again is meant.
        let now = try #require(conflict.text.firstMatch(of: /name="seen" value="([^"]+)"/)).1
        #expect(await console.edit("Order", Flows.twoSteps, "save", seen: String(now)).status == 303)
        #expect(try await console.record("Order").definition == Flows.twoSteps)
    }

    @Test func `the engine itself refuses a change over another state`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let change = UpdateFlow.Params.with {
            $0.name = "Order"
            $0.definition = Flows.twoSteps
            $0.ifLastModifiedTime = "2026-01-01T00:00:00.000Z"
        }
        let failure = await #expect(throws: RPCFailure.self) {
            try await console.services.engine.call(UpdateFlow.self, change, as: .admin)
        }
        #expect(failure?.answer?.name == .concurrentUpdateError)
        #expect(try await console.record("Order").definition == Flows.hello)
    }

    @Test func `formatting gives the canonical text and saves nothing`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let formatted = await console.edit(
            "Order", "version: v1\ntype: flow\nsteps:\n- {type: pass, name: hello} # kept\n", "format",
            seen: "")
        #expect(formatted.status == 200 && formatted.text.contains("Formatted"))
        #expect(formatted.text.contains("  - type: pass") && formatted.text.contains("# kept"))
        let again = await console.edit("Order", Flows.hello, "format", seen: "")
        #expect(again.text.contains("canonical form already"))
        let refused = await console.edit("Order", Flows.broken, "format", seen: "")
        #expect(refused.text.contains("Left as it is, because it has errors"))
        #expect(try await console.record("Order").definition == Flows.hello)
    }

    @Test func `a definition beyond the engine's limit is refused in words`() async throws {
        let console = try await Console()
        let long = Flows.hello + "#" + String(repeating: "x", count: FlowLimits.standard.definitionBytesMax)
        let refused = await console.post(
            "/console/flows/new", [("intent", "save"), ("name", "Long"), ("definition", long)])
        #expect(refused.status == 422 && refused.text.contains("at most 1048576 are allowed"))
    }

    @Test func `versions, aliases and the end of a flow`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let published = await console.post("/console/flows/Order/publish", [("about", "first")])
        #expect(published.headers["Location"] == "/console/flows/Order?said=published&of=1")
        let seen = try await console.record("Order").lastModifiedTime
        _ = await console.edit("Order", Flows.twoSteps, "save", seen: seen)
        _ = await console.post("/console/flows/Order/publish", [("about", "")])
        let routes = [("alias", "prod"), ("route", "1"), ("other", "2"), ("share", "10")]
        #expect(await console.post("/console/flows/Order/aliases", routes).status == 303)
        let page = await console.get("/console/flows/Order?alias=prod").text
        #expect(page.contains("prod 90 %") && page.contains("prod 10 %"))
        let odd = await console.post(
            "/console/flows/Order/aliases",
            [("alias", "prod"), ("route", "1"), ("other", "2"), ("share", "x")])
        #expect(odd.status == 422 && odd.text.contains("a whole number from 0 to 100"))
        let used = await console.post("/console/flows/Order/versions/1/delete", [("sure", "yes")])
        #expect(used.status == 422 && used.text.contains("id=\"versions\""))
        #expect(await console.post("/console/flows/Order/aliases/prod/delete", []).status == 303)
        #expect(await console.post("/console/flows/Order/versions/1/delete", []).status == 422)
        #expect(await console.post("/console/flows/Order/versions/1/delete", [("sure", "yes")]).status == 303)
        let mistyped = await console.post("/console/flows/Order/delete", [("confirmation", "order")])
        #expect(mistyped.status == 422 && mistyped.text.contains("Nothing was deleted"))
        #expect(await console.post("/console/flows/Order/delete", [("confirmation", "Order")]).status == 303)
        #expect(await console.get("/console/flows/Order").status == 404)
    }

    @Test func `an address can not put words into a page's mouth`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let page = await console.get("/console/flows/Order?said=published&of=call+me+now").text
        #expect(!page.contains("call me now") && page.contains("Published as version"))
        #expect(!(await console.get("/console/flows/Order?said=anything").text).contains("anything"))
    }
}
