import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// The topics themselves: made, changed, shown, deleted.
extension FlowEngineService {
    func createTopic(_ params: CreateTopic.Params) async throws(RPCError) -> CreateTopic.Result {
        if let fault = TopicName.fault(params.topicName) { throw .argument("TopicName", fault) }
        var wanted = StoredTopic()
        wanted.name = params.topicName
        wanted.messageBytesMax = min(wanted.messageBytesMax, messageBytesMax)
        try apply(params, to: &wanted)
        var result = CreateTopic.Result()
        let known = try answering { () throws(StoreError) in try store.topic(named: params.topicName) }
        if let known {
            guard known.hasAttributes(of: wanted) else { throw .topicAlreadyExist(params.topicName) }
            result.topic = TopicRecord(known)
        } else {
            result.created = true
            result.topic = TopicRecord(try add(wanted))
        }
        try await committed()
        return result
    }

    /// Adds a topic whose name is free.
    private func add(_ wanted: StoredTopic) throws(RPCError) -> StoredTopic {
        let count = try answering { () throws(StoreError) in try store.topicCount() }
        guard count < settings.topicsMax else { throw .tooManyTopics(settings.topicsMax) }
        var topic = wanted
        topic.created = world.now
        topic.modified = topic.created
        let made = topic
        topic.key = try change { () throws(StoreError) in try store.addTopic(made) }
        return topic
    }

    func setTopicAttributes(_ params: SetTopicAttributes.Params) async throws(RPCError) -> TopicRecord {
        let before = try topic(params.topicName)
        var topic = before
        try apply(params, to: &topic)
        if !topic.hasAttributes(of: before) {
            topic.modified = max(world.now, topic.modified)
            let changed = topic
            try change { () throws(StoreError) in try store.replaceTopic(changed) }
        }
        try await committed()
        return TopicRecord(topic)
    }

    private func apply(_ attributes: TopicAttributes, to topic: inout StoredTopic) throws(RPCError) {
        if let bytes = try attributes.maximumMessageSize.inRange(
            QueueRange.messageBytesMin...max(messageBytesMax, QueueRange.messageBytesMin),
            parameter: "MaximumMessageSize")
        {
            topic.messageBytesMax = bytes
        }
        if let retention = try attributes.messageRetentionPeriod.inRange(
            QueueRange.retention, parameter: "MessageRetentionPeriod")
        {
            topic.retention = retention
        }
        if let isLogged = attributes.loggingEnabled { topic.isLogged = isLogged }
    }

    func describeTopic(_ params: DescribeTopic.Params) async throws(RPCError) -> TopicRecord {
        await settle()
        return TopicRecord(try topic(params.topicName))
    }

    func listTopics(_ params: ListTopics.Params) async throws(RPCError) -> ListTopics.Result {
        let limit = try params.limit.inRange(1...1000, parameter: "Limit") ?? 60
        await settle()
        let found = try answering { () throws(StoreError) in
            try store.topics(
                fromName: params.nextToken ?? "", prefix: params.prefix ?? "", limit: Int(limit) + 1)
        }
        var result = ListTopics.Result()
        result.topics = found.prefix(Int(limit)).map(TopicRecord.init)
        if found.count > limit { result.nextToken = found.last?.name }
        return result
    }

    func deleteTopic(_ params: DeleteTopic.Params) async throws(RPCError) -> NoFields {
        let topic = try topic(params.topicName)
        let subscriptions = try answering { () throws(StoreError) in
            try store.subscriptions(of: topic.key, fromName: "", prefix: "", limit: .max)
        }
        try change { () throws(StoreError) in try store.deleteTopic(topic.key) }
        dismissOnCommit(subscriptions.map(\.key))
        try await committed()
        return NoFields()
    }

    func topic(_ name: String) throws(RPCError) -> StoredTopic {
        if let fault = TopicName.fault(name) { throw .argument("TopicName", fault) }
        guard let topic = try answering({ () throws(StoreError) in try store.topic(named: name) }) else {
            throw .topicNotExist(name)
        }
        return topic
    }
}

extension StoredTopic {
    /// Whether a repeated CreateTopic asks for what is there already.
    fileprivate func hasAttributes(of other: StoredTopic) -> Bool {
        messageBytesMax == other.messageBytesMax && retention == other.retention && isLogged == other.isLogged
    }
}

extension TopicRecord {
    fileprivate init(_ topic: StoredTopic) {
        self.init()
        topicName = topic.name
        maximumMessageSize = topic.messageBytesMax
        messageRetentionPeriod = topic.retention
        messageCount = topic.messages
        loggingEnabled = topic.isLogged
        createTime = topic.created.description
        lastModifyTime = topic.modified.description
    }
}
