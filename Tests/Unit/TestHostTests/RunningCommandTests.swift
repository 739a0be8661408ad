import Glibc
import TestHost
import Testing

@Suite(.timeLimit(.minutes(1))) struct RunningCommandTests {
    private func shell(_ script: String, timeout: Duration = .seconds(30)) throws -> RunningCommand {
        try RunningCommand("/bin/sh", ["-c", script], environment: ["GREETING": "hello"], timeout: timeout)
    }

    @Test func `both streams and the exit code are kept`() async throws {
        let result = try await shell("echo $GREETING; echo sorry >&2; exit 3").result()
        #expect(result.output == "hello\n" && result.errorOutput == "sorry\n" && result.exitCode == 3)
        #expect(throws: TestHostFault.self) { try result.expecting(exitCode: 0) }
    }

    @Test func `more than a pipe holds is read`() async throws {
        let result = try await shell("head -c 1000000 /dev/zero | tr '\\0' x").result()
        #expect(result.output.utf8.count == 1_000_000)
    }

    @Test func `a command is waited for until it has printed something, and can be told to end`() async throws
    {
        let command = try shell(
            "trap 'exit 5' INT; echo ready; while :; do read line < /dev/zero; done & wait")
        try await command.waitUntilPrinted("ready")
        command.signal(SIGINT)
        #expect(await command.result().exitCode == 5)
        await #expect(throws: TestHostFault.self) { try await command.waitUntilPrinted("never") }
    }

    @Test func `a command whose time is up is killed with all it started`() async throws {
        let result = try await shell("echo $$; sleep 1000 & sleep 1000", timeout: .milliseconds(300)).result()
        #expect(result.timedOut && result.signal == SIGKILL)
        let group = try #require(result.lines.first.flatMap { Int32($0) })
        // Whoever of the group is left is a zombie that init takes.
        #expect(kill(-group, 0) == -1 || Files.text("/proc/\(group)/stat") == nil)
    }

    @Test func `a program that is not there is told`() throws {
        #expect(throws: TestHostFault.self) { try RunningCommand("/nowhere/program", []) }
    }
}
