import MessageXML

/// The account has one attribute, the bucket for logs. This host has none: it is always empty.
extension MessageService {
    func account(_ call: MessageCall) throws(MessageFault) -> MessageReply {
        guard call.query.isTrue("accountmeta") else { throw .noSuchPath("/") }
        switch call.method {
        case "GET":
            try call.need(.read)
            return MessageReply(200, document: MessageElement("Account", ["LoggingBucket": ""]))
        case "PUT":
            try call.need(.admin)
            _ = try call.documentIfAny("Account")
            return MessageReply(204)
        default: throw .noSuchMethod(call.method, allowed: "GET, PUT")
        }
    }
}
