import Primitives
import Synchronization

/// Where a record keeps a member. A key path's own way to a value costs more than the value's encoding.
struct WirePlace<Record: Sendable, Value: Sendable>: Sendable {
    private let property: any WritableKeyPath<Record, Value> & Sendable
    /// Of a stored property; nil for a computed one. Units: bytes.
    private let offset: Int?

    init(_ property: any WritableKeyPath<Record, Value> & Sendable) {
        self.property = property
        offset = MemoryLayout<Record>.offset(of: property)
    }

    func value(in record: borrowing Record) -> Value {
        withUnsafePointer(to: record) { start in
            guard let offset else { return start.pointee[keyPath: property] }
            return UnsafeRawPointer(start).advanced(by: offset).assumingMemoryBound(to: Value.self).pointee
        }
    }

    func put(_ value: Value, in record: inout Record) {
        guard let offset else { return record[keyPath: property] = value }
        withUnsafeMutablePointer(to: &record) { start in
            UnsafeMutableRawPointer(start).advanced(by: offset).assumingMemoryBound(to: Value.self).pointee =
                value
        }
    }
}

/// In which order the fields of a record are written: documents have their keys sorted by bytes.
enum WireOrder {
    private static let known = Mutex<[ObjectIdentifier: [Int]]>([:])

    /// Found out once for each type.
    static func of<Record: WireRecord>(_: Record.Type) -> [Int] {
        let type = ObjectIdentifier(Record.self)
        if let order = known.withLock({ $0[type] }) { return order }
        let fields = Record.fields
        let order = fields.indices.sorted { fields[$0].name.utf8Precedes(fields[$1].name) }
        known.withLock { $0[type] = order }
        return order
    }
}
