import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// The subscriptions of topics.
extension FlowEngineService {
    func subscribe(_ params: Subscribe.Params) async throws(RPCError) -> Subscribe.Result {
        let topic = try topic(params.topicName)
        let wanted = try subscription(params, of: topic)
        var result = Subscribe.Result()
        let known = try answering { () throws(StoreError) in
            try store.subscription(of: topic.key, named: wanted.name)
        }
        if let known {
            guard known.hasAttributes(of: wanted) else {
                throw .subscriptionAlreadyExist(wanted.name, of: topic.name)
            }
            result.subscription = SubscriptionRecord(known)
        } else {
            result.created = true
            result.subscription = SubscriptionRecord(try add(wanted))
        }
        try await committed()
        return result
    }

    private func subscription(
        _ params: Subscribe.Params, of topic: StoredTopic
    ) throws(RPCError) -> StoredSubscription {
        if let fault = TopicName.fault(params.subscriptionName, of: "subscription") {
            throw .argument("SubscriptionName", fault)
        }
        do throws(TopicEndpoint.Fault) { _ = try TopicEndpoint(params.endpoint) } catch {
            throw .argument("Endpoint", error.reason)
        }
        var wanted = StoredSubscription()
        wanted.topic = topic.key
        wanted.topicName = topic.name
        wanted.name = params.subscriptionName
        wanted.endpoint = params.endpoint
        wanted.strategy =
            try Self.choice(params.notifyStrategy, parameter: "NotifyStrategy") ?? wanted.strategy
        wanted.format =
            try Self.choice(params.notifyContentFormat, parameter: "NotifyContentFormat") ?? wanted.format
        if let tag = params.filterTag, !tag.isEmpty {
            if let fault = TopicName.tagFault(tag) { throw .argument("FilterTag", fault) }
            wanted.filterTag = tag
        }
        return wanted
    }

    /// One of the words of an enumeration; none and the empty text are no choice.
    private static func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ text: String?, parameter: String
    ) throws(RPCError) -> Choice? {
        guard let text, !text.isEmpty else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .argument(parameter, "\"\(text.prefix(64))\" is none of \(words)")
        }
        return choice
    }

    /// Adds a subscription whose name is free.
    private func add(_ wanted: StoredSubscription) throws(RPCError) -> StoredSubscription {
        let count = try answering { () throws(StoreError) in try store.subscriptionCount(of: wanted.topic) }
        guard count < settings.topicSubscriptionsMax else {
            throw .tooManySubscriptions(wanted.topicName, settings.topicSubscriptionsMax)
        }
        var subscription = wanted
        subscription.created = world.now
        subscription.modified = subscription.created
        let made = subscription
        subscription.key = try change { () throws(StoreError) in try store.addSubscription(made) }
        return subscription
    }

    func setSubscriptionAttributes(
        _ params: SetSubscriptionAttributes.Params
    ) async throws(RPCError) -> SubscriptionRecord {
        var subscription = try subscription(params.subscriptionName, of: params.topicName)
        let strategy: NotifyStrategy? = try Self.choice(params.notifyStrategy, parameter: "NotifyStrategy")
        if let strategy, strategy != subscription.strategy {
            subscription.strategy = strategy
            subscription.modified = max(world.now, subscription.modified)
            let changed = subscription
            try change { () throws(StoreError) in try store.replaceSubscription(changed) }
        }
        try await committed()
        return SubscriptionRecord(subscription)
    }

    func describeSubscription(
        _ params: DescribeSubscription.Params
    ) async throws(RPCError) -> SubscriptionRecord {
        await settle()
        return SubscriptionRecord(try subscription(params.subscriptionName, of: params.topicName))
    }

    func listSubscriptions(
        _ params: ListSubscriptions.Params
    ) async throws(RPCError) -> ListSubscriptions.Result {
        let limit = try params.limit.inRange(1...1000, parameter: "Limit") ?? 60
        await settle()
        let topic = try topic(params.topicName)
        let found = try answering { () throws(StoreError) in
            try store.subscriptions(
                of: topic.key, fromName: params.nextToken ?? "", prefix: params.prefix ?? "",
                limit: Int(limit) + 1)
        }
        var result = ListSubscriptions.Result()
        result.subscriptions = found.prefix(Int(limit)).map(SubscriptionRecord.init)
        if found.count > limit { result.nextToken = found.last?.name }
        return result
    }

    func unsubscribe(_ params: Unsubscribe.Params) async throws(RPCError) -> NoFields {
        let subscription = try subscription(params.subscriptionName, of: params.topicName)
        try change { () throws(StoreError) in try store.deleteSubscription(subscription.key) }
        dismissOnCommit([subscription.key])
        try await committed()
        return NoFields()
    }

    private func subscription(_ name: String, of topicName: String) throws(RPCError) -> StoredSubscription {
        let topic = try topic(topicName)
        if let fault = TopicName.fault(name, of: "subscription") {
            throw .argument("SubscriptionName", fault)
        }
        let found = try answering { () throws(StoreError) in
            try store.subscription(of: topic.key, named: name)
        }
        guard let found else { throw .subscriptionNotExist(name, of: topicName) }
        return found
    }
}

extension StoredSubscription {
    /// Whether a repeated Subscribe asks for what is there already.
    fileprivate func hasAttributes(of other: StoredSubscription) -> Bool {
        endpoint == other.endpoint && strategy == other.strategy && format == other.format
            && filterTag == other.filterTag
    }
}

extension SubscriptionRecord {
    fileprivate init(_ subscription: StoredSubscription) {
        self.init()
        topicOwner = TopicName.owner
        topicName = subscription.topicName
        subscriptionName = subscription.name
        endpoint = subscription.endpoint
        notifyStrategy = subscription.strategy.rawValue
        notifyContentFormat = subscription.format.rawValue
        filterTag = subscription.filterTag
        createTime = subscription.created.description
        lastModifyTime = subscription.modified.description
        pendingMessages = subscription.pending
        droppedMessages = subscription.dropped
        lastFailure = subscription.lastFailure
        lastFailureTime = subscription.lastFailureTime?.description
    }
}
