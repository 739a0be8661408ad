import HTTPMessage
import FlowEngineAPI
import Testing
import WebPages

@testable import OperationPages

@Suite struct ExecutionListTests {
    @Test func `filters are in the address, and the address makes the same filters`() throws {
        let filter = ExecutionFilter.with {
            $0.text = "a&b=<c>"
            $0.flow = "Order Demo"
            $0.status = "Running"
            $0.condition = "retrying"
            $0.age = "3600"
        }
        #expect(
            filter.place(next: "n/1")
                == "/console/executions?q=a%26b%3D%3Cc%3E&flow=Order%20Demo&status=Running"
                + "&condition=retrying&age=3600&next=n%2F1"
        )
        let params = filter.params(next: "n", limit: 50)
        #expect(params.text == "a&b=<c>")
        #expect(params.statuses == ["Running"])
        #expect(params.olderThanSeconds == 3600)
        #expect(params.nextToken == "n")
        #expect(params.stepName == nil)
        #expect(
            filter.command
                == "fnfctl execution search 'a&b=<c>' --payloads --flow 'Order Demo' --status Running "
                + "--condition retrying --older-than 3600s")
        #expect(ExecutionFilter().place() == "/console/executions")
    }

    @Test func `the list shows what fits, and hostile texts as texts`() async throws {
        let console = try await Console()
        try await console.flow("Sleepy", Flows.rest)
        try await console.flow("Sold", Flows.fail)
        try await console.start("Sleepy", "o-1", input: #"{"note":"<script>alert(1)</script>"}"#)
        try await console.start("Sold", "o-2")
        let all = try await console.page("/console/executions")
        #expect(all.contains("/console/executions/Sleepy/o-1"))
        #expect(all.contains("/console/executions/Sold/o-2"))
        #expect(all.contains("sold &lt;out&gt;"))
        let failed = try await console.page("/console/executions?status=Failed")
        #expect(!failed.contains("Sleepy/o-1"))
        #expect(failed.contains("Sold/o-2"))
        let found = try await console.page("/console/executions?q=%3Cscript%3E")
        #expect(found.contains("Sleepy/o-1"))
        #expect(found.contains("value=\"&lt;script&gt;\""))
        #expect(!found.contains("<script>alert"))
        let none = try await console.page("/console/executions?q=nothing-has-this")
        #expect(none.contains("Nothing fits"))
    }

    @Test func `pages follow one another, and no execution is shown twice or left out`() async throws {
        let console = try await Console()
        try await console.flow("Sleepy", Flows.rest)
        for number in 0..<60 { try await console.start("Sleepy", "run-\(number)") }
        let first = try await console.page("/console/executions")
        let next = try #require(
            first.firstMatch(of: #/href="(\/console\/executions\?next=[^"]+)"/#)?.output.1)
        let second = try await console.page(String(next))
        for number in 0..<60 {
            let place = "/console/executions/Sleepy/run-\(number)\""
            #expect(first.contains(place) != second.contains(place), "run-\(number)")
        }
    }

    @Test func `an address that no page links to is refused in words`() async throws {
        let console = try await Console()
        for query in ["status=Broken", "condition=tired", "age=old", "age=-1"] {
            let answer = await console.ask("GET", "/console/executions?\(query)")
            #expect(answer.status == 400, "\(query)")
        }
    }

    @Test func `a key sees its own flows only`() async throws {
        let console = try await Console()
        try await console.flow("OrderA", Flows.ask)
        try await console.flow("Secret", Flows.ask)
        try await console.start("OrderA", "a-1")
        try await console.start("Secret", "s-1")
        for place in ["/console/executions", "/console/waiting", "/console", "/console/schedules"] {
            let page = try await console.page(place, flows: "Order")
            #expect(!page.contains("Secret"), "\(place)")
        }
        let stopped = await console.post(
            "/console/executions/stop", [("execution", "Secret/s-1"), ("cause", "x")], flows: "Order")
        #expect(stopped.status == 403)
        #expect(try await console.status("Secret", "s-1").status == "Running")
    }

    @Test func `who may only read gets no forms and can send none`() async throws {
        let console = try await Console()
        try await console.flow("Sleepy", Flows.rest)
        try await console.start("Sleepy", "o-1")
        let page = try await console.page("/console/executions", as: "read")
        #expect(!page.contains("type=\"checkbox\""))
        #expect(!page.contains("/console/executions/start"))
        #expect(
            await console.post(
                "/console/executions/stop", [("execution", "Sleepy/o-1"), ("cause", "x")], as: "read"
            ).status == 403)
        #expect(await console.ask("GET", "/console/executions", as: nil).status == 303)
        #expect(try await console.status("Sleepy", "o-1").status == "Running")
    }
}
