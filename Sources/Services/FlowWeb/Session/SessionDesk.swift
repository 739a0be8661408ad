package import HTTPMessage
import Primitives
import RPCProtocol
import RequestSigning
import ServiceLedger
import Synchronization
package import WebPages

/// Knows the browsers: who has signed in, by a session, and everybody else by an identity that is signed and
/// kept nowhere.
///
/// Durability: a session is on disk before its cookie is sent, and its end before it is answered; it outlives
/// this process. When it was seen last is written down within a minute. Whoever is not signed in costs no
/// write.
package actor SessionDesk: VisitorGate {
    package static let sessionCookie = "fnf_session"
    package static let visitorCookie = "fnf_visitor"

    let access: AccessDesk
    let settings: SessionSettings
    let signing: SessionSigning
    /// Where people reach the pages, to be said with a link.
    package nonisolated let addresses = PageAddresses()
    /// By their marks.
    var sessions: [String: Session]
    var throttle: SignInThrottle
    var refusals = RefusalLog()
    /// Sessions whose last request is not on disk yet.
    var seen: Set<String> = []
    var seenTimer: (any LoopTimer)?
    /// For the gauge, which anybody may ask.
    nonisolated let count: Atomic<Int64>

    nonisolated var store: GroupCommit { access.store }
    nonisolated var world: any World { access.world }
    nonisolated var loop: any ServiceLoop { access.loop }
    nonisolated var metrics: MetricSet { access.metrics }

    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        loop.executor.asUnownedSerialExecutor()
    }

    /// Reads the sessions of before, as a service does once at its start. They are in the database of the
    /// access keys and signed with the same credential: both are the desk's.
    package static func open(
        access: AccessDesk, settings: SessionSettings
    ) throws(AccessStartFault) -> SessionDesk {
        let signing = SessionSigning(access.credential)
        do throws(RPCError) {
            let sessions = try access.store.read { try SessionTable(db: $0).all(signing) }
            let desk = SessionDesk(access, settings, signing, sessions)
            access.keyChanges.watch { [weak desk] id in desk?.assumeIsolated { $0.keyChanged(id) } }
            return desk
        } catch {
            throw AccessStartFault("the sessions of flow-web can't be read: \(error.message)")
        }
    }

    private init(
        _ access: AccessDesk, _ settings: SessionSettings, _ signing: SessionSigning, _ sessions: [Session]
    ) {
        self.access = access
        self.settings = settings
        self.signing = signing
        self.sessions = Dictionary(uniqueKeysWithValues: sessions.map { ($0.mark, $0) })
        throttle = SignInThrottle(settings, at: access.world.now)
        count = Atomic(Int64(sessions.count))
        let metrics = access.metrics
        metrics.declare(SessionMetric.signedIn, "Browsers that signed in, by what with")
        metrics.declare(SessionMetric.refused, "Attempts to sign in that were refused, by why")
        metrics.gauge(SessionMetric.sessions, "Sessions of browsers, of which some may be over") {
            [weak self] in
            self?.count.load(ordering: .relaxed) ?? 0
        }
    }

    package func visitor(of head: WebHead) async -> Visitor {
        let given = head.cookie(Self.sessionCookie)
        guard let given else { return stranger(head) }
        guard let (id, session) = await present(given) else {
            // The browser need not send it again.
            return stranger(head, [SetCookie(Self.sessionCookie, "", maxAge: 0)])
        }
        noteSeen(session.mark)
        let grant = session.grant
        return Visitor(
            name: session.name, role: session.role, formToken: signing.mark(.form, "session \(id)"),
            mayTouch: { grant.mayTouch(flow: $0) })
    }

    /// The session of a cookie, if it is one of ours and not over.
    func present(_ cookie: String?) async -> (id: String, session: Session)? {
        guard let id = signing.opened(cookie, as: .session),
            let session = sessions[signing.mark(.stored, id)]
        else { return nil }
        let isOver = session.isOver(at: world.now, idleMax: settings.idleMax)
        if isOver { drop(session.mark) }
        guard !isOver, await isKeyTheSame(session.accessKey) else { return nil }
        return (id, session)
    }

    /// Whether the session's access key is still what it was; the end of those whose key changed is written
    /// with the change, this holds whatever else happens to the database.
    private func isKeyTheSame(_ mark: Session.AccessKeyMark?) async -> Bool {
        guard let mark else { return true }
        guard let key = await access.keys[mark.id], key.isEnabled else { return false }
        return signing.isMark(mark.mark, .accessKey, key.text)
    }

    private func stranger(_ head: WebHead, _ cookies: [SetCookie] = []) -> Visitor {
        var cookies = cookies
        var id = signing.opened(head.cookie(Self.visitorCookie), as: .visitor)
        if id == nil {
            let made = world.hexEntropy(16)
            cookies.append(SetCookie(Self.visitorCookie, signing.signed(made, as: .visitor)))
            id = made
        }
        return Visitor(formToken: signing.mark(.form, "visitor \(id ?? "")"), cookies: cookies)
    }

    // MARK: Memory follows the disk

    /// What is committed may be newer than what a call asked for.
    func reload(_ mark: String) throws(RPCError) {
        let signing = signing
        let row = try store.read { try SessionTable(db: $0).session(mark, signing) }
        sessions[mark] = row
        if row == nil { seen.remove(mark) }
        count.store(Int64(sessions.count), ordering: .relaxed)
    }

    func drop(_ mark: String) {
        sessions[mark] = nil
        seen.remove(mark)
        count.store(Int64(sessions.count), ordering: .relaxed)
    }

    /// The rows went with the change of the key, or stay because it was none for them.
    private func keyChanged(_ id: String) {
        for session in sessions.values where session.accessKey?.id == id {
            let lastSeen = session.lastSeen
            do throws(RPCError) { try reload(session.mark) } catch { drop(session.mark) }
            sessions[session.mark]?.lastSeen = lastSeen
        }
    }

    /// How many browsers are signed in.
    package var openSessions: Int {
        let now = world.now
        return sessions.values.count { !$0.isOver(at: now, idleMax: settings.idleMax) }
    }

    /// Writes down what was put off; nothing may be called afterwards.
    package func close() async {
        seenTimer?.cancel()
        await writeLastSeen()
    }
}

extension AccessKey {
    /// All that a session was let in by.
    var text: String { "\(place)\n\(secret ?? "")" }
}

extension World {
    func hexEntropy(_ count: Int) -> String { Hex.encode(entropy(count)) }
}

/// The names of what is counted.
enum SessionMetric {
    static let signedIn = "fnf_web_sign_ins_total"
    static let refused = "fnf_web_sign_ins_refused_total"
    static let sessions = "fnf_web_sessions"
}
