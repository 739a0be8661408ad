import ArgumentParser
import Glibc
import Logging
import Primitives
import RPCProtocol
import ServiceKit

/// A service with the one shape of main and nothing behind it; the tests of ServiceKit run it as a process.
@main
struct HostedProbe: ParsableCommand {
    static let name = "hosted-probe"
    static let configuration = CommandConfiguration(commandName: name)

    @OptionGroup var options: ServiceOptions

    func run() {
        let idle = ServiceMain.configuration(of: Self.name, options) { _ in
            if variable("PROBE_FAULT") == "configuration" {
                throw ProbeFault(text: "probe.yaml:3:1: first\nprobe.yaml:4:1: second")
            }
            return variable("PROBE_IDLE").flatMap { Int($0) }
        }
        ServiceMain.run(name: Self.name, doors: [.client, .admin], options: options) { context in
            if variable("PROBE_FAULT") == "build" { throw ProbeFault(text: "the store is on strike") }
            return ProbeHost(context, idleExitSeconds: idle)
        }
    }
}

struct ProbeFault: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}

func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

/// What the tests ask of the process.
struct ProbeHost: HostedService {
    let methods: HandlerTable
    let idleExitSeconds: Int?

    init(_ context: ServiceContext, idleExitSeconds: Int?) {
        self.idleExitSeconds = idleExitSeconds
        var table = HandlerTable()
        table.on(ProbeEcho.self) { params, _ in params }
        table.on(ProbeSlow.self) { params, _ in
            context.logger.info("slow begun")
            await withCheckedContinuation { continuation in
                _ = context.loop.after(.milliseconds(params.milliseconds)) { continuation.resume() }
            }
            return params
        }
        table.on(ProbeHang.self) { params, _ in
            usleep(UInt32(params.milliseconds * 1000))
            return params
        }
        methods = table
    }

    func recover() async throws {
        if variable("PROBE_FAULT") == "recover" { throw ProbeFault(text: "the journal is torn") }
    }

    func reload() async throws {
        if variable("PROBE_FAULT") == "reload" { throw ProbeFault(text: "probe.yaml:3:1: no such key") }
    }

    var status: JSONObject { get async { ["outbox": 0] } }
}

struct Milliseconds: WireRecord {
    var milliseconds: Int64 = 0
    init() {}
    static var fields: [WireField<Milliseconds>] { [.defaulted("milliseconds", \.milliseconds)] }
}

protocol ProbeMethod: RPCMethod where Params == Milliseconds, Result == Milliseconds {}

extension ProbeMethod {
    static var summary: String { "For tests." }
    static var roles: Set<RPCRole> { [.read] }
    static var errors: [RPCErrorName] { [] }
    static var exampleParams: Milliseconds { Milliseconds() }
    static var exampleResult: Milliseconds { Milliseconds() }
}

enum ProbeEcho: ProbeMethod {}
/// Answers after a time.
enum ProbeSlow: ProbeMethod {}
/// Holds the loop up for a time.
enum ProbeHang: ProbeMethod {}
