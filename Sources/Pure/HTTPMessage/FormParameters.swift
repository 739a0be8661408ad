/// The parameters of a query or of a form, decoded, in the order in which they came; empty values are kept.
package struct FormParameters: Sendable, Hashable {
    package struct Pair: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Why a text is no form.
    package struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// More than any request has: reading them is bounded beside their bytes.
    package static let countMax = 1_000

    package private(set) var pairs: [Pair] = []

    package init() {}
    package init(_ pairs: [(String, String)]) { self.pairs = pairs.map { Pair($0.0, $0.1) } }

    package init(_ text: some StringProtocol) throws(Fault) {
        // By bytes: whole characters are looked for ten times slower, and a combining mark would hide a cut.
        for bytes in Substring(text).utf8.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Self.countMax else {
                throw Fault(description: "more than \(Self.countMax) parameters")
            }
            let part = Substring(bytes)
            let cut = bytes.firstIndex(of: UInt8(ascii: "="))
            let name = PercentCoding.decode(part[..<(cut ?? part.endIndex)], plusIsSpace: true)
            let value = PercentCoding.decode(
                cut.map { part[part.utf8.index(after: $0)...] } ?? "", plusIsSpace: true)
            guard let name, let value else {
                throw Fault(description: "'\(part.prefix(40))' is not percent-encoded UTF-8")
            }
            pairs.append(Pair(name, value))
        }
    }

    /// The first value under the name.
    package subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    package mutating func add(_ other: FormParameters) { pairs += other.pairs }
    package mutating func remove(_ name: String) { pairs.removeAll { $0.name == name } }
}
