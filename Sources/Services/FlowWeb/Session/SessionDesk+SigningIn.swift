import FlowWebAPI
import GRDB
import HTTPMessage
import Logging
import Primitives
import RPCProtocol
import ServiceLedger
import WebPages

extension SessionDesk {
    /// With an access key's secret. Whatever is wrong, the answer and the time that it takes are the same.
    func signIn(
        key id: String, secret: String, from head: WebHead
    ) async throws(SignInFault) -> SetCookie {
        do throws(SignInFault) {
            if let wait = throttle.take(head.peer, at: world.now) { throw .throttled(retryAfter: wait) }
            let key = await access.keys[id]
            let isRight = signing.isSame(secret, key?.secret ?? "")
            guard isRight, let key, let expected = key.secret, !expected.isEmpty, key.isEnabled,
                let role = VisitorRole(rawValue: key.role.rawValue)
            else { throw .wrong }
            throttle.giveBack(head.peer)
            let holder = Holder(
                name: key.id, role: role, flows: key.flows,
                accessKey: .init(id: key.id, mark: signing.mark(.accessKey, key.text)))
            let (credential, signing) = (access.credential, signing)
            let cookie = try await begin(holder, "key", head) { db in
                // The key may have been changed by the same commit.
                let row = try AccessKeyTable(db: db).key(id)
                guard let now = row?.opened(with: credential).key, now.isEnabled,
                    signing.isMark(holder.accessKey?.mark ?? "", .accessKey, now.text)
                else { return false }
                return true
            }
            guard let cookie else { throw .wrong }
            return cookie
        } catch {
            refused(error, head)
            throw error
        }
    }

    /// With a link that nobody has used; it is used up by this.
    func signIn(link token: String, from head: WebHead) async throws(SignInFault) -> SetCookie {
        do throws(SignInFault) {
            // Nobody guesses a link: the right one is good also while somebody else has failed too often.
            guard let link = link(token) else {
                if let wait = throttle.take(head.peer, at: world.now) { throw .throttled(retryAfter: wait) }
                throw .noSuchLink
            }
            let holder = Holder(name: link.name, role: link.role, flows: link.flows, accessKey: nil)
            let (signing, now) = (signing, world.now)
            let cookie = try await begin(holder, "link", head) { db in
                let table = SessionTable(db: db)
                guard try table.link(link.mark, signing, at: now) != nil else { return false }
                try table.deleteLink(link.mark)
                return true
            }
            guard let cookie else { throw .noSuchLink }
            return cookie
        } catch {
            refused(error, head)
            throw error
        }
    }

    /// The link if it is still good; it is not used by this.
    func link(_ token: String) -> SignInLink? {
        guard token.utf8.count <= 128 else { return nil }
        let (signing, now, mark) = (signing, world.now, signing.mark(.stored, "link \(token)"))
        return try? store.read { try SessionTable(db: $0).link(mark, signing, at: now) }
    }

    /// Ends the browser's session. Durability: it is gone from the disk when this returns.
    func signOut(_ head: WebHead) async throws(RPCError) {
        guard let (_, session) = await present(head.cookie(Self.sessionCookie)) else { return }
        try await end(session.mark)
        access.logger.info(
            "\(session.name) signed out", metadata: ["messageID": "signedOut", "session": "\(session.id)"])
    }

    /// Whether there was such a session.
    @discardableResult
    func end(_ mark: String) async throws(RPCError) -> Bool {
        let wasThere = try await store.write { try SessionTable(db: $0).delete(mark) }
        try reload(mark)
        return wasThere
    }

    private struct Holder {
        let name: String
        let role: VisitorRole
        let flows: [String]
        let accessKey: Session.AccessKeyMark?
    }

    /// Begins a session under an id that nobody has seen before and ends the one that the browser had.
    ///
    /// - Parameter isGood: asked within the commit; nil is returned when it says no.
    private func begin(
        _ holder: Holder, _ means: String, _ head: WebHead,
        if isGood: @escaping @Sendable (Database) throws -> Bool
    ) async throws(SignInFault) -> SetCookie? {
        let (now, id, settings, signing) = (world.now, world.hexEntropy(32), settings, signing)
        let former = await present(head.cookie(Self.sessionCookie))?.session.mark
        let session = Session(
            mark: signing.mark(.stored, id), name: holder.name, role: holder.role, flows: holder.flows,
            accessKey: holder.accessKey, created: now, expires: now.advanced(by: settings.lifetime),
            lastSeen: now)
        do throws(RPCError) {
            let ended = try await store.write { db -> [String]? in
                guard try isGood(db) else { return nil }
                let table = SessionTable(db: db)
                if let former { try table.delete(former) }
                try table.sweep(signing, at: now, idleMax: settings.idleMax)
                var ended = try table.makeRoom(
                    below: settings.sessionsPerKeyMax, ofKey: .some(session.accessKey?.id))
                ended += try table.makeRoom(below: settings.sessionsMax)
                try table.insert(session, signing)
                return ended
            }
            guard let ended else { return nil }
            for mark in ended + [former, session.mark].compactMap(\.self) { try reload(mark) }
        } catch {
            throw .unavailable(error.message)
        }
        signedIn(session, means, head)
        let (seconds, _) = settings.lifetime.components
        return SetCookie(Self.sessionCookie, signing.signed(id, as: .session), maxAge: Int(seconds))
    }
}

// MARK: - Telling

extension SessionDesk {
    private func signedIn(_ session: Session, _ means: String, _ head: WebHead) {
        metrics.add("\(SessionMetric.signedIn){with=\"\(means)\"}")
        access.logger.notice(
            "\(session.name) signed in from \(head.peer) with a \(means), role \(session.role.rawValue)",
            metadata: [
                "messageID": "signedIn", "key": "\(session.accessKey?.id ?? "")", "session": "\(session.id)",
                "peer": "\(head.peer)",
            ])
    }

    private func refused(_ fault: SignInFault, _ head: WebHead) {
        let reason = fault.reason
        metrics.add("\(SessionMetric.refused){reason=\"\(reason)\"}")
        guard let unsaid = refusals.shouldTell(reason, at: world.now) else { return }
        access.logger.warning(
            """
            signing in from \(head.peer) is refused: \(reason)\
            \(unsaid == 0 ? "" : ", and \(unsaid) more since it was last said")
            """, metadata: ["messageID": "signInRefused", "peer": "\(head.peer)", "error": "\(reason)"])
    }
}
