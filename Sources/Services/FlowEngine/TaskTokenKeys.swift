import Crypto
import FlowModel
import Primitives

/// The secret keys behind task tokens: the first makes new ones, all of them are accepted.
package struct TaskTokenKeys: Sendable {
    package static let keyBytes = 32

    package struct Key: Sendable {
        package let id: String
        let secret: SymmetricKey
        /// The code of nothing yet: what the key makes of each is worked out once.
        fileprivate let code: HMAC<SHA256>

        package init(id: String, bytes: [UInt8]) {
            self.id = id
            secret = SymmetricKey(data: bytes)
            code = HMAC(key: secret)
        }
    }

    private let current: Key
    private let byID: [String: Key]

    /// - Parameter older: kept for as long as tokens made with them may be reported.
    package init(current: Key, older: [Key] = []) {
        self.current = current
        byID = Dictionary((older + [current]).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    }

    /// Makes the tokens of one execution.
    func mint(execution: Int64) -> ExecutionTokenMint {
        ExecutionTokenMint(key: current, execution: execution)
    }

    /// Compares in constant time.
    func isGenuine(_ token: TaskToken, execution: Int64) -> Bool {
        guard let key = byID[token.keyID] else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            token.mac, authenticating: macInput(token.signedBytes, execution), using: key.secret)
    }
}

/// The MAC also covers the execution's number in the journal: a token of a deleted flow says nothing to an
/// execution that bears the same names.
private func macInput(_ signed: [UInt8], _ execution: Int64) -> [UInt8] {
    var bytes = signed
    bytes.append(UInt8(ascii: "#"))
    JSONWriter.write(execution, into: &bytes)
    return bytes
}

struct ExecutionTokenMint: TaskTokenMint {
    fileprivate let key: TaskTokenKeys.Key
    fileprivate let execution: Int64

    func token(flow: String, execution name: String, scheduledEventID: Int64) -> String {
        let signed = TaskToken.signedBytes(
            flow: flow, execution: name, scheduledEventID: scheduledEventID, keyID: key.id)
        var code = key.code
        code.update(data: macInput(signed, execution))
        return TaskToken.text(signed: signed, mac: Array(code.finalize()))
    }
}
