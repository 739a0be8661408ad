import FlowDefinition
import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// What a client publishes.
extension FlowEngineService {
    func publishMessage(
        _ params: PublishMessage.Params, key: String?
    ) async throws(RPCError) -> PublishMessage.Result {
        let leaflet = try Leaflet(
            topic: params.topicName, body: params.messageBody, tag: params.messageTag)
        let topic = try answering { () throws(StoreError) in try store.topic(named: leaflet.topic) }
        let hasBinding = topicBinding(of: leaflet.topic) != nil
        guard topic != nil || hasBinding else { throw .topicNotExist(leaflet.topic) }
        let place = topic.map(KeyedPlace.init) ?? KeyedPlace(bound: leaflet.topic)
        let asked = "publish \(TaskCall.md5(leaflet.body)) \(leaflet.tag ?? "")"
        return try await once(key, in: place, asked: asked) {
            () throws(RPCError) -> PublishMessage.Result in
            do throws(QueueFault) {
                let publication = try publication(of: leaflet, in: topic, toBinding: hasBinding)
                try queueing { () throws(StoreError) in try publish(publication) }
                var result = PublishMessage.Result()
                result.messageId = publication.message.id
                result.messageBodyMD5 = publication.md5
                return result
            } catch {
                throw error.rpcError
            }
        }
    }

    /// The binding of `resources.d` for a topic, whatever region and account its pattern insists on.
    func topicBinding(of topic: String) -> ResourceBinding? {
        if let binding = binding(for: TopicName.resource(topic)) { return binding }
        for binding in resolver.bindings {
            let parts = binding.pattern.text.split(
                separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
            guard parts.count == 5, parts[1] == "mns" else { continue }
            let (region, account) = (parts[2], parts[3])
            let arn = TopicName.resource(
                topic, region: region.filter { $0 != "*" }, account: account.filter { $0 != "*" })
            if let found = self.binding(for: arn) { return found }
        }
        return nil
    }
}

extension KeyedPlace {
    /// A topic's keys are its own: one that is made again under the same name knows none of them.
    init(_ topic: StoredTopic) {
        self.init(area: -topic.key, kind: "topic", name: topic.name)
    }

    /// A topic that is there by a binding only.
    init(bound topic: String) {
        self.init(area: 0, prefix: "\(topic)/", kind: "topic", name: topic)
    }
}
