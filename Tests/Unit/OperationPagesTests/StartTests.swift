import HTTPMessage
import FlowEngineAPI
import Testing

@testable import OperationPages

@Suite struct StartTests {
    @Test func `a fault in the input is named by its place`() {
        #expect(
            throws: JSONPlace.Fault(
                sentence: "This is an array; an object is needed, e.g. {\"who\":\"world\"}.")
        ) {
            try JSONPlace.object("[1]")
        }
        #expect(JSONPlace.place(of: 0, in: "") == "Line 1, column 1")
        #expect(JSONPlace.place(of: 7, in: "{\n  \"é\": x") == "Line 2, column 5")
    }

    @Test func `sending a form twice starts one execution`() async throws {
        let console = try await Console()
        try await console.flow("Sleepy", Flows.rest)
        let page = try await console.page("/console/executions/start?flow=Sleepy")
        let spare = try #require(page.firstMatch(of: #/name="spare" value="([^"]+)"/#)?.output.1)
        let form = [("flow", "Sleepy"), ("spare", String(spare)), ("input", "{\"a\":1}")]
        for _ in 1...2 {
            let answer = await console.post("/console/executions/start", form)
            #expect(answer.status == 303)
            #expect(answer.place == "/console/executions/Sleepy/\(spare)")
        }
        #expect(try await console.status("Sleepy", String(spare)).input == "{\"a\":1}")
    }

    @Test func `each fault stands at its field, and what was written is kept`() async throws {
        let console = try await Console()
        try await console.flow("Sold", Flows.fail)
        try await console.start("Sold", "o-1")
        func fault(_ form: [(String, String)]) async -> String {
            let answer = await console.post("/console/executions/start", form)
            #expect(answer.status == 400)
            return answer.text
        }
        let input = await fault([("flow", "Sold"), ("input", "{\n \"a\": }")])
        #expect(input.contains("id=\"input-fault\">Line 2, column"))
        #expect(input.contains("{\n &quot;a&quot;: }"))
        #expect(await fault([("flow", "")]).contains("id=\"flow-fault\">The flow name is empty."))
        #expect(await fault([("flow", "Nowhere")]).contains("id=\"flow-fault\""))
        #expect(await fault([("flow", "Sold"), ("name", "a b")]).contains("id=\"name-fault\""))
        #expect(
            await fault([("flow", "Sold"), ("name", "o-1"), ("input", "{\"b\":1}")]).contains(
                "id=\"name-fault\""))
        #expect(await fault([("flow", "Sold"), ("qualifier", "7")]).contains("id=\"qualifier-fault\""))
    }
}
