import FlowWebAPI
import HTTPMessage
import Logging
import LoopSupport
import Primitives
import RPCProtocol
import RequestSigning
import Synchronization

@testable import FlowWeb

/// The desk over a folder of its own, with a clock that the test moves, as the service opens it.
final class Gatehouse: Sendable {
    static let credential = Array(repeating: UInt8(7), count: 32)
    static let boot = "boot1"

    let folder: TemporaryFolder
    let loop: TestLoop
    let metrics = MetricSet()
    let desk: AccessDesk
    let sessions: SessionDesk
    private let nonces = Mutex(0)

    init(
        folder: TemporaryFolder? = nil, credential: [UInt8] = Gatehouse.credential,
        boot: String? = Gatehouse.boot, loop: TestLoop = TestLoop(),
        settings: (inout AccessSettings) -> Void = { _ in },
        sessionSettings: (inout SessionSettings) -> Void = { _ in }
    ) throws {
        self.folder = try folder ?? TemporaryFolder()
        self.loop = loop
        var bounds = AccessSettings()
        settings(&bounds)
        desk = try AccessDesk.open(
            folder: self.folder.path, credential: credential, boot: boot, settings: bounds,
            world: GatehouseWorld(loop: loop), loop: loop,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, metrics: metrics,
            onStoreFault: { _, _ in })
        var sessionBounds = SessionSettings()
        sessionSettings(&sessionBounds)
        sessions = try SessionDesk.open(access: desk, settings: sessionBounds)
    }

    /// Another process over the files as a kill would leave them now.
    func afterKill(
        boot: String? = Gatehouse.boot, credential: [UInt8] = Gatehouse.credential
    ) throws -> Gatehouse {
        try Gatehouse(folder: try folder.crashImage(), credential: credential, boot: boot, loop: loop)
    }

    var admin: InProcessCaller { InProcessCaller(FlowWebMethods.table(desk, sessions), door: .admin) }
    var client: InProcessCaller { InProcessCaller(FlowWebMethods.table(desk, sessions), door: .client) }

    @discardableResult
    func create(
        _ id: String?, secret: String? = "s3cret-of-the-test", role: AccessKeyRole = .operate,
        flows: [String] = [], replace: Bool = false
    ) async throws(RPCFailure) -> CreateAccessKey.Result {
        try await admin.call(
            CreateAccessKey.self,
            .with {
                $0.accessKeyID = id
                $0.secret = secret
                $0.role = role
                $0.flows = flows
                $0.replace = replace
            })
    }

    func keys() async throws(RPCFailure) -> [AccessKeyRecord] {
        try await admin.call(ListAccessKeys.self, .init()).accessKeys
    }

    /// A request that was signed `after` from now, with a nonce of its own unless one is given.
    func signed(
        _ id: String = "me", secret: String = "s3cret-of-the-test", after: Duration = .zero,
        nonce: String? = nil
    ) -> SignedRequest {
        let number = nonces.withLock {
            $0 += 1
            return $0
        }
        let time = loop.now.advanced(by: after)
        var parameters = FormParameters([("Action", "ListFlows")])
        parameters.add(
            RPCSignature.sign(
                "GET", parameters, key: SigningKey(id: id, secret: secret), time: time,
                nonce: nonce ?? "nonce-\(number)"))
        // What was signed here has all that a signature needs.
        guard let request = try? RPCSignature.read("GET", parameters) else {
            preconditionFailure("a signed request can be read")
        }
        return request
    }

    /// Why the request is not let in; nil when it is.
    func refusal(of request: SignedRequest) async -> AccessFault? {
        do throws(AccessFault) {
            _ = try await desk.admit(request)
            return nil
        } catch { return error }
    }
}

/// The loop's time and real chance: ids and nonces are drawn in numbers here.
struct GatehouseWorld: World {
    let loop: TestLoop

    var now: Timestamp { loop.now }
    func entropy(_ count: Int) -> [UInt8] { LiveWorld().entropy(count) }
}

/// The error that a call was refused with.
func refusal(_ body: () async throws -> some Any) async -> RPCError? {
    do {
        _ = try await body()
        return nil
    } catch { return (error as? RPCFailure)?.answer }
}
