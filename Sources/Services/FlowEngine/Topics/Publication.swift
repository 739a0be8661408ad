import FlowStore
import Primitives
import RPCProtocol

/// A message that may be published: whom it goes to is known, and that there is room for it.
struct Publication {
    let topic: StoredTopic?
    let message: PublishedMessage
    let md5: String
    /// The ones that want a message with its tag.
    let subscriptions: [StoredSubscription]
    /// Where it goes that a binding names for the topic; its key is 0 when nothing goes there so far.
    let bindingLine: StoredSubscription?
}

/// A message on its way into a topic.
struct Leaflet {
    let topic: String
    let body: String
    let tag: String?

    /// Throws: `InvalidArgument`, naming the parameter.
    init(topic: String, body: String, tag: String?) throws(RPCError) {
        if let fault = TopicName.fault(topic) { throw .argument("TopicName", fault) }
        guard !body.isEmpty else { throw .argument("MessageBody", "it is empty; a message needs a text") }
        let tag = tag.flatMap { $0.isEmpty ? nil : $0 }
        if let fault = tag.flatMap(TopicName.tagFault) { throw .argument("MessageTag", fault) }
        self.topic = topic
        self.body = body
        self.tag = tag
    }
}

extension FlowEngineService {
    /// Looks who gets the message, and changes nothing.
    ///
    /// - Parameter binding: whether it goes to the binding of the topic as well.
    func publication(
        of leaflet: Leaflet, in topic: StoredTopic?, toBinding: Bool
    ) throws(QueueFault) -> Publication {
        let bytesMax = topic?.messageBytesMax ?? messageBytesMax
        guard leaflet.body.utf8.count <= bytesMax else {
            throw .refused(
                .tooLarge("MessageBody", bytes: leaflet.body.utf8.count, bytesMax: Int(bytesMax)))
        }
        var subscriptions: [StoredSubscription] = []
        if let topic {
            subscriptions = try queueing { () throws(StoreError) in
                try store.subscriptions(of: topic.key, fromName: "", prefix: "", limit: .max)
            }
        }
        let line = toBinding ? try bindingLine(of: leaflet.topic) : nil
        let pending = subscriptions.reduce(line?.pending ?? 0) { $0 + $1.pending }
        let chosen = subscriptions.filter { $0.filterTag == nil || $0.filterTag == leaflet.tag }
        let added = Int64(chosen.count + (line == nil ? 0 : 1))
        guard added == 0 || pending + added <= settings.pendingPushesMax else {
            throw .refused(.topicFull(leaflet.topic, pushesMax: settings.pendingPushesMax))
        }
        var message = PublishedMessage()
        message.topic = topic?.key ?? 0
        message.id = makeMessageID(from: world)
        message.tag = leaflet.tag
        message.body = leaflet.body
        message.published = world.now
        message.expires = message.published.advanced(
            by: .seconds(topic?.retention ?? StoredTopic().retention))
        return Publication(
            topic: topic, message: message, md5: TaskCall.md5(leaflet.body), subscriptions: chosen,
            bindingLine: line)
    }

    private func bindingLine(of topic: String) throws(QueueFault) -> StoredSubscription {
        try queueing { () throws(StoreError) in
            if let line = try store.subscription(of: 0, named: topic) { return line }
            var line = StoredSubscription()
            line.topicName = topic
            line.name = topic
            line.format = .simplified
            line.created = world.now
            line.modified = line.created
            return line
        }
    }

    /// Stages the message for everybody who gets it. Throws: the tick can't be committed.
    func publish(_ publication: Publication) throws(StoreError) {
        var message = publication.message
        var refusals: [(push: StoredPush, of: StoredSubscription, reason: String)] = []
        for subscription in publication.subscriptions {
            guard case .queue(let name)? = try? TopicEndpoint(subscription) else {
                _ = try add(&message, for: subscription)
                continue
            }
            // Into the queue in this commit, or later when the queue does not take it now.
            if let reason = try enqueue(message, subscription, into: name) {
                refusals.append((try add(&message, for: subscription), subscription, reason))
            } else {
                topics.tally.delivered += 1
            }
        }
        if var line = publication.bindingLine {
            if line.key == 0 {
                let made = line
                line.key = try changingTopics { () throws(StoreError) in try store.addSubscription(made) }
            }
            _ = try add(&message, for: line)
        }
        // Only now that all pushes are there: the message goes away with the last one.
        for refusal in refusals { try noteFailure(refusal.push, of: refusal.of, message, refusal.reason) }
        stageTopicChange()
        topics.tally.published += 1
    }

    private func add(
        _ message: inout PublishedMessage, for subscription: StoredSubscription
    ) throws(StoreError) -> StoredPush {
        try store(&message)
        var push = StoredPush()
        push.message = message.key
        push.subscription = subscription.key
        push.next = message.published
        let added = push
        push.key = try changingTopics { () throws(StoreError) in try store.addPush(added) }
        topics.tally.added += 1
        topics.touched.insert(subscription.key)
        return push
    }

    /// Once, when the first push of it is added.
    private func store(_ message: inout PublishedMessage) throws(StoreError) {
        guard message.key == 0 else { return }
        let published = message
        message.key = try changingTopics { () throws(StoreError) in try store.addPublished(published) }
    }

    /// Puts the message into a queue; returns why the queue does not take it.
    func enqueue(
        _ message: PublishedMessage, _ subscription: StoredSubscription, into name: String
    ) throws(StoreError) -> String? {
        guard let queue = try store.queue(named: name) else { return "queue \(name) does not exist" }
        do throws(QueueFault) {
            let body = Notification(subscription: subscription, message: message).body
            let letter: Letter
            do throws(RPCError) { letter = try Letter(body: body, delay: nil, priority: nil) } catch {
                throw .refused(error)
            }
            _ = try enqueue(letter, in: queue)
        } catch {
            switch error {
            case .store(let error): throw error
            case .refused(let error): return error.description
            }
        }
        queues.tally.sent += 1
        serve(queue.key)
        return nil
    }
}
