import FlowStore
import HTTPEgressAPI
import HTTPMessage
import Primitives
import RPCProtocol

/// Pushes on their way to the subscriptions: at least once, each until it is taken, given up or too old.
///
/// Nothing is asked for by the clock alone: a subscription goes on when something is added, when a call
/// returns, and when its next push is due.
extension FlowEngineService {
    /// Sends what is due for a subscription, as far as calls may be under way.
    func pumpPushes(_ key: Int64) {
        guard !isDraining, broken == nil else { return }
        // What is staged may be undone: nothing leaves before it is on disk.
        if isCommitScheduled {
            topics.touched.insert(key)
            return stageTopicChange()
        }
        defer {
            armTopicTimers()
            showPushes()
        }
        do throws(StoreError) {
            try sendDue(key)
        } catch {
            log.storeFault(error, path: error.path)
            if case .unreadable = error {
                // The others go on; this one is looked at again at the next start.
                topics.dismiss(key)
            } else {
                topics.timers.set(key, world.now.advanced(by: Self.queueRetryPause))
            }
        }
    }

    private func sendDue(_ key: Int64) throws(StoreError) {
        guard let subscription = try store.subscription(key) else { return topics.dismiss(key) }
        let line = topics.line(key)
        if let until = line.pausedUntil, until > world.now { return topics.timers.set(key, until) }
        line.pausedUntil = nil
        let endpoint = try endpoint(of: subscription)
        let room = room(at: endpoint)
        let due = try store.duePushes(of: key, until: world.now, limit: room)
        var isStarved = false
        for push in due where line.calls[push.key] == nil {
            if endpoint.isCalled, topics.callsCount >= settings.pushConcurrencyMax {
                topics.starve(key)
                isStarved = true
                break
            }
            try send(push, subscription, to: endpoint, on: line)
        }
        // A full batch may have more behind it, for which the next call that returns makes room.
        let isMore = due.count == room
        let next = isMore ? nil : try store.nextPush(of: key, after: world.now)
        let goesOn = isMore && line.calls.count < room && !isStarved
        topics.timers.set(key, goesOn ? world.now : next)
        if due.isEmpty, next == nil, line.calls.isEmpty { topics.dismiss(key) }
    }

    private func endpoint(of subscription: StoredSubscription) throws(StoreError) -> TopicEndpoint {
        do throws(TopicEndpoint.Fault) { return try TopicEndpoint(subscription) } catch {
            throw .unreadable(
                place: "subscription \(subscription.name) of topic \(subscription.topicName)",
                reason: "its endpoint: \(error.reason)")
        }
    }

    /// How many pushes of one subscription are dealt with at once.
    private func room(at endpoint: TopicEndpoint) -> Int {
        endpoint.isCalled ? settings.subscriptionConcurrencyMax : settings.queueBatch
    }

    private func send(
        _ push: StoredPush, _ subscription: StoredSubscription, to endpoint: TopicEndpoint, on line: PushLine
    ) throws(StoreError) {
        guard let message = try store.published(push.message) else {
            throw .unreadable(place: "push \(push.key) of the topics", reason: "its message is missing")
        }
        guard message.expires > world.now else {
            return try giveUp(push, of: subscription, "it was tried as long as messages are kept")
        }
        let notification = Notification(subscription: subscription, message: message)
        switch endpoint {
        case .queue(let name):
            if let refusal = try enqueue(message, subscription, into: name) {
                try noteFailure(push, of: subscription, message, refusal)
            } else {
                try noteDelivered(push, of: subscription)
            }
        case .http(let url):
            let params = notification.request(to: url, id: makeMessageID(from: world))
            let caller = callers(.service("http-egress"))
            call(push, subscription, on: line, within: .milliseconds(params.timeoutMs)) { meta in
                await PushOutcome { () async throws(RPCFailure) in
                    try await caller.call(SendRequest.self, params, meta: meta).status
                }
            }
        case .binding: try sendToBinding(push, subscription, message, on: line)
        }
    }

    private func sendToBinding(
        _ push: StoredPush, _ subscription: StoredSubscription, _ message: PublishedMessage,
        on line: PushLine
    ) throws(StoreError) {
        guard let binding = topicBinding(of: subscription.topicName) else {
            let reason = resolver.unboundText(TopicName.resource(subscription.topicName))
            return try noteFailure(push, of: subscription, message, reason)
        }
        let caller = callers(binding.target)
        let params: JSONValue
        var timeout = Self.serviceTimeout
        if case .http(let target) = binding.target {
            do throws(WebLocation.Fault) {
                params = try target.request(
                    publishing: message.body, to: subscription.topicName, key: pushKey(push, subscription)
                ).wire
            } catch {
                return try noteFailure(push, of: subscription, message, error.description)
            }
            timeout = .seconds(target.timeoutSeconds)
        } else {
            params = .object(TaskCall.params(ofText: message.body))
        }
        let limits = settings.limits
        call(push, subscription, on: line, within: timeout) { meta in
            await PushOutcome(binding.target, limits) { () async throws(RPCFailure) in
                try await caller.call(binding.method, params, meta: meta)
            }
        }
    }

    /// As long as a function has. A message is not work that somebody waits for.
    private static let serviceTimeout: Duration = .seconds(HTTPTarget.timeoutStandard)

    /// The same push again is the same call to its receiver.
    private func pushKey(_ push: StoredPush, _ subscription: StoredSubscription) -> String {
        "topic-push/\(subscription.key)/\(push.key)"
    }

    private func call(
        _ push: StoredPush, _ subscription: StoredSubscription, on line: PushLine, within timeout: Duration,
        _ body: @escaping @Sendable (RPCMeta) async -> PushOutcome
    ) {
        let meta = RPCMeta(
            deadlineMs: timeout.components.seconds * 1000 + settings.pushDeadlineMs,
            idempotencyKey: pushKey(push, subscription))
        let (key, subscription) = (push.key, subscription.key)
        let call = loop.spawn { [self] in
            let outcome = await body(meta)
            await pushReturned(key, of: subscription, outcome)
        }
        topics.noteCall(key, call, on: line)
    }

    /// Those that waited for a call to return go on.
    func pumpStarved() {
        while topics.callsCount < settings.pushConcurrencyMax, let key = topics.nextStarved() {
            pumpPushes(key)
            if isCommitScheduled { return }
        }
    }
}

extension TopicEndpoint {
    /// Whether something outside of the engine is called.
    fileprivate var isCalled: Bool {
        if case .queue = self { false } else { true }
    }
}
