import BenchReport
import CEcho
import Glibc

/// Our server against plain epoll: the same client, the same frames, each server in a process of its own.
struct EchoFigures: Sendable {
    private static let depths = [1, 32]
    private static let connections: Int32 = 16
    static let names =
        ["rpc_echo_ratio", "rpc_echo_json_ratio", "socket_echo_p50_ms", "socket_echo_per_s"]
        + EchoRole.allCases.flatMap { role in
            depths.map { "rpc_echo_per_s_\(role.rawValue)_\($0)" }
                + depths.map { "rpc_echo_p50_ms_\(role.rawValue)_\($0)" }
        }

    let place: Workplace

    func measure(quick: Bool) async throws -> [Figure] {
        let seconds = quick ? 0.5 : 2
        var figures: [Figure] = []
        var rates: [EchoRole: Double] = [:]
        for role in EchoRole.allCases {
            Progress.show("echo: \(role.rawValue)")
            let path = "\(place.folder)/echo-\(role.rawValue)"
            let helper = try SideProcess(["--serve-echo", role.rawValue, "--echo-socket", path])
            defer { helper.stop() }
            try waitUntilServed(path)
            if role == .plain {
                let one = try drive(role, path, connections: 1, depth: 1, seconds)
                figures.append(Figure("socket_echo_per_s", one.rate, "1/s"))
                figures.append(Figure("socket_echo_p50_ms", one.p50, "ms"))
            }
            for depth in Self.depths {
                let result = try drive(role, path, connections: Self.connections, depth: depth, seconds)
                if depth == 1 { rates[role] = result.rate }
                figures.append(Figure("rpc_echo_per_s_\(role.rawValue)_\(depth)", result.rate, "1/s"))
                figures.append(Figure("rpc_echo_p50_ms_\(role.rawValue)_\(depth)", result.p50, "ms"))
            }
        }
        let limit = rates[.plain, default: .infinity]
        return [
            Figure("rpc_echo_ratio", rates[.frames, default: 0] / limit, "1", .atLeast(0.5)),
            Figure("rpc_echo_json_ratio", rates[.json, default: 0] / limit, "1"),
        ] + figures
    }

    private func drive(
        _ role: EchoRole, _ path: String, connections: Int32, depth: Int, _ seconds: Double
    ) throws -> (rate: Double, p50: Double) {
        var result = fnf_echo_result()
        let frames = role.frames
        let size = frames.count / Int(fnf_echo_frames)
        guard fnf_echo_drive(path, connections, Int32(depth), seconds, frames, size, &result) == 0
        else {
            throw BenchFault.system("the echo at \(path) failed")
        }
        guard result.answers > 0 else { throw BenchFault("the echo at \(path) gave no answer") }
        return (Double(result.answers) / result.seconds, result.p50 / 1000)
    }

    private func waitUntilServed(_ path: String) throws {
        for _ in 0..<1000 {
            if let file = try? UnixSocket.connected(to: path) {
                close(file)
                return
            }
            usleep(5000)
        }
        throw BenchFault("nothing serves \(path)")
    }
}
