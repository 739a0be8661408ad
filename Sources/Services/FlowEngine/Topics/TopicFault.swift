import FlowEngineAPI
import Primitives
import RPCProtocol

extension RPCError {
    static func topicNotExist(_ topic: String) -> RPCError {
        RPCError(
            .topicNotExist, "Topic \(topic) does not exist; CreateTopic makes it",
            details: ["topic": .string(topic)])
    }

    static func topicAlreadyExist(_ topic: String) -> RPCError {
        RPCError(
            .topicAlreadyExist,
            "Topic \(topic) already exists with other attributes; SetTopicAttributes changes them",
            details: ["topic": .string(topic)])
    }

    static func topicFull(_ topic: String, pushesMax: Int) -> RPCError {
        RPCError(
            .topicFull,
            "Topic \(topic) has \(pushesMax) messages on their way, as many as it may (pendingPushesMax): "
                + "its subscribers do not take them",
            details: ["topic": .string(topic), "pushesMax": .integer(Int64(pushesMax))], retryable: true)
    }

    static func tooManyTopics(_ topicsMax: Int) -> RPCError {
        RPCError(
            .topicNumExceededLimit,
            "there are \(topicsMax) topics, as many as there may be (topicsMax); delete one first",
            details: ["topicsMax": .integer(Int64(topicsMax))])
    }

    static func subscriptionNotExist(_ subscription: String, of topic: String) -> RPCError {
        RPCError(
            .subscriptionNotExist, "Topic \(topic) has no subscription \(subscription); Subscribe makes it",
            details: ["topic": .string(topic), "subscription": .string(subscription)])
    }

    static func subscriptionAlreadyExist(_ subscription: String, of topic: String) -> RPCError {
        RPCError(
            .subscriptionAlreadyExist,
            "Topic \(topic) already has a subscription \(subscription) with other attributes; Unsubscribe it "
                + "first",
            details: ["topic": .string(topic), "subscription": .string(subscription)])
    }

    static func tooManySubscriptions(_ topic: String, _ subscriptionsMax: Int) -> RPCError {
        RPCError(
            .subscriptionNumExceededLimit,
            "Topic \(topic) has \(subscriptionsMax) subscriptions, as many as it may "
                + "(topicSubscriptionsMax); unsubscribe one first",
            details: ["topic": .string(topic), "subscriptionsMax": .integer(Int64(subscriptionsMax))])
    }
}
