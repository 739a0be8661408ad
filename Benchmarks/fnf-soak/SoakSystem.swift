import FlowEngineAPI
import Foundation
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor
import Synchronization

/// The services of an order as `fnfctl up` runs them, in a folder of this run.
final class SoakSystem: Sendable {
    static let services = ["flow-engine", "order-store", "payment-gateway", "supplier-rules"]
    static let flow = "OrderDemo-Jiyuan"

    let folder: String
    let supervisor: Supervisor
    private let callers: [String: [SocketCaller]]
    private let measured = Atomic(0)

    /// Orders that were made to find the peak.
    var measuredOrders: Int { measured.load(ordering: .relaxed) }

    func noteMeasured(_ count: Int) { measured.add(count, ordering: .relaxed) }

    private init(folder: String) throws {
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var plan = try SupervisorPlan.fnf(folder: "\(folder)/up")
        plan.restartDelay = .milliseconds(50)
        supervisor = try Supervisor(plan: plan)
        let layout = plan.layout
        callers = Dictionary(
            uniqueKeysWithValues: Self.services.map { service in
                (
                    service,
                    (0..<4).map { _ in
                        SocketCaller(
                            path: layout.socketPath("\(service).sock"), connectPatience: .seconds(30))
                    }
                )
            })
    }

    static func start(in folder: String) async throws -> SoakSystem {
        let system = try SoakSystem(folder: folder)
        do {
            try system.supervisor.start()
            for service in services { _ = try await system.caller(service, 0).call(Ping.self, NoFields()) }
            try await system.supervisor.waitUntilReady(services)
            try await system.createFlow()
        } catch {
            await system.stop()
            throw error
        }
        return system
    }

    func stop() async { await supervisor.stop(grace: .seconds(20)) }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func caller(_ service: String, _ turn: Int) throws -> SocketCaller {
        guard let all = callers[service] else { throw SoakFault("there is no service \(service)") }
        return all[turn % all.count]
    }

    func databasePath(_ service: String) -> String {
        "\(supervisor.plan.layout.stateFolder(of: service))/\(service).sqlite"
    }

    private func createFlow() async throws {
        let parts = runningProgram().split(separator: "/", omittingEmptySubsequences: false)
        guard let build = parts.lastIndex(of: ".build") else {
            throw SoakFault(
                "\(runningProgram()) lies in no checkout, so the order demo's flow can't be found")
        }
        let file = parts[..<build].joined(separator: "/") + "/docs/examples/order-demo.yaml"
        let definition = try String(contentsOfFile: file, encoding: .utf8)
        let door = SocketCaller(path: supervisor.plan.layout.socketPath("flow-engine-admin.sock"))
        _ = try await door.call(
            CreateFlow.self,
            .with {
                $0.name = Self.flow
                $0.definition = definition
            })
    }
}
