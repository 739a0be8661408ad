package import Primitives

/// A JSON object with named fields. One list of fields gives decoding, encoding and the schema, so they can't
/// differ.
package protocol WireRecord: WireValue, Hashable {
    init()
    static var fields: [WireField<Self>] { get }
    /// True for records that carry a flow's own data beside the named fields, such as a task's input.
    static var acceptsOtherMembers: Bool { get }
}

extension WireRecord {
    package static var acceptsOtherMembers: Bool { false }

    /// A record made by setting its fields: `Params.with { $0.flowName = "Greeting" }`.
    package static func with(_ edit: (inout Self) -> Void) -> Self {
        var record = Self()
        edit(&record)
        return record
    }
}

/// One member of a record: its name on the wire and the property that holds it.
package struct WireField<Record: Sendable>: Sendable {
    package let name: String
    package let isRequired: Bool
    let schema: @Sendable () -> JSONValue
    let decode: @Sendable (JSONValue, Bool, inout Record) throws(WireFault) -> Void
    let encode: @Sendable (borrowing Record) -> JSONValue?

    /// A member that must be there.
    package static func required<Value: WireValue>(
        _ name: String, _ property: any WritableKeyPath<Record, Value> & Sendable, _ about: String = ""
    ) -> WireField {
        let place = WirePlace(property)
        return WireField(
            name: name, isRequired: true, schema: { describe(Value.schema, about) },
            decode: { (json, strict, record) throws(WireFault) in
                place.put(try Value(wire: json, strict: strict), in: &record)
            },
            encode: { place.value(in: $0).wire })
    }

    /// A member that may be missing or null; left out when nil.
    package static func optional<Value: WireValue>(
        _ name: String, _ property: any WritableKeyPath<Record, Value?> & Sendable, _ about: String = ""
    ) -> WireField {
        let place = WirePlace(property)
        return WireField(
            name: name, isRequired: false, schema: { describe(Value.schema, about) },
            decode: { (json, strict, record) throws(WireFault) in
                place.put(json.isNull ? nil : try Value(wire: json, strict: strict), in: &record)
            },
            encode: { place.value(in: $0)?.wire })
    }

    /// A member that may be missing and then keeps the property's default; always written.
    package static func defaulted<Value: WireValue>(
        _ name: String, _ property: any WritableKeyPath<Record, Value> & Sendable, _ about: String = ""
    ) -> WireField {
        let place = WirePlace(property)
        return WireField(
            name: name, isRequired: false, schema: { describe(Value.schema, about) },
            decode: { (json, strict, record) throws(WireFault) in
                if !json.isNull { place.put(try Value(wire: json, strict: strict), in: &record) }
            },
            encode: { place.value(in: $0).wire })
    }

    private static func describe(_ schema: JSONValue, _ about: String) -> JSONValue {
        guard !about.isEmpty, var object = schema.objectValue else { return schema }
        object["description"] = .string(about)
        return .object(object)
    }
}

extension WireRecord {
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let object = wire.objectValue else { throw mismatch("an object", wire) }
        self.init()
        var known = 0
        for field in Self.fields {
            guard let member = object[field.name] else {
                if field.isRequired { throw WireFault("is required", path: [field.name]) }
                continue
            }
            known += 1
            do { try field.decode(member, strict, &self) } catch { throw error.inside(field.name) }
        }
        if strict, known < object.count, !Self.acceptsOtherMembers { throw Self.unknownMember(of: object) }
    }

    private static func unknownMember(of object: JSONObject) -> WireFault {
        let names = Self.fields.map(\.name)
        let unknown = object.first { member in !names.contains(member.key) }?.key ?? ""
        let near = unknown.nearest(in: names, limit: 1).first.map { "; did you mean \($0)?" } ?? ""
        return WireFault("is not a known parameter\(near)", path: [unknown])
    }

    package var wire: JSONValue {
        let fields = Self.fields
        var (keys, values): ([String], [JSONValue]) = ([], [])
        keys.reserveCapacity(fields.count)
        values.reserveCapacity(fields.count)
        for index in WireOrder.of(Self.self) {
            guard let value = fields[index].encode(self) else { continue }
            keys.append(fields[index].name)
            values.append(value)
        }
        return .object(JSONObject(sorted: keys, values))
    }

    package static var schema: JSONValue {
        let properties = JSONObject(Self.fields.map { ($0.name, $0.schema()) })
        var object: JSONObject = [
            "type": "object", "properties": .object(properties),
            "additionalProperties": .bool(acceptsOtherMembers),
        ]
        let required = Self.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { object["required"] = .array(required) }
        return .object(object)
    }
}

/// A record without members, for methods that take or give nothing.
package struct NoFields: WireRecord {
    package init() {}
    package static let fields: [WireField<NoFields>] = []
}
