package import RPCProtocol

/// A message as ReceiveMessage and PeekMessage answer it. Source: MNS 2015-06-06, the Message element.
package struct MessageRecord: WireRecord {
    package var messageId: String = ""
    package var messageBody: String = ""
    package var messageBodyMD5: String = ""
    package var priority: Int64 = 0
    package var enqueueTime: String = ""
    package var nextVisibleTime: String?
    package var firstDequeueTime: String?
    package var dequeueCount: Int64 = 0
    package var receiptHandle: String?

    package init() {}

    package static let fields: [WireField<MessageRecord>] = [
        .required("MessageId", \.messageId),
        .required("MessageBody", \.messageBody, "As it was sent"),
        .required("MessageBodyMD5", \.messageBodyMD5, "32 hexadecimal digits"),
        .required("Priority", \.priority, "1 to 16, 1 is served first"),
        .required("EnqueueTime", \.enqueueTime),
        .optional("NextVisibleTime", \.nextVisibleTime, "Until when nobody else receives it"),
        .optional("FirstDequeueTime", \.firstDequeueTime, "When it was received first"),
        .defaulted("DequeueCount", \.dequeueCount, "Receives so far, this one included"),
        .optional("ReceiptHandle", \.receiptHandle, "To delete it, or to keep it longer; not in a peek"),
    ]
}
