import Glibc

/// Why nothing could be measured.
struct BenchFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// With the system's reason for the last call that failed.
    static func system(_ what: String) -> BenchFault {
        let reason = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
        return BenchFault("\(what): \(reason)")
    }
}
