import Crypto
import FlowStore
import Primitives

/// Which of a flow's versions is meant, as a starter or a reader names it.
enum Qualifier: Sendable, Hashable {
    /// The flow as it stands.
    case latest
    case version(Int64)
    case alias(String)

    static let latestName = "LATEST"

    /// Empty and `LATEST` are the same, digits are a version, everything else is an alias.
    init(_ text: String?) {
        let text = text ?? ""
        if text.isEmpty || text == Self.latestName {
            self = .latest
        } else if let number = Self.number(text) {
            self = .version(number)
        } else {
            self = .alias(text)
        }
    }

    /// A version's number: digits without a sign or a leading zero.
    static func number(_ text: String) -> Int64? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let isNumber = text.utf8.allSatisfy(digits.contains) && text.utf8.first != digits.lowerBound
        return isNumber ? Int64(text) : nil
    }
}

extension [StoredRoute] {
    /// The version that an execution gets. The execution's name decides, so that a repeated start gets the
    /// same one; the older version has the low buckets, so that moving weight from it to the newer one moves
    /// names only that way.
    func version(flow: String, execution: String) -> Int64? {
        let bucket = Self.bucket(flow: flow, execution: execution)
        var end: Int64 = 0
        for route in self {
            end += route.weight
            if bucket < end { return route.version }
        }
        return last?.version
    }

    /// 0 to 99, evenly spread over names. Shape: the first eight bytes of SHA-256 of `flow/execution`, the
    /// highest first, modulo 100.
    static func bucket(flow: String, execution: String) -> Int64 {
        var hash = SHA256()
        var text = "\(flow)/\(execution)"
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        let number = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int64(number % 100)
    }
}
