import Glibc
import Primitives
import ServiceSupervisor
import TestHost
import Testing

@Suite(.timeLimit(.minutes(1))) struct LogTests {
    @Test func `a service's JSON lines reach the listener and the log file as they are`() async throws {
        let line = #"{"service":"probe","priority":6,"order":"1","message":"hello"}"#
        try await Probe.run([Probe.service()]) { probe in
            _ = try probe.ask("say \(line)")
            // The last words of a process are read before its end is told.
            _ = try probe.ask("idle")
            try await probe.wait { $0.exits.count == 1 }
            let heard = try #require(probe.events.logLines.first)
            #expect(heard.text == line)
            #expect(heard.message == "hello" && heard.fields["order"] == "1")
            let written = try #require(Files.text("\(probe.folder)/log/fnf.jsonl"))
            #expect(written.split(separator: "\n").contains(Substring(line)))
        }
    }

    @Test func `plain text becomes a JSON line of the service`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            _ = try probe.ask("say Fatal error: \"x\"")
            _ = try probe.ask("say <6>calm")
            _ = try probe.ask("say {\"message\":\"whose?\"}")
            _ = try probe.ask("idle")
            try await probe.wait { $0.exits.count == 1 }
            let lines = probe.events.logLines
            #expect(lines.map(\.message) == ["Fatal error: \"x\"", "calm", "whose?"])
            #expect(lines.map(\.priority) == [4, 6, 6])
            #expect(lines.allSatisfy { $0.fields["service"] == "probe" })
            let parsed = try lines.map { try JSONParser.parse($0.text) }
            #expect(parsed == lines.map { .object($0.fields) })
        }
    }

    @Test func `the log tells when a service started and how it ended`() async throws {
        try await Probe.run([Probe.service()]) { probe in
            let pid = try #require(try probe.ask("pid"))
            _ = try probe.ask("exit 3")
            try await probe.wait { $0.starts == 2 }
            let written = try #require(Files.text("\(probe.folder)/log/fnf.jsonl"))
            let messages = try written.split(separator: "\n").map {
                try JSONParser.parse(String($0))["message"]
            }
            #expect(
                messages.prefix(3) == [
                    .string("started as process \(pid)"), "ended: exit-code 3",
                    "starts again in 0.02 seconds",
                ])
        }
    }

    @Test func `a full log file is put aside and only so many are kept`() async throws {
        let text = String(repeating: "x", count: 300)
        try await Probe.run(
            [Probe.service()],
            edit: { plan in
                plan.logFileBytesMax = 1000
                plan.logFilesMax = 3
            }
        ) { probe in
            for number in 0..<20 { _ = try probe.ask("say \(number) \(text)") }
            _ = try probe.ask("idle")
            try await probe.wait { $0.exits.count == 1 }
            let files = ["fnf.jsonl", "fnf.jsonl.1", "fnf.jsonl.2"].map {
                Files.text("\(probe.folder)/log/\($0)")
            }
            #expect(files.allSatisfy { ($0?.utf8.count ?? 0) > 0 && ($0?.utf8.count ?? 0) <= 1000 })
            #expect(Files.text("\(probe.folder)/log/fnf.jsonl.3") == nil)
            #expect(files[1]?.contains("19 x") == true || files[0]?.contains("19 x") == true)
        }
    }

    @Test func `a log that can not be written is told and holds nobody up`() async throws {
        try await Probe.run(
            [Probe.service()],
            edit: { plan in
                mkdir(plan.layout.folder + "/log", 0o755)
                mkdir(plan.layout.logFile, 0o755)
            }
        ) { probe in
            try #expect(probe.ask("door") == "client")
            _ = try probe.ask("idle")
            try await probe.wait { $0.exits.count == 1 }
            let problems = probe.events.all.compactMap { event -> String? in
                if case .problem(let text) = event.kind { text } else { nil }
            }
            #expect(problems.count == 1)
            #expect(problems.first?.contains("fnf.jsonl can not be opened") == true)
        }
    }
}
