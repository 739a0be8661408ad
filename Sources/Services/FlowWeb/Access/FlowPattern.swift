/// A pattern of flow names: `*` stands for any text, all else for itself, upper and lower case apart.
package struct FlowPattern: Sendable, Hashable {
    private let pattern: [UInt8]

    package init(_ text: String) { pattern = Array(text.utf8) }

    /// At most as many steps as pattern and name have bytes, multiplied.
    package func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var (patternIndex, nameIndex) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while nameIndex < name.count {
            if patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") {
                star = (patternIndex, nameIndex)
                patternIndex += 1
            } else if patternIndex < pattern.count, pattern[patternIndex] == name[nameIndex] {
                patternIndex += 1
                nameIndex += 1
            } else if let last = star {
                // The last star takes one byte more.
                star = (last.pattern, last.name + 1)
                patternIndex = last.pattern + 1
                nameIndex = last.name + 1
            } else {
                return false
            }
        }
        return pattern[patternIndex...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
