/// Options of a verb that stand in front of it: `fnfctl --socket-dir DIR status`.
enum LeadingOptions {
    private static let withValue: Set = ["--socket-dir", "--timeout", "--output", "-o"]

    static func moved(_ arguments: [String]) -> [String] {
        var rest = arguments[...]
        var leading: [String] = []
        while let first = rest.first {
            if withValue.contains(first), rest.count > 1 {
                leading += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else if withValue.contains(where: { first.hasPrefix("\($0)=") }) {
                leading.append(first)
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        // Behind "--" everything is an argument.
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<end]) + leading + Array(rest[end...])
    }
}
