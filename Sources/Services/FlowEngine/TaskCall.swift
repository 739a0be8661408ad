import Crypto
import FlowCore
import FlowDefinition
import Primitives
import RPCProtocol

/// What is sent for a task, and what its answer means. Source: fdl §5.1–5.3, §5.6.
struct TaskCall {
    let params: JSONObject
    /// The text of the message, when the resource is a topic or a queue.
    let messageText: String?
    /// The message is JSON that the flow's data made, rather than a text.
    let isJSONMessage: Bool
    /// The step ends with the answer and takes its value.
    let wantsValue: Bool

    init(_ invocation: TaskInvocation) {
        // By bytes: a split by characters costs more than all the rest of the call.
        let words = invocation.resourceArn.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 2)
        switch words.count > 1 ? String(Substring(words[1])) : "" {
        case "mns":
            // Without a MessageBody the whole input is the message.
            let body = invocation.serviceParams["MessageBody"] ?? .object(invocation.input)
            (params, messageText) = Self.message(body)
            isJSONMessage = body.stringValue == nil
        case "fc": (params, messageText, isJSONMessage) = (invocation.input, nil, false)
        default:
            params = invocation.serviceParams.isEmpty ? invocation.input : invocation.serviceParams
            (messageText, isJSONMessage) = (nil, false)
        }
        wantsValue = messageText == nil && !invocation.pattern.waitsForReport
    }

    /// What a text that a client published is to a service: an object when it is one.
    static func params(ofText text: String) -> JSONObject {
        (try? JSONParser.parse(text))?.objectValue ?? ["body": .string(text)]
    }

    private static func message(_ body: JSONValue) -> (JSONObject, String) {
        switch body {
        case .object(let object): (object, body.text)
        case .string(let text): (["body": body], text)
        default: (["body": body], body.text)
        }
    }

    /// The result of the call: a function's answer, or for a message what the queue service would answer.
    func output(answer: JSONValue, key: String, world: any World) -> JSONValue {
        guard let messageText else { return answer }
        return [
            "MessageBodyMD5": .string(Self.md5(messageText)), "MessageId": .string(makeUUID(from: world)),
            "RequestId": .string(key),
        ]
    }

    /// The published field: a check sum, not a protection.
    static func md5(_ text: String) -> String {
        var text = text
        var hash = Insecure.MD5()
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        let digits = Array("0123456789ABCDEF".utf8)
        return String(
            decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
