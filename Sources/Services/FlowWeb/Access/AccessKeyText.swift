import FlowWebAPI
import Primitives
import RPCProtocol

/// Ids, secrets and patterns of access keys: how they are made up, and what they may be.
enum AccessKeyText {
    static let idBytesMax = 128
    static let secretBytesMax = 256
    static let flowsMax = 32
    static let patternBytesMax = 128
    static let descriptionBytesMax = 256

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// 24 characters, as the cloud's own look.
    static func makeID(_ world: some World) -> String { "LTAI\(text(20, world))" }

    /// 30 characters: 178 bits of chance.
    static func makeSecret(_ world: some World) -> String { text(30, world) }

    private static func text(_ count: Int, _ world: some World) -> String {
        var text: [UInt8] = []
        while text.count < count {
            // Bytes from the last, incomplete round of the alphabet would make its beginning likelier.
            let bytes = world.entropy(count).filter { $0 < 248 }
            text += bytes.prefix(count - text.count).map { alphabet[Int($0) % alphabet.count] }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func check(id: String, secret: String, _ params: CreateAccessKey.Params) throws(RPCError) {
        guard (1...idBytesMax).contains(id.utf8.count), id.utf8.allSatisfy({ isNameByte($0) || $0 == dot })
        else {
            throw refusal(
                "AccessKeyId", "is 1 to \(idBytesMax) of letters, digits, '.', '_' and '-'")
        }
        guard (1...secretBytesMax).contains(secret.utf8.count), secret.utf8.allSatisfy({ 0x21...0x7E ~= $0 })
        else { throw refusal("Secret", "is 1 to \(secretBytesMax) visible ASCII characters") }
        if let reason = fault(inFlows: params.flows) { throw refusal("Flows", reason) }
        guard params.description.utf8.count <= descriptionBytesMax else {
            throw refusal("Description", "is at most \(descriptionBytesMax) bytes")
        }
    }

    /// Why no key can have these patterns; nil when one can.
    static func fault(inFlows flows: [String]) -> String? {
        guard flows.count <= flowsMax else { return "are at most \(flowsMax) patterns, not \(flows.count)" }
        for pattern in flows {
            guard (1...patternBytesMax).contains(pattern.utf8.count),
                pattern.utf8.allSatisfy({ isNameByte($0) || $0 == star })
            else {
                return
                    "are patterns of 1 to \(patternBytesMax) letters, digits, '_', '-' and '*' (any text), "
                    + "not \"\(pattern.prefix(40))\""
            }
        }
        return nil
    }

    private static let dot = UInt8(ascii: ".")
    private static let star = UInt8(ascii: "*")

    private static func isNameByte(_ byte: UInt8) -> Bool {
        alphabet.contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func refusal(_ member: String, _ reason: String) -> RPCError {
        RPCError(.invalidAccessKey, "\(member) \(reason)", details: ["path": .string(member)])
    }
}
