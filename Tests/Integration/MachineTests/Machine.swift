import Glibc
import TestHost

/// A throwaway Debian with a booted systemd and fnf installed into it, shared by the tests of this target.
struct Machine: Sendable {
    let name: String

    static let script = "\(BuildProducts.repository)/Tests/Support/machine/fnf-machine"

    /// Why no machine can run here, nil when one can.
    static func impossible() async -> String? {
        guard let probe = try? await RunningCommand(script, ["probe"]).result() else {
            return "fnf-machine can't be run"
        }
        guard probe.exitCode != 0 else { return nil }
        print("SKIPPED: the tests in a booted systemd: \(probe.errorOutput)")
        return probe.errorOutput
    }

    /// Booted at first use; it ends with this process.
    static let shared = Task { try await boot() }

    private static func boot() async throws -> Machine {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        _ = try await RunningCommand(
            "/usr/bin/make", ["-C", BuildProducts.repository, "install"],
            environment: ["DESTDIR": folder.path, "BIN": BuildProducts.folder], timeout: .seconds(120)
        ).result().expecting()
        let up = try await RunningCommand(
            script, ["up", "-M", "auto", "--tie", "\(getpid())", folder.path], timeout: .seconds(180)
        ).result().expecting()
        let machine = Machine(name: up.lines.last ?? "")
        _ = try await machine.sh(
            "/usr/libexec/fnf/make-credentials && systemctl enable --now fnf.target"
        ).expecting()
        return machine
    }

    /// Runs a script inside as root.
    func sh(_ text: String, as user: String? = nil, timeout: Duration = .seconds(180)) async throws
        -> CommandResult
    {
        let identity = user.map { ["-u", $0] } ?? []
        return try await RunningCommand(
            Self.script, ["sh", "-M", name] + identity + [text], timeout: timeout
        ).result()
    }

    func command(_ arguments: String...) async throws -> CommandResult {
        try await RunningCommand(
            Self.script, [arguments[0], "-M", name] + arguments.dropFirst(), timeout: .seconds(180)
        )
        .result()
    }
}
