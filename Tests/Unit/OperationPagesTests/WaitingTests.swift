import WebPages
import RPCProtocol
import HTTPMessage
import FlowEngineAPI
import Testing

@testable import OperationPages

@Suite struct WaitingTests {
    private func waiting() async throws -> Console {
        let console = try await Console()
        _ = try await console.services.engine.call(
            CreateQueue.self, .with { $0.queueName = "asked" }, as: .admin)
        try await console.flow("Question", Flows.ask)
        try await console.start("Question", "q-1", input: "{\"who\":\"<b>\"}")
        try await console.start("Question", "q-2")
        return console
    }

    private func report(_ page: String) throws -> String {
        let match = try #require(page.firstMatch(of: #/href="(\/console\/waiting\/report\?[^"]*q-1[^"]*)"/#))
        return String(match.output.1).replacing("&amp;", with: "&")
    }

    private func names(_ place: String) -> [(String, String)] {
        place.split(separator: "?")[1].split(separator: "&").map { pair in
            let parts = pair.split(separator: "=")
            return (String(parts[0]), String(parts[1]))
        }
    }

    @Test func `open callbacks are listed, narrowed by the address`() async throws {
        let console = try await waiting()
        let page = try await console.page("/console/waiting")
        #expect(page.contains("2 tasks await a report"))
        #expect(page.contains("data-deadline=\"2026-11-23T09:35:00.000Z\""))
        #expect(page.contains("fnfctl task succeed Question q-1 ask --output"))
        #expect(try await console.page("/console/waiting?step=other").contains("Nothing fits"))
        #expect(try await console.page("/console/waiting?resource=acs").contains("q-2"))
    }

    @Test func `a report lets the execution go on, and only once`() async throws {
        let console = try await waiting()
        let place = try report(try await console.page("/console/waiting"))
        let form = try await console.page(place)
        #expect(form.contains("&lt;b&gt;"))
        let sent = names(place) + [("outcome", "succeed"), ("output", "{\"ok\":true}")]
        let answer = await console.post("/console/waiting/report", sent)
        #expect(answer.place == "/console/waiting?done=Question%2Fq-1")
        let execution = try await console.status("Question", "q-1")
        #expect(execution.status == "Succeeded")
        let again = await console.post("/console/waiting/report", sent)
        #expect(again.status == 404)
        #expect(again.text.contains("Nobody waits for that any more"))
    }

    @Test func `a failure needs a name, an output must be an object`() async throws {
        let console = try await waiting()
        let place = try report(try await console.page("/console/waiting"))
        let nameless = await console.post("/console/waiting/report", names(place) + [("outcome", "fail")])
        #expect(nameless.status == 400)
        #expect(nameless.text.contains("id=\"error-fault\""))
        let list = await console.post(
            "/console/waiting/report", names(place) + [("outcome", "succeed"), ("output", "[]")])
        #expect(list.text.contains("id=\"output-fault\">This is an array"))
        #expect(try await console.status("Question", "q-1").status == "Running")
        let failed = await console.post(
            "/console/waiting/report",
            names(place) + [("outcome", "fail"), ("error", "OutOfStock"), ("cause", "no beef")])
        #expect(failed.status == 303)
        let execution = try await console.status("Question", "q-1")
        #expect(execution.status == "Failed")
        #expect(execution.error == "OutOfStock")
    }

    @Test func `reading the waiting room shows no token, and reports need the role`() async throws {
        let console = try await waiting()
        let place = try report(try await console.page("/console/waiting"))
        let page = try await console.page("/console/waiting", as: "read")
        #expect(!page.contains("/console/waiting/report"))
        #expect(await console.ask("GET", place, as: "read").status == 403)
        #expect(
            await console.post("/console/waiting/report", names(place) + [("outcome", "succeed")], as: "read")
                .status == 403)
    }
}
