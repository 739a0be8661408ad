import HTTPMessage
import FlowEngineAPI
import Testing

@testable import OperationPages

@Suite struct BulkStopTests {
    private func started() async throws -> Console {
        let console = try await Console()
        try await console.flow("Sleepy", Flows.rest)
        try await console.flow("Sold", Flows.fail)
        try await console.start("Sleepy", "o-1")
        try await console.start("Sleepy", "o-2")
        try await console.start("Sold", "o-3")
        return console
    }

    private let chosen = [
        ("execution", "Sleepy/o-1"), ("execution", "Sold/o-3"), ("execution", "Sleepy/gone"),
    ]

    @Test func `first the list of what will be stopped, and nothing is stopped by it`() async throws {
        let console = try await started()
        let review = await console.post("/console/executions/review", chosen)
        #expect(review.status == 200)
        #expect(review.text.contains("Stop 3 executions?"))
        #expect(review.text.contains("value=\"Sleepy/o-1\""))
        #expect(try await console.status("Sleepy", "o-1").status == "Running")
    }

    @Test func `what became of each is told, and the others run on`() async throws {
        let console = try await started()
        let form = chosen + [("cause", "the supplier is closed <today>")]
        let outcome = await console.post("/console/executions/stop", form)
        #expect(outcome.status == 200)
        #expect(
            outcome.text.contains("1 execution was stopped, 1 had ended already, 1 could not be stopped."))
        let stopped = try await console.status("Sleepy", "o-1")
        #expect(stopped.status == "Stopped")
        #expect(stopped.cause == "the supplier is closed <today>")
        #expect(try await console.status("Sleepy", "o-2").status == "Running")
        // Sent again it stops nothing more.
        let again = await console.post("/console/executions/stop", form)
        #expect(
            again.text.contains("0 executions were stopped, 2 had ended already, 1 could not be stopped."))
    }

    @Test func `without a reason, without a choice or without the form's token nothing is stopped`()
        async throws
    {
        let console = try await started()
        let reasonless = await console.post("/console/executions/stop", [("execution", "Sleepy/o-1")])
        #expect(reasonless.status == 400)
        #expect(reasonless.text.contains("Say why"))
        #expect(await console.post("/console/executions/review", []).status == 400)
        #expect(await console.post("/console/executions/review", [("execution", "nonsense")]).status == 400)
        let many = (0...100).map { ("execution", "Sleepy/n-\($0)") } + [("cause", "x")]
        #expect(await console.post("/console/executions/stop", many).status == 400)
        let forged = await console.ask(
            "POST", "/console/executions/stop", form: [("execution", "Sleepy/o-1"), ("cause", "x")],
            token: "other")
        #expect(forged.status == 403)
        #expect(try await console.status("Sleepy", "o-1").status == "Running")
    }
}
