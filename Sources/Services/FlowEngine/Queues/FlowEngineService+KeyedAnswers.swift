import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

extension FlowEngineService {
    /// Does `body` once for an idempotency key; the same call again is answered as the first was, as long as
    /// `settings.queueAnswersKept`, also when the message it was about is long gone.
    ///
    /// - Parameter asked: the method and its parameters; others under the same key are refused.
    /// - Parameter body: staged only; its answer and the memory of it are on disk when this returns.
    func once<Answer: WireRecord>(
        _ key: String?, in place: KeyedPlace, asked: String, _ body: () throws(RPCError) -> Answer
    ) async throws(RPCError) -> Answer {
        guard let key else {
            let answer = try body()
            try await committed()
            return answer
        }
        guard (1...Self.keyBytesMax).contains(key.utf8.count) else {
            throw .argument(
                "idempotencyKey", "it has \(key.utf8.count) bytes; 1 to \(Self.keyBytesMax) are allowed")
        }
        let digest = TaskCall.md5(asked)
        let oldest = world.now.advanced(by: .zero - settings.queueAnswersKept)
        let known = try answering { () throws(StoreError) in
            try store.keyedAnswer(queue: place.area, key: place.prefix + key)
        }
        if let known, known.time >= oldest {
            guard known.digest == digest else {
                throw RPCError(
                    .idempotencyConflict,
                    "the idempotency key was used at \(place.kind) \(place.name) for a call with other "
                        + "parameters",
                    details: [place.kind: .string(place.name)])
            }
            // The first call may itself not be on disk yet.
            try await committed()
            return try Self.decoded(known)
        }
        let answer = try body()
        try answering { () throws(StoreError) in
            try note(key, in: place, digest: digest, answer: answer.wire.text)
        }
        try await committed()
        return answer
    }

    func once<Answer: WireRecord>(
        _ key: String?, in queue: StoredQueue, asked: String, _ body: () throws(RPCError) -> Answer
    ) async throws(RPCError) -> Answer {
        try await once(key, in: KeyedPlace(queue), asked: asked, body)
    }

    /// Stages the memory of an answer.
    func note(_ key: String, in place: KeyedPlace, digest: String, answer: String) throws(StoreError) {
        let noted = KeyedAnswer(
            queue: place.area, key: place.prefix + key, digest: digest, answer: answer, time: world.now)
        let oldest = world.now.advanced(by: .zero - settings.queueAnswersKept)
        try changing { () throws(StoreError) in
            try store.addKeyedAnswer(noted)
            // More than one is added, so the table shrinks to what is young enough.
            try store.pruneKeyedAnswers(before: oldest, limit: 4)
        }
    }

    /// Callers make UUIDs or names of their own work; more is no key but content.
    private static let keyBytesMax = 512

    private static func decoded<Answer: WireRecord>(_ known: KeyedAnswer) throws(RPCError) -> Answer {
        guard let json = try? JSONParser.parse(known.answer),
            let answer = try? Answer(wire: json, strict: false)
        else {
            throw RPCError(
                .internalFault, "the answer kept for the idempotency key \(known.key) can't be read")
        }
        return answer
    }
}

/// Where a key is known: at one queue, or at one topic.
struct KeyedPlace {
    /// The queue's key, what is no queue's is negative or 0.
    let area: Int64
    /// Sets keys apart that share an area.
    var prefix = ""
    /// As errors name it.
    let kind: String
    let name: String
}

extension KeyedPlace {
    init(_ queue: StoredQueue) {
        self.init(area: queue.key, kind: "queue", name: queue.name)
    }
}
