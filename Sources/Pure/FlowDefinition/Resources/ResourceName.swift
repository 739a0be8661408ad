/// The name of something a task calls: `acs:<service>:<region>:<account>:<resource>`. Source: fdl §5.
package struct ResourceName: Sendable, Hashable, CustomStringConvertible {
    package static let bytesMax = 1024

    /// E.g. `mns`, `fc`, `fnf`.
    package let service: String
    /// May be empty: here.
    package let region: String
    /// May be empty: the flow's own. Any text, as `your_account_id` in the demo.
    package let account: String
    /// E.g. `/topics/T/messages`, `services/S.LATEST/functions/F`, `flow/N`.
    package let resource: String

    package var description: String { "acs:\(service):\(region):\(account):\(resource)" }

    /// Throws: a sentence that says which part is wrong.
    package init(_ text: String) throws(ResourceNameFault) {
        let (parts, resource) = try Self.parts(of: text)
        guard Self.isWord(parts[0]) else {
            throw ResourceNameFault(
                reason: "the service in \"\(text)\" is empty or not a word; e.g. acs:fc:… or acs:mns:…")
        }
        if let blank = text.unicodeScalars.first(where: { $0.properties.isWhitespace || $0.value < 0x20 }) {
            throw ResourceNameFault(
                reason: "\"\(text)\" contains a blank or control character (U+\(hex(blank)))")
        }
        service = parts[0]
        region = parts[1]
        account = parts[2]
        self.resource = resource
    }

    /// Service, region, account; and the resource, which may itself contain colons.
    static func parts(of text: String) throws(ResourceNameFault) -> (parts: [String], resource: String) {
        guard text.utf8.count <= bytesMax else {
            throw ResourceNameFault(reason: "the resource name has more than \(bytesMax) bytes")
        }
        let parts = text.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false).map(
            String.init)
        guard parts.count == 5, parts[0] == "acs" else {
            throw ResourceNameFault(
                reason:
                    "\"\(text)\" is no resource name; "
                    + "it has the form acs:<service>:<region>:<account>:<resource>, "
                    + "where region and account may be empty")
        }
        guard !parts[4].isEmpty else {
            throw ResourceNameFault(reason: "\"\(text)\" names no resource behind the fourth colon")
        }
        return (Array(parts[1...3]), parts[4])
    }

    private static func isWord(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}

private func hex(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16, uppercase: true) }

/// Why a text is no resource name or pattern.
package struct ResourceNameFault: Error, Hashable, CustomStringConvertible {
    package let reason: String

    package var description: String { reason }
}
