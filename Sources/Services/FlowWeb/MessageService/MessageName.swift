/// The names of queues, topics and subscriptions: letters, digits and `-`, a letter or digit first.
/// Source: MNS 2015-06-06.
enum MessageName: String, Sendable {
    case queue, topic, subscription

    /// Throws: the code that the service has for such a name.
    ///
    /// - Parameter isMade: a new one can't have `_`, as in the cloud; those that a flow or `fnfctl` made may.
    func check(_ name: String, isMade: Bool = false) throws(MessageFault) {
        guard (1...lengthMax).contains(name.utf8.count) else {
            throw MessageFault(
                400, lengthCode,
                "\(title) name length should between 1 and \(lengthMax).")
        }
        let isAllowed = name.utf8.allSatisfy {
            Self.isWordByte($0) || $0 == UInt8(ascii: "-") || ($0 == UInt8(ascii: "_") && !isMade)
        }
        guard isAllowed, name.utf8.first.map(Self.isWordByte) == true else {
            throw MessageFault(
                400, formCode,
                "The \(rawValue) name you provided is invalid. It should start with a letter or digit and "
                    + "contain only letters, digits and -.")
        }
    }

    /// Units: characters.
    private var lengthMax: Int { self == .queue ? 120 : 255 }

    var formCode: String {
        switch self {
        case .queue: "InvalidQueueName"
        case .topic: "TopicNameInvalid"
        case .subscription: "SubscriptionNameInvalid"
        }
    }

    private var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    private var lengthCode: String { "\(title)NameLengthError" }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
