import FlowWebAPI
import Logging
import Primitives
import RPCProtocol
import ServiceLedger

/// What the administrator does with keys. Memory follows the disk: it is read again after each commit.
extension AccessDesk {
    func create(
        _ params: CreateAccessKey.Params, by peer: PeerCredentials?
    ) async throws(RPCError) -> CreateAccessKey.Result {
        let id = params.accessKeyID ?? AccessKeyText.makeID(world)
        let secret = params.secret ?? AccessKeyText.makeSecret(world)
        try AccessKeyText.check(id: id, secret: secret, params)
        let key = SealedAccessKey(
            id: id,
            sealedSecret: credential.seal(
                secret, place: AccessKey.place(id, params.role, params.flows),
                nonce: world.entropy(AccessCredential.nonceBytes)),
            role: params.role.rawValue, flows: params.flows.joined(separator: " "),
            description: params.description, isEnabled: true, created: world.now, lastUsed: nil)
        let (replaces, keysMax, credential) = (params.replace, settings.keysMax, credential)
        try await store.write { db in
            let table = AccessKeyTable(db: db)
            let present = try table.key(id)
            let exists = present != nil
            if let present, !replaces {
                // A caller that lost the answer asks again: its key is there already.
                let opened = present.opened(with: credential).key
                if opened.secret == secret, present.isSame(as: key) { return }
                throw RPCError(
                    .accessKeyAlreadyExists,
                    "there is an access key \(id); delete it first, or ask for it to be replaced",
                    details: ["accessKeyId": .string(id)])
            }
            guard try exists || table.count() < keysMax else {
                throw RPCError(
                    .accessKeyNumExceededLimit,
                    "there are \(keysMax) access keys, which is the limit; delete one that is not used",
                    details: ["keysMax": .integer(Int64(keysMax))])
            }
            try table.set(key)
            if let present, present.opened(with: credential).key.secret != secret || !present.isSame(as: key)
            {
                try SessionTable(db: db).deleteAll(ofKey: id)
            }
        }
        try reload(id)
        tell("created with the role \(params.role.rawValue)", id, peer)
        let record = keys[id]?.record ?? AccessKeyRecord()
        return .with {
            $0.accessKeyID = id
            $0.secret = secret
            $0.role = record.role
            $0.flows = record.flows
            $0.description = record.description
            $0.enabled = record.enabled
            $0.createdTime = record.createdTime
        }
    }

    func list(_ params: ListAccessKeys.Params) throws(RPCError) -> ListAccessKeys.Result {
        let limit = params.limit ?? 60
        guard (1...1000).contains(limit) else {
            throw RPCError(
                .invalidAccessKey, "Limit is 1 to 1000, not \(limit)", details: ["path": "Limit"])
        }
        let first = params.nextToken ?? ""
        let ids = keys.keys.filter { $0 >= first }.sorted().prefix(Int(limit) + 1)
        return .with {
            $0.accessKeys = ids.prefix(Int(limit)).compactMap { keys[$0]?.record }
            $0.nextToken = ids.count > Int(limit) ? ids.last : nil
        }
    }

    func setEnabled(
        _ id: String, _ isEnabled: Bool, by peer: PeerCredentials?
    ) async throws(RPCError) -> AccessKeyRecord {
        try await store.write { db in
            guard try AccessKeyTable(db: db).setEnabled(id, isEnabled) else { throw Self.notExists(id) }
            if !isEnabled { try SessionTable(db: db).deleteAll(ofKey: id) }
        }
        try reload(id)
        tell(isEnabled ? "enabled" : "disabled", id, peer)
        guard let record = keys[id]?.record else { throw Self.notExists(id) }
        return record
    }

    func delete(_ id: String, by peer: PeerCredentials?) async throws(RPCError) -> NoFields {
        try await store.write { db in
            guard try AccessKeyTable(db: db).delete(id) else { throw Self.notExists(id) }
            try SessionTable(db: db).deleteAll(ofKey: id)
        }
        try reload(id)
        tell("deleted", id, peer)
        return NoFields()
    }

    /// What is committed may be newer than what this call asked for; memory shows the newest.
    private func reload(_ id: String) throws(RPCError) {
        defer { keyChanges.tell(id) }
        guard let row = try store.read({ try AccessKeyTable(db: $0).key(id) }) else {
            keys[id] = nil
            buckets[id] = nil
            return
        }
        var key = row.opened(with: credential).key
        key.lastUsed = keys[id]?.lastUsed ?? key.lastUsed
        keys[id] = key
    }

    private func tell(_ what: String, _ id: String, _ peer: PeerCredentials?) {
        let uid = peer.map { "\($0.uid)" } ?? "unknown"
        logger.notice(
            "the access key \(id) was \(what) by uid \(uid)",
            metadata: ["messageID": "accessKeyChanged", "key": "\(id)", "uid": "\(uid)"])
    }

    private static func notExists(_ id: String) -> RPCError {
        RPCError(
            .accessKeyNotExists, "there is no access key \(id); fnfctl key list shows them",
            details: ["accessKeyId": .string(id)])
    }
}
