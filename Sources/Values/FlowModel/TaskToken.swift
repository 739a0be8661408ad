import Primitives

/// The right to report the result of one attempt of one task.
///
/// Shape: base64url (no padding) of `v1#{flow}#{execution}#{scheduledEventId}#{keyId}#{base64url mac}`.
/// Reading a token proves nothing: whoever accepts one compares `mac` with that of `signedBytes` under the
/// key `keyID`, in constant time.
/// Source: fdl §7.6, and base64url as it allows there.
package struct TaskToken: Sendable, Hashable {
    package static let macBytesMax = 64
    /// A token is under 600 bytes with the longest names; more is not ours and is not decoded.
    package static let textBytesMax = 1024

    package let flow: String
    package let execution: String
    package let scheduledEventID: Int64
    /// Which key made the MAC, so that keys can be rotated.
    package let keyID: String
    package let mac: [UInt8]

    package init(flow: String, execution: String, scheduledEventID: Int64, keyID: String, mac: [UInt8]) {
        self.flow = flow
        self.execution = execution
        self.scheduledEventID = scheduledEventID
        self.keyID = keyID
        self.mac = mac
    }

    /// What the MAC covers: everything in front of it.
    package var signedBytes: [UInt8] {
        Self.signedBytes(flow: flow, execution: execution, scheduledEventID: scheduledEventID, keyID: keyID)
    }

    package static func signedBytes(
        flow: String, execution: String, scheduledEventID: Int64, keyID: String
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(flow.utf8.count + execution.utf8.count + keyID.utf8.count + 80)
        JSONWriter.write(raw: "v1#", into: &bytes)
        bytes.append(contentsOf: flow.utf8)
        bytes.append(UInt8(ascii: "#"))
        bytes.append(contentsOf: execution.utf8)
        bytes.append(UInt8(ascii: "#"))
        JSONWriter.write(scheduledEventID, into: &bytes)
        bytes.append(UInt8(ascii: "#"))
        bytes.append(contentsOf: keyID.utf8)
        return bytes
    }

    package var text: String { Self.text(signed: signedBytes, mac: mac) }

    /// - Parameter signed: the `signedBytes`.
    package static func text(signed: [UInt8], mac: [UInt8]) -> String {
        var bytes = signed
        bytes.append(UInt8(ascii: "#"))
        bytes.append(contentsOf: Base64URL.encode(mac).utf8)
        return Base64URL.encode(bytes)
    }

    /// Throws: the reason why the text is no task token; the text itself is not repeated, it may be a live
    /// secret.
    package init(text: String) throws(TaskTokenFault) {
        guard text.utf8.count <= Self.textBytesMax, let bytes = Base64URL.decode(text),
            let plain = String(validating: bytes, as: UTF8.self)
        else {
            throw TaskTokenFault(reason: "it is not base64url text of at most \(Self.textBytesMax) bytes")
        }
        let parts = plain.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "v1" else {
            throw TaskTokenFault(reason: "it has not the six parts of a version 1 token")
        }
        guard let eventID = Int64(parts[3]), eventID > 0, String(eventID) == parts[3] else {
            throw TaskTokenFault(reason: "its event id is no positive number")
        }
        guard let mac = Base64URL.decode(parts[5]), !mac.isEmpty, mac.count <= Self.macBytesMax else {
            throw TaskTokenFault(reason: "its authentication code cannot be read")
        }
        let names = (flow: String(parts[1]), execution: String(parts[2]), key: String(parts[4]))
        guard NameRule.isValid(names.flow, kind: .flow),
            NameRule.isValid(names.execution, kind: .anyExecution),
            NameRule.isValid(names.key, kind: .execution)
        else { throw TaskTokenFault(reason: "it contains a name that is none") }
        self.init(
            flow: names.flow, execution: names.execution, scheduledEventID: eventID, keyID: names.key,
            mac: mac)
    }
}

/// Why a text is no task token.
package struct TaskTokenFault: Error, Hashable, CustomStringConvertible {
    package let reason: String

    package var description: String { "the task token is malformed: \(reason)" }
}

/// Makes the text of task tokens: a pure function of its arguments and a secret key, so that a token need not
/// be stored.
package protocol TaskTokenMint: Sendable {
    func token(flow: String, execution: String, scheduledEventID: Int64) -> String
}
