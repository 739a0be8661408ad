import Primitives

/// An id as the message service's are: 32 hexadecimal digits.
func makeMessageID(from world: any World) -> String {
    makeUUID(from: world).uppercased().filter { $0 != "-" }
}

/// The names of topics and subscriptions, and what else is said in a few characters. Source: MNS 2015-06-06.
enum TopicName {
    static let bytesMax = 255
    /// Of a message, and of the subscriptions that want only such.
    static let tagCharactersMax = 16
    /// Whose topics they are: a host has one owner.
    static let owner = "fnf"

    /// Nil when the name is right, otherwise the sentence that says what is wrong.
    static func fault(_ name: String, of thing: String = "topic") -> String? {
        QueueName.fault(name, of: thing, bytesMax: bytesMax)
    }

    /// Nil when the tag is right, otherwise the sentence that says what is wrong.
    static func tagFault(_ tag: String) -> String? {
        guard tag.count > tagCharactersMax else { return nil }
        return "it has \(tag.count) characters; at most \(tagCharactersMax) are allowed"
    }

    /// The resource that bindings name. `region` and `account`: what a pattern may insist on.
    static func resource(_ topic: String, region: String = "", account: String = "") -> String {
        "acs:mns:\(region):\(account):/topics/\(topic)/messages"
    }
}
