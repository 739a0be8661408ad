import Primitives

/// The values of a field, and whether it was left open.
struct CronValues: Sendable, Hashable {
    var set = CronSet()
    /// Written `*` or `?`: every value, and no condition of its own beside the other day field.
    var isOpen = false
}

extension CronField {
    /// Reads the field's text: a list of `*`, `?`, `n`, `a-b`, each with an optional `/step`.
    func values(_ text: String) throws(ScheduleFault) -> CronValues {
        if self == .seconds {
            guard text.allSatisfy(\.isASCIIDigit), let second = Int(text), range.contains(second) else {
                throw fault(text, "it is no plain number")
            }
            return CronValues(set: CronSet([second]))
        }
        var values = CronValues()
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let (set, isOpen) = try element(String(part), of: text)
            values.set.formUnion(set)
            values.isOpen = values.isOpen || isOpen
        }
        return values
    }

    private func fault(_ text: String, _ reason: String, fix: String? = nil) -> ScheduleFault {
        ScheduleFault(title, text, reason, fix: fix ?? allowed)
    }

    private func element(
        _ part: String, of text: String
    ) throws(ScheduleFault) -> (set: CronSet, isOpen: Bool) {
        let pieces = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard pieces.count <= 2, let base = pieces.first, !base.isEmpty else {
            throw fault(text, part.isEmpty ? "a value of its list is missing" : "\"\(part)\" is no value")
        }
        var step = 1
        if pieces.count == 2 {
            guard let number = plainNumber(pieces[1], upTo: 1_000_000), number > 0 else {
                throw fault(
                    text, "\"\(pieces[1])\" is no step", fix: "a step is a number from 1 on, as in */5")
            }
            step = number
        }
        if base == "*" || base == "?" {
            guard base == "*" || self == .days || self == .weekdays else {
                throw fault(text, "? belongs to the day of month and the day of week", fix: "write *")
            }
            guard base == "*" || text == "?" else { throw fault(text, "? stands alone") }
            return (CronSet(stride(from: range.lowerBound, through: lastOpen, by: step)), step == 1)
        }
        let ends = base.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard ends.count <= 2 else { throw fault(text, "\"\(base)\" is no range", fix: "write a-b") }
        let from = try value(ends[0], of: text)
        // A number with a step goes on to the end of the field: 5/15 is 5,20,35,50.
        var to = pieces.count == 2 ? lastOpen : from
        if ends.count == 2 {
            to = try value(ends[1], of: text)
            // Sunday also ends the week: FRI-SUN is 5-7.
            if self == .weekdays, to == 0, from > 0 { to = 7 }
        }
        guard from <= to else {
            throw fault(
                text, "the range \(base) ends before it begins",
                fix: "write two ranges, as in \(ends[0])-\(rangeEnd),\(rangeStart)-\(ends[ends.count - 1])")
        }
        return (folded(stride(from: from, through: to, by: step)), false)
    }

    /// The last value that `*` covers: Sunday counts once.
    private var lastOpen: Int { self == .weekdays ? 6 : range.upperBound }
    private var rangeEnd: String { names.last ?? "\(range.upperBound)" }
    private var rangeStart: String { names.first ?? "\(range.lowerBound)" }

    /// With Sunday always as 0.
    private func folded(_ numbers: some Sequence<Int>) -> CronSet {
        CronSet(numbers.map { self == .weekdays && $0 == 7 ? 0 : $0 })
    }

    private func value(_ word: String, of text: String) throws(ScheduleFault) -> Int {
        if let index = names.firstIndex(of: word.uppercased()) { return index + range.lowerBound }
        guard let number = plainNumber(word, upTo: .max) else { throw fault(text, unreadable(word)) }
        guard range.contains(number) else {
            throw fault(text, "\(word) is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return number
    }

    private func unreadable(_ word: String) -> String {
        if word.isEmpty { return "a number is missing" }
        if word.allSatisfy({ $0.isASCIIDigit || "LW#".contains($0) }) {
            return "\"\(word)\" is no number; the signs L, W and # of other crons are not known here"
        }
        let near = word.uppercased().nearest(in: names, limit: 1).first.map { "; did you mean \($0)?" } ?? ""
        return "\"\(word)\" is no \(names.isEmpty ? "number" : "number and no name")\(near)"
    }

    private func plainNumber(_ text: String, upTo limit: Int) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 9, text.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int(text).flatMap { $0 <= limit ? $0 : nil }
    }
}
