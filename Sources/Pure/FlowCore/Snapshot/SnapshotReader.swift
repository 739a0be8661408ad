import FlowModel
import Primitives

/// An object within a snapshot and its place, for faults that name it.
struct SnapshotReader {
    let place: String
    private let object: JSONObject

    init(_ value: JSONValue?, _ place: String) throws(SnapshotFault) {
        guard case .object(let object)? = value else {
            throw SnapshotFault(place: place, reason: "expected an object, found \(value?.kind ?? "nothing")")
        }
        self.object = object
        self.place = place
    }

    func fault(_ reason: String) -> SnapshotFault { SnapshotFault(place: place, reason: reason) }

    func inner(_ key: String) throws(SnapshotFault) -> SnapshotReader? {
        guard let value = object[key] else { return nil }
        return try SnapshotReader(value, "\(place).\(key)")
    }

    func value(_ key: String) -> JSONValue? { object[key] }

    private func missing(_ key: String, _ kind: String) -> SnapshotFault {
        fault("\"\(key)\" is \(object[key]?.kind ?? "missing"), expected \(kind)")
    }

    func integer(_ key: String) throws(SnapshotFault) -> Int64 {
        guard let value = object[key]?.integerValue else { throw missing(key, "an integer") }
        return value
    }

    /// A count or position within the bounds.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(SnapshotFault) -> Int {
        let value = try integer(key)
        guard let found = Int(exactly: value), range.contains(found) else {
            throw fault("\"\(key)\" is \(value), expected \(range.lowerBound) to \(range.upperBound)")
        }
        return found
    }

    func text(_ key: String) throws(SnapshotFault) -> String {
        guard let value = object[key]?.stringValue else { throw missing(key, "a string") }
        return value
    }

    func array(_ key: String) throws(SnapshotFault) -> [JSONValue] {
        guard let value = object[key]?.arrayValue else { throw missing(key, "an array") }
        return value
    }

    /// Nil when it is not there.
    func object(_ key: String) throws(SnapshotFault) -> JSONObject? {
        guard let value = object[key] else { return nil }
        guard let members = value.objectValue else { throw missing(key, "an object") }
        return members
    }

    func time(_ key: String) throws(SnapshotFault) -> Timestamp? {
        object[key] == nil ? nil : Timestamp(microseconds: try integer(key))
    }

    func failure(_ key: String, _ limits: FlowLimits) throws(SnapshotFault) -> FlowFailure? {
        guard let failure = try inner(key) else { return nil }
        return FlowFailure(
            error: try failure.text("error"), cause: try failure.text("cause"), limits: limits)
    }
}
