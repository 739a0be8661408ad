import HTTPMessage
import FlowEngineAPI
import Testing

@testable import OperationPages

@Suite struct ScheduleTests {
    private let form = [
        ("flow", "Sleepy"), ("name", "mornings"), ("expression", "CRON_TZ=Asia/Shanghai 0 30 8 * * MON-FRI"),
        ("payload", "{\"who\":\"<world>\"}"), ("enabled", "yes"),
    ]

    private func console() async throws -> Console {
        let console = try await Console()
        try await console.flow("Sleepy", Flows.rest)
        return console
    }

    @Test func `the preview names the next five times and saves nothing`() async throws {
        let console = try await console()
        let answer = await console.post("/console/schedules/edit", form + [("do", "preview")])
        #expect(answer.status == 200)
        #expect(answer.text.contains("2026-11-24 00:30:00 UTC"))
        #expect(answer.text.contains("Tue 2026-11-24 08:30:00 +08:00"))
        #expect(answer.text.matches(of: #/<li><strong>/#).count == 5)
        #expect(try await console.page("/console/schedules").contains("No schedule yet"))
    }

    @Test func `a fault of the expression is named with what to write instead`() async throws {
        let console = try await console()
        let answer = await console.post(
            "/console/schedules/edit",
            [("flow", "Sleepy"), ("name", "a"), ("expression", "@hourly"), ("do", "save")])
        #expect(answer.status == 400)
        #expect(answer.text.contains("id=\"expression-fault\""))
        #expect(answer.text.contains("`0 0 * * * *`"))
    }

    @Test func `a schedule is made, disabled, changed and deleted`() async throws {
        let console = try await console()
        let every = [("flow", "Sleepy"), ("name", "often"), ("expression", "@every 60m"), ("enabled", "yes")]
        #expect(
            await console.post("/console/schedules/edit", every + [("do", "save")]).place
                == "/console/schedules?flow=Sleepy")
        let list = try await console.page("/console/schedules")
        #expect(list.contains("often"))
        #expect(list.contains("2026-11-23T10:30:00.000Z"))
        let names = [("flow", "Sleepy"), ("schedule", "often")]
        #expect(await console.post("/console/schedules/switch", names + [("enable", "no")]).status == 303)
        #expect(try await console.page("/console/schedules?flow=Sleepy").contains("Disabled"))
        let change = [
            ("flow", "Sleepy"), ("name", "often"), ("change", "yes"), ("expression", "@every 5m"),
            ("do", "save"),
        ]
        #expect(await console.post("/console/schedules/edit", change).status == 303)
        #expect(try await console.page("/console/schedules").contains("@every 5m"))
        #expect(await console.post("/console/schedules/delete", names, as: "read").status == 403)
        #expect(await console.post("/console/schedules/delete", names).status == 303)
        #expect(try await console.page("/console/schedules").contains("No schedule yet"))
    }
}
