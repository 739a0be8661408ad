import Primitives

/// Which resources a binding serves: a resource name in which `*` stands for any text, also none, within its
/// part.
///
/// The parts are divided by the first four colons, so `acs:mns:*:*:/topics/*` never crosses from the region
/// into the resource; within the resource `*` also matches `/`.
package struct ResourcePattern: Sendable, Hashable, CustomStringConvertible {
    package let text: String
    private let parts: [[UInt8]]

    package var description: String { text }

    package init(_ text: String) throws(ResourceNameFault) {
        let (parts, resource) = try ResourceName.parts(of: text)
        self.text = text
        self.parts = (parts + [resource]).map { Array($0.utf8) }
    }

    package func matches(_ name: ResourceName) -> Bool {
        Self.glob(parts[0], name.service) && Self.glob(parts[1], name.region)
            && Self.glob(parts[2], name.account)
            && Self.glob(parts[3], name.resource)
    }

    /// Greedy with one point of return: linear for one star, never exponential.
    private static func glob(_ pattern: [UInt8], _ text: String) -> Bool {
        let text = Array(text.utf8)
        var (patternIndex, textIndex) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while textIndex < text.count {
            if patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") {
                star = (patternIndex, textIndex)
                patternIndex += 1
            } else if patternIndex < pattern.count, pattern[patternIndex] == text[textIndex] {
                patternIndex += 1
                textIndex += 1
            } else if let back = star {
                star = (back.pattern, back.text + 1)
                patternIndex = back.pattern + 1
                textIndex = back.text + 1
            } else {
                return false
            }
        }
        return pattern[patternIndex...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    private var stars: Int {
        parts.reduce(0) { count, part in count + part.count { $0 == UInt8(ascii: "*") } }
    }
    private var literals: Int { parts.reduce(0) { $0 + $1.count } - stars }

    /// The order in which bindings are tried: more literal characters first, then fewer stars, then by text.
    package static func isMoreSpecific(_ left: ResourcePattern, than right: ResourcePattern) -> Bool {
        if left.literals != right.literals { return left.literals > right.literals }
        if left.stars != right.stars { return left.stars < right.stars }
        return left.text < right.text
    }
}

extension ResourceName {
    /// The patterns most like this name, for the message that none matches.
    package func nearest(in patterns: some Sequence<ResourcePattern>, limit: Int = 3) -> [String] {
        description.nearest(in: patterns.map(\.text), limit: limit)
    }
}
