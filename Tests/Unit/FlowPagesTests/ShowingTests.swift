import FlowEngineAPI
import HTTPMessage
import Testing
import WebPages

@testable import FlowPages

@Suite(.timeLimit(.minutes(1))) struct ShowingTests {
    private static let hostile = "<script>alert(1)</script> & \"quotes\""

    @Test func `the list has what a key reaches, found by name or description, with versions and aliases`()
        async throws
    {
        let console = try await Console()
        try await console.make("OrderFood", Flows.hello, description: Self.hostile)
        try await console.make("OrderWine", Flows.hello)
        try await console.make("Greeting", Flows.hello, description: "says hello")
        _ = await console.post("/console/flows/OrderFood/publish", [("about", "")])
        _ = await console.post("/console/flows/OrderFood/aliases", [("alias", "prod"), ("route", "1")])
        let all = await console.get("/console/flows", as: "read")
        #expect(all.status == 200)
        for name in ["OrderFood", "OrderWine", "Greeting"] {
            #expect(all.text.contains("data-flow=\"\(name)\""))
        }
        #expect(all.text.contains(">v1</a>") && all.text.contains("prod → v1"))
        #expect(
            all.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !all.text.contains("<script>alert"))
        #expect(!all.text.contains("New flow"))
        let found = await console.get("/console/flows?q=SAYS")
        #expect(found.text.contains("Greeting") && !found.text.contains("OrderWine"))
        let narrow = await console.get("/console/flows", only: "Order")
        #expect(narrow.text.contains("OrderWine") && !narrow.text.contains("Greeting"))
        let nothing = await console.get("/console/flows?q=%3Cb%3E")
        #expect(nothing.text.contains("“&lt;b&gt;”"))
    }

    @Test func `a long list goes on where a page ended`() async throws {
        let console = try await Console()
        for number in 100..<(102 + FlowListPage.rowsMax) { try await console.make("F\(number)", Flows.hello) }
        let first = await console.get("/console/flows")
        #expect(first.text.matches(of: /data-flow="/).count == FlowListPage.rowsMax)
        #expect(first.text.contains("/console/flows?from=F140"))
        let second = await console.get("/console/flows?from=F140")
        #expect(second.text.contains("data-flow=\"F141\"") && !second.text.contains("data-flow=\"F139\""))
    }

    @Test func `a flow's page has its picture, its lines with marks and what each finding says`() async throws
    {
        let console = try await Console()
        try await console.make("Order", Flows.order.replacing("FnF.ALL", with: "FnF.TaskTimeout"))
        let page = await console.get("/console/flows/Order", as: "read").text
        #expect(page.contains("<svg class=\"flow\"") && page.contains("data-step=\"charge\""))
        // The step's place in the picture leads to its line.
        #expect(page.contains("<a href=\"#L5\"><g class=\"step task wait\" data-step=\"ask\">"))
        #expect(page.contains("<li class=\"wait\" data-code=\"only-timeout-caught\" data-line=\"14\">"))
        #expect(page.contains("<li id=\"L14\" class=\"wait\" data-line=\"14\">"))
        #expect(page.contains("fnfctl flow describe Order --definition"))
        #expect(!page.contains("style=") && !page.contains("/Order/delete") && !page.contains("/Order/edit"))
        let administrators = await console.get("/console/flows/Order").text
        #expect(administrators.contains("/Order/delete") && administrators.contains("/Order/edit"))
    }

    @Test func `a flow goes out byte for byte, and as a picture in three languages`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.order)
        let yaml = await console.get("/console/flows/Order/download?form=yaml", as: "read")
        #expect(yaml.text == Flows.order)
        #expect(yaml.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Order.yaml")
        let begins = ["svg": "<svg xmlns", "mermaid": "flowchart TD", "dot": "digraph flow"]
        for (form, start) in begins {
            #expect(await console.get("/console/flows/Order/download?form=\(form)").text.hasPrefix(start))
        }
        #expect(await console.get("/console/flows/Order/download?form=exe").status == 400)
    }

    @Test func `who may not is told so, and a narrow key is kept to its flows`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.hello)
        let unknown = await console.get("/console/flows/Order", as: nil)
        #expect(unknown.headers["Location"] == "/signin?to=%2Fconsole%2Fflows%2FOrder")
        for path in ["", "/edit", "/simulate", "/compare", "/download", "/start", "/versions/1"] {
            #expect(await console.get("/console/flows/Order\(path)", only: "Greet").status == 403)
        }
        for path in ["/edit", "/publish", "/delete", "/aliases", "/aliases/a/delete", "/versions/1/delete"] {
            #expect(await console.post("/console/flows/Order\(path)", [], as: "operate").status == 403)
            #expect(await console.post("/console/flows/Order\(path)", [], only: "Greet").status == 403)
        }
        #expect(await console.post("/console/flows/Order/start", [], as: "read").status == 403)
        #expect(await console.get("/console/flows/new", as: "operate").status == 403)
        #expect(await console.get("/console/flows/Nothing").status == 404)
        let made = await console.post(
            "/console/flows/new", [("intent", "save"), ("name", "Order2"), ("definition", Flows.hello)],
            only: "Greet")
        #expect(made.status == 422 && made.text.contains("does not reach flows of that name"))
    }

    @Test func `an execution is started by the form, and a refusal keeps what was typed`() async throws {
        let console = try await Console()
        try await console.make("Order", Flows.order)
        let form = await console.get("/console/flows/Order/start", as: "operate")
        #expect(form.text.contains("&quot;number&quot;: &quot;&quot;"))
        let started = await console.post(
            "/console/flows/Order/start", [("input", "{\"number\":1}"), ("name", "n-1")], as: "operate")
        #expect(started.headers["Location"] == "/console/executions/Order/n-1")
        let refused = await console.post(
            "/console/flows/Order/start", [("input", "[<b>]"), ("name", "n-2")], as: "operate")
        #expect(refused.status == 422 && refused.text.contains("[&lt;b&gt;]") && refused.text.contains("n-2"))
        let page = await console.get("/console/flows/Order", as: "read").text
        #expect(page.contains("<span class=\"value\">1</span><span class=\"label\">Succeeded</span>"))
    }

    @Test func `more work than may be done at once is refused`() async throws {
        let full = FlowWorkshop(jobsMax: 0)
        let problem = await #expect(throws: Problem.self) { try await full.work(.english) { 1 } }
        #expect(problem?.status == 503)
        #expect(try await FlowWorkshop(jobsMax: 1).work(.english) { 2 } == 2)
    }
}
