package import Primitives

/// Takes typed values out of one mapping and collects everything that is wrong with it.
///
/// Each accessor names the keys that exist; `finish` reports the others. A value that is wrong yields the
/// default, so that reading goes on and all problems are told at once.
package final class ConfigurationReader {
    private let members: [ConfigurationValue.Member]
    private let findings: Findings
    package let position: ConfigurationPosition
    package let path: String
    private var known: Set<String> = []

    /// What all readers of one document share.
    private final class Findings {
        var problems: [ConfigurationProblem] = []
        var readers: [ConfigurationReader] = []
    }

    package convenience init(_ value: ConfigurationValue) {
        self.init(value, path: "", findings: Findings())
    }

    private init(_ value: ConfigurationValue, path: String, findings: Findings) {
        self.path = path
        self.findings = findings
        position = value.position
        switch value.content {
        case .mapping(let members): self.members = members
        case .null: members = []
        default:
            members = []
            findings.problems.append(
                ConfigurationProblem(
                    at: value.position, path: path, "expected a mapping, found \(value.kind)",
                    remedy: "write it as `key: value` lines"))
        }
        findings.readers.append(self)
    }

    /// Throws everything that was found in this document: wrong values, unknown keys, and what was reported.
    package func finish() throws(ConfigurationFault) {
        for reader in findings.readers { reader.reportUnknownKeys() }
        findings.readers = []
        let problems = findings.problems.sorted { left, right in
            (left.position.line, left.position.column) < (right.position.line, right.position.column)
        }
        guard problems.isEmpty else { throw ConfigurationFault(problems) }
    }

    private func reportUnknownKeys() {
        for member in members where !known.contains(member.key) {
            let near = member.key.nearest(in: known.sorted(), limit: 1).first
            let all = known.sorted().joined(separator: ", ")
            findings.problems.append(
                ConfigurationProblem(
                    at: member.keyPosition, path: pathText(member.key), "is not a known key",
                    remedy: near.map { "did you mean \($0)?" } ?? "known keys: \(all)"))
        }
    }

    /// The value of a key, nil when it is missing or says nothing; the key is known from now on.
    package func value(_ key: String) -> ConfigurationValue? {
        known.insert(key)
        guard let value = members.first(where: { $0.key.utf8Equals(key) })?.value else { return nil }
        if case .null = value.content { return nil }
        return value
    }

    /// Adds a problem of the caller's own with the value of a key.
    package func report(_ key: String, _ reason: String, remedy: String = "") {
        let place = members.first { $0.key.utf8Equals(key) }?.value.position ?? position
        add(ConfigurationProblem(at: place, path: pathText(key), reason, remedy: remedy))
    }

    /// Adds a problem of the caller's own with the mapping as a whole.
    package func report(_ reason: String, remedy: String = "") {
        add(ConfigurationProblem(at: position, path: path, reason, remedy: remedy))
    }

    private func add(_ problem: ConfigurationProblem) { findings.problems.append(problem) }

    private func pathText(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func mismatch(_ key: String, _ expected: String, _ found: ConfigurationValue) {
        report(key, "expected \(expected), found \(found.kind)\(Self.quoted(found))")
    }

    private static func quoted(_ value: ConfigurationValue) -> String {
        switch value.content {
        case .string(let text), .number(let text): " '\(text.prefix(60))'"
        case .integer(let number): " \(number)"
        case .boolean(let flag): " \(flag)"
        case .null, .list, .mapping: ""
        }
    }
}

// MARK: - Scalars

extension ConfigurationReader {
    package func optionalString(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value.content else {
            // A bare number or boolean where a text is meant has to be quoted: `on` and `on:` surprise people
            // enough.
            report(
                key, "expected a text, found \(value.kind)\(Self.quoted(value))", remedy: "write it in quotes"
            )
            return nil
        }
        return text
    }

    package func string(_ key: String, default fallback: String) -> String { optionalString(key) ?? fallback }

    /// A text that must be there; empty when it is not, and then `finish` throws.
    package func requiredString(_ key: String) -> String {
        if value(key) == nil { reportMissing(key) }
        return optionalString(key) ?? ""
    }

    private func reportMissing(_ key: String) {
        report("the key \(key) is missing", remedy: "add the line `\(key): …` to this mapping")
    }

    package func boolean(_ key: String, default fallback: Bool) -> Bool {
        guard let value = value(key) else { return fallback }
        guard case .boolean(let flag) = value.content else {
            mismatch(key, "true or false", value)
            return fallback
        }
        return flag
    }

    package func optionalInteger(_ key: String, in range: ClosedRange<Int64> = .min ... .max) -> Int64? {
        guard let value = value(key) else { return nil }
        guard case .integer(let number) = value.content else {
            mismatch(key, "an integer", value)
            return nil
        }
        guard range.contains(number) else {
            report(key, "\(number) is out of range: from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    package func integer(
        _ key: String, default fallback: Int, in range: ClosedRange<Int64> = .min ... .max
    ) -> Int {
        optionalInteger(key, in: range).map(Int.init) ?? fallback
    }

    package func integer(
        _ key: String, default fallback: Int64, in range: ClosedRange<Int64> = .min ... .max
    ) -> Int64 {
        optionalInteger(key, in: range) ?? fallback
    }

    /// An exact decimal, quoted or bare.
    package func optionalDecimal(_ key: String) -> DecimalNumber? {
        guard let value = value(key) else { return nil }
        let text: String
        switch value.content {
        case .string(let written), .number(let written): text = written
        case .integer(let number): text = "\(number)"
        default:
            mismatch(key, "a decimal such as \"0.8\"", value)
            return nil
        }
        guard let number = DecimalNumber(text) else {
            mismatch(
                key, "a decimal such as \"0.8\" (at most \(DecimalNumber.digitsMax) digits, no exponent)",
                value)
            return nil
        }
        return number
    }

    package func decimal(_ key: String, default fallback: DecimalNumber) -> DecimalNumber {
        optionalDecimal(key) ?? fallback
    }

    /// One of the words of an enum.
    package func word<Word: RawRepresentable & CaseIterable>(
        _ key: String, default fallback: Word
    ) -> Word where Word.RawValue == String {
        guard let text = optionalString(key) else { return fallback }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        let near = text.nearest(in: words, limit: 1).first.map { "did you mean \($0)?" } ?? ""
        report(key, "'\(text)' is none of \(words.joined(separator: ", "))", remedy: near)
        return fallback
    }
}

// MARK: - Structures

extension ConfigurationReader {
    /// A mapping below a key; empty when it is missing.
    package func section(_ key: String) -> ConfigurationReader {
        let value = value(key) ?? ConfigurationValue(.null, at: position)
        return ConfigurationReader(value, path: pathText(key), findings: findings)
    }

    /// Whether a key is there and says something; the key is known from now on.
    package func has(_ key: String) -> Bool { value(key) != nil }

    /// Whether a key is there and says nothing; the key is known from now on.
    package func isNull(_ key: String) -> Bool {
        value(key) == nil && members.contains { $0.key.utf8Equals(key) }
    }

    /// The keys of this mapping in the order of the file, for mappings whose keys are free. All are known
    /// from now on.
    package func freeKeys() -> [String] {
        known.formUnion(members.map(\.key))
        return members.map(\.key)
    }

    /// A list of mappings.
    package func sections(_ key: String) -> [ConfigurationReader] {
        elements(key).enumerated().map { index, element in
            ConfigurationReader(element, path: "\(pathText(key))[\(index)]", findings: findings)
        }
    }

    /// A list of texts; nil when the key is missing.
    package func optionalStrings(_ key: String) -> [String]? {
        guard value(key) != nil else { return nil }
        return elements(key).enumerated().compactMap { index, element in
            if case .string(let text) = element.content { return text }
            findings.problems.append(
                ConfigurationProblem(
                    at: element.position, path: "\(pathText(key))[\(index)]",
                    "expected a text, found \(element.kind)",
                    remedy: "write it in quotes"))
            return nil
        }
    }

    package func strings(_ key: String, default fallback: [String] = []) -> [String] {
        optionalStrings(key) ?? fallback
    }

    private func elements(_ key: String) -> [ConfigurationValue] {
        guard let value = value(key) else { return [] }
        guard case .list(let elements) = value.content else {
            mismatch(key, "a list", value)
            return []
        }
        return elements
    }
}
