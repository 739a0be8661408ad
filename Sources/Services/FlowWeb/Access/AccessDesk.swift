package import Logging
package import Primitives
package import RPCProtocol
import ServiceLedger
import Synchronization

/// Knows the access keys and lets in what they signed: the one place that decides who a web request is from.
///
/// Durability: keys are on disk before anybody hears of them; nonces outlive this process, not the machine's
/// power, and after another boot only requests that were signed since the start are let in.
package actor AccessDesk: AccessGate {
    nonisolated let store: GroupCommit
    let nonces: NonceStore
    let credential: AccessCredential
    let settings: AccessSettings
    let world: any World
    let loop: any ServiceLoop
    let logger: Logger
    let metrics: MetricSet
    /// Requests of before are refused, since their nonces may be forgotten; nil: none is.
    let signedSince: Timestamp?
    var keys: [String: AccessKey]
    var buckets: [String: TokenBucket] = [:]
    var waiting: [WaitingRequest] = []
    /// Keys whose last use is not on disk yet.
    var usedKeys: Set<String> = []
    var useTimer: (any LoopTimer)?
    var nonceTimer: (any LoopTimer)?
    /// The slot at whose end the timer goes off.
    var forgettingSlot: Int64?
    var refusals = RefusalLog()
    /// Told of a key, on the loop, after it was changed or has gone.
    nonisolated let keyChanges = KeyChanges()

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.executor.asUnownedSerialExecutor()
    }

    /// Opens the keys and the nonces of the folder, as a service does once at its start.
    ///
    /// - Parameter credential: the content of the credential `flow-web-key`.
    /// - Parameter boot: which boot of the machine this is; nil when it can't be known.
    /// - Parameter onStoreFault: as `GroupCommit` tells it; after a fatal one the process must end.
    package static func open(
        folder: String, credential: [UInt8], boot: String?, settings: AccessSettings, world: any World,
        loop: any ServiceLoop, logger: Logger, metrics: MetricSet,
        onStoreFault: @escaping @Sendable (String, _ isFatal: Bool) -> Void
    ) throws(AccessStartFault) -> AccessDesk {
        let credential = try AccessCredential(credential)
        let book = try KeyBook.open("\(folder)/flow-web.sqlite", credential, world: world)
        for id in book.unreadable {
            logger.error(
                """
                the secret of the access key \(id) can't be read: its row was changed by another hand; \
                requests signed with it are refused; delete it and create it again: fnfctl key delete \(id)
                """)
        }
        let nonces = try NonceStore(path: "\(folder)/nonces.sqlite", boot: boot)
        var signedSince: Timestamp?
        if book.isOld, !nonces.isContinued {
            // Whole seconds, as the requests' own times.
            let second = world.now.microseconds.floorDivided(by: 1_000_000).quotient
            signedSince = Timestamp(microseconds: second * 1_000_000)
            logger.info(
                """
                the nonces of before this boot are forgotten: only requests that were signed since now are \
                let in
                """)
        }
        return AccessDesk(
            store: GroupCommit(book.queue, loop: loop, onFault: onStoreFault), nonces: nonces,
            credential: credential, settings: settings, world: world, loop: loop, logger: logger,
            metrics: metrics, signedSince: signedSince, keys: book.keys)
    }

    private init(
        store: GroupCommit, nonces: NonceStore, credential: AccessCredential, settings: AccessSettings,
        world: any World, loop: any ServiceLoop, logger: Logger, metrics: MetricSet, signedSince: Timestamp?,
        keys: [String: AccessKey]
    ) {
        self.store = store
        self.nonces = nonces
        self.credential = credential
        self.settings = settings
        self.world = world
        self.loop = loop
        self.logger = logger
        self.metrics = metrics
        self.signedSince = signedSince
        self.keys = keys
        store.report(to: metrics)
        metrics.declare(AccessMetric.admitted, "Signed requests that were let in")
        metrics.declare(AccessMetric.refused, "Signed requests that were not let in, by why")
    }

    /// Shape: `{"accessKeys":{"all":n,"enabled":n},"nonces":n}`
    package var status: JSONObject {
        let counts: JSONObject = [
            "all": .integer(Int64(keys.count)),
            "enabled": .integer(Int64(keys.values.count(where: \.isEnabled))),
        ]
        return ["accessKeys": .object(counts), "nonces": .integer(Int64(nonces.count))]
    }

    /// Writes down what was put off; nothing may be called afterwards.
    package func close() async {
        useTimer?.cancel()
        nonceTimer?.cancel()
        await writeLastUse()
        nonces.close()
    }
}

/// Somebody who wants to know when a key changes.
final class KeyChanges: Sendable {
    /// In an object, because a mutex that holds a closure itself wraps it anew at each look, and some ten
    /// thousand looks later the stack is full.
    private final class Watcher: Sendable {
        let body: @Sendable (String) -> Void

        init(_ body: @escaping @Sendable (String) -> Void) { self.body = body }
    }

    private let watcher = Mutex<Watcher?>(nil)

    func watch(_ body: @escaping @Sendable (String) -> Void) { watcher.withLock { $0 = Watcher(body) } }
    func tell(_ id: String) { watcher.withLock(\.self)?.body(id) }
}

/// The names of what is counted.
enum AccessMetric {
    static let admitted = "fnf_web_requests_admitted_total"
    static let refused = "fnf_web_requests_refused_total"
}
