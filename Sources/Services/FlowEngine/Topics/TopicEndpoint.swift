import FlowStore
import HTTPMessage

/// Where a subscription sends. Source: MNS 2015-06-06, "Endpoint".
enum TopicEndpoint: Hashable {
    /// The URL to which messages are posted.
    case http(String)
    /// A queue of this engine, by its name.
    case queue(String)
    /// The binding of `resources.d` for the topic.
    case binding

    /// Units: bytes.
    static let bytesMax = 2048
    /// Where messages go when the address has no path.
    static let standardPath = "/notifications"

    struct Fault: Error {
        let reason: String
    }

    init(_ text: String) throws(Fault) {
        guard text.utf8.count <= Self.bytesMax else {
            throw Fault(reason: "it has \(text.utf8.count) bytes; at most \(Self.bytesMax) are allowed")
        }
        if let queue = try Self.queue(text) {
            self = .queue(queue)
        } else {
            self = .http(try Self.url(text))
        }
    }

    /// - Parameter subscription: one that was accepted.
    init(_ subscription: StoredSubscription) throws(Fault) {
        if subscription.topic == 0 { self = .binding } else { try self.init(subscription.endpoint) }
    }

    private static func queue(_ text: String) throws(Fault) -> String? {
        let parts = text.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "acs", parts[1] == "mns" else { return nil }
        let path = parts[4].drop { $0 == "/" }
        guard path.hasPrefix("queues/") else {
            throw Fault(reason: "\"\(text)\" names no queue: acs:mns:REGION:ACCOUNT:queues/NAME")
        }
        let name = String(path.dropFirst("queues/".count))
        if let fault = QueueName.fault(name) { throw Fault(reason: "the queue's name: \(fault)") }
        return name
    }

    private static func url(_ text: String) throws(Fault) -> String {
        let lower = text.lowercased()
        for scheme in ["mail:", "sms:"] where lower.hasPrefix(scheme) {
            throw Fault(reason: "this host sends no mail and no short messages; subscribe an HTTP address")
        }
        let location: WebLocation
        do throws(WebLocation.Fault) { location = try WebLocation(text) } catch {
            throw Fault(
                reason: "\(error), and it is no queue either: acs:mns:REGION:ACCOUNT:queues/NAME")
        }
        guard location.path.isEmpty else { return text }
        return location.origin + standardPath + (location.query.map { "?\($0)" } ?? "")
    }
}
