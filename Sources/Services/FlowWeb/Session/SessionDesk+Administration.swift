import FlowWebAPI
import Logging
import Primitives
import RPCProtocol
import ServiceLedger
import WebPages

/// What the administrator does with sessions and links.
extension SessionDesk {
    /// Long enough that nobody guesses one.
    static let linkBytes = 24
    static let nameCharactersMax = 64

    func createLink(
        _ params: CreateSignInLink.Params, by peer: PeerCredentials?
    ) async throws(RPCError) -> CreateSignInLink.Result {
        let name = params.name ?? peer.map { "uid \($0.uid)" } ?? "link"
        let lifetime = try lifetime(of: params, name)
        let (now, token, signing) = (world.now, world.hexEntropy(Self.linkBytes), signing)
        let (linksMax, idleMax) = (settings.linksMax, settings.idleMax)
        let link = SignInLink(
            mark: signing.mark(.stored, "link \(token)"), name: name,
            role: VisitorRole(rawValue: params.role.rawValue) ?? .read, flows: params.flows,
            expires: now.advanced(by: lifetime))
        try await store.write { db in
            let table = SessionTable(db: db)
            try table.sweep(signing, at: now, idleMax: idleMax)
            guard try table.linkCount() < linksMax else {
                throw RPCError(
                    .signInLinkNumExceededLimit,
                    "\(linksMax) links wait to be used, which is the limit; use one or wait for its end",
                    details: ["linksMax": .integer(Int64(linksMax))])
            }
            try table.insert(link, signing)
        }
        let uid = peer.map { "\($0.uid)" } ?? "unknown"
        access.logger.notice(
            "a link to sign in as \(name) with the role \(link.role.rawValue) was made by uid \(uid)",
            metadata: ["messageID": "signInLinkCreated", "name": "\(name)", "uid": "\(uid)"])
        return .with {
            $0.path = "/signin/\(token)"
            $0.addresses = addresses.all
            $0.role = params.role
            $0.expiresTime = link.expires.description
        }
    }

    private func lifetime(
        of params: CreateSignInLink.Params, _ name: String
    ) throws(RPCError) -> Duration {
        let secondsMax = settings.linkLifetimeMax.components.seconds
        let seconds = params.lifetimeSeconds ?? settings.linkLifetime.components.seconds
        guard (1...secondsMax).contains(seconds) else {
            throw Self.invalid("LifetimeSeconds", "is 1 to \(secondsMax), not \(seconds)")
        }
        guard (1...Self.nameCharactersMax).contains(name.count), name.utf8.count <= 256,
            !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else {
            throw Self.invalid("Name", "is 1 to \(Self.nameCharactersMax) characters on one line")
        }
        if let reason = AccessKeyText.fault(inFlows: params.flows) { throw Self.invalid("Flows", reason) }
        return .seconds(seconds)
    }

    private static func invalid(_ member: String, _ reason: String) -> RPCError {
        RPCError(.invalidSignInLink, "\(member) \(reason)", details: ["path": .string(member)])
    }

    func list(_ params: ListSessions.Params) throws(RPCError) -> ListSessions.Result {
        let limit = params.limit ?? 60
        guard (1...1000).contains(limit) else {
            throw RPCError(.invalidSession, "Limit is 1 to 1000, not \(limit)", details: ["path": "Limit"])
        }
        let (first, now) = (params.nextToken ?? "", world.now)
        let shown = sessions.values
            .filter { $0.id >= first && !$0.isOver(at: now, idleMax: settings.idleMax) }
            .sorted { $0.mark < $1.mark }
            .prefix(Int(limit) + 1)
        return .with {
            $0.sessions = shown.prefix(Int(limit)).map(Self.record)
            $0.nextToken = shown.count > Int(limit) ? shown.last?.id : nil
        }
    }

    private static func record(_ session: Session) -> SessionRecord {
        .with {
            $0.sessionID = session.id
            $0.name = session.name
            $0.role = AccessKeyRole(rawValue: session.role.rawValue) ?? .read
            $0.flows = session.flows
            $0.accessKeyID = session.accessKey?.id
            $0.createdTime = session.created.description
            $0.lastSeenTime = session.lastSeen.description
            $0.expiresTime = session.expires.description
        }
    }

    func end(
        _ params: EndSession.Params, by peer: PeerCredentials?
    ) async throws(RPCError) -> NoFields {
        let id = params.sessionID
        guard let session = sessions.values.first(where: { $0.id == id }), try await end(session.mark) else {
            throw RPCError(
                .sessionNotExists, "there is no session \(id); fnfctl session list shows them",
                details: ["sessionId": .string(id)])
        }
        let uid = peer.map { "\($0.uid)" } ?? "unknown"
        access.logger.notice(
            "the session \(id) of \(session.name) was ended by uid \(uid)",
            metadata: ["messageID": "sessionEnded", "session": "\(id)", "uid": "\(uid)"])
        return NoFields()
    }
}
