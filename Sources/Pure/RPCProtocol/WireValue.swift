package import Primitives

/// Where and why a JSON value is not what a contract asks for.
package struct WireFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Outermost first: `["Events", "[3]", "Type"]`.
    package private(set) var path: [String]
    package let reason: String

    package init(_ reason: String, path: [String] = []) {
        self.reason = reason
        self.path = path
    }

    package func inside(_ component: String) -> WireFault { WireFault(reason, path: [component] + path) }

    package var pathText: String { path.isEmpty ? "params" : path.joined(separator: ".") }
    package var description: String { "\(pathText): \(reason)" }

    /// As the answer to a request.
    package var rpcError: RPCError {
        RPCError(.invalidParams, description, details: ["path": .string(pathText)])
    }
}

/// A type that has one JSON form, described by a JSON Schema.
package protocol WireValue: Sendable {
    static var schema: JSONValue { get }

    /// - Parameter strict: refuse members that no field names; on for params, off for results, so that a
    ///   newer service can answer an older client.
    init(wire: JSONValue, strict: Bool) throws(WireFault)
    var wire: JSONValue { get }
}

func mismatch(_ expected: String, _ found: JSONValue) -> WireFault {
    WireFault("expected \(expected), found \(found.kind)")
}

extension String: WireValue {
    package static var schema: JSONValue { ["type": "string"] }
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let text = wire.stringValue else { throw mismatch("a string", wire) }
        self = text
    }
    package var wire: JSONValue { .string(self) }
}

extension Int64: WireValue {
    package static var schema: JSONValue { ["type": "integer"] }
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let number = wire.integerValue else { throw mismatch("an integer", wire) }
        self = number
    }
    package var wire: JSONValue { .integer(self) }
}

extension Bool: WireValue {
    package static var schema: JSONValue { ["type": "boolean"] }
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let flag = wire.boolValue else { throw mismatch("a boolean", wire) }
        self = flag
    }
    package var wire: JSONValue { .bool(self) }
}

extension JSONValue: WireValue {
    package static var schema: JSONValue { .object([:]) }
    package init(wire: JSONValue, strict: Bool) { self = wire }
    package var wire: JSONValue { self }
}

extension JSONObject: WireValue {
    package static var schema: JSONValue { ["type": "object"] }
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let object = wire.objectValue else { throw mismatch("an object", wire) }
        self = object
    }
    package var wire: JSONValue { .object(self) }
}

extension DecimalNumber: WireValue {
    package static var schema: JSONValue { ["type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"] }
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let text = wire.stringValue, let number = DecimalNumber(text) else {
            throw WireFault(
                "expected a decimal in a string such as \"79.90\" (at most 18 digits), found \(wire.text)")
        }
        self = number
    }
    package var wire: JSONValue { .string(description) }
}

extension DecimalSum: WireValue {
    package static var schema: JSONValue { DecimalNumber.schema }
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let text = wire.stringValue, let sum = DecimalSum(text) else {
            throw WireFault("expected a decimal in a string such as \"79.90\", found \(wire.text)")
        }
        self = sum
    }
    package var wire: JSONValue { .string(description) }
}

extension Timestamp: WireValue {
    package static var schema: JSONValue { ["type": "string", "format": "date-time"] }
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let time = wire.stringValue.flatMap(Timestamp.init(rfc3339:)) else {
            throw WireFault("expected a time such as \"2026-11-23T09:30:00.000Z\", found \(wire.text)")
        }
        self = time
    }
    package var wire: JSONValue { .string(description) }
}

extension Array: WireValue where Element: WireValue {
    package static var schema: JSONValue { ["type": "array", "items": Element.schema] }
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let elements = wire.arrayValue else { throw mismatch("an array", wire) }
        self = []
        reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            do { append(try Element(wire: element, strict: strict)) } catch {
                throw error.inside("[\(index)]")
            }
        }
    }
    package var wire: JSONValue { .array(map { $0.wire }) }
}

/// An enum whose raw values are the words on the wire.
package protocol WireWord: WireValue, RawRepresentable, CaseIterable where RawValue == String {}

extension WireWord {
    package static var schema: JSONValue {
        ["type": "string", "enum": .array(allCases.map { .string($0.rawValue) })]
    }
    package init(wire: JSONValue, strict: Bool) throws(WireFault) {
        guard let word = wire.stringValue, let value = Self(rawValue: word) else {
            let words = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw WireFault("expected one of \(words), found \(wire.text)")
        }
        self = value
    }
    package var wire: JSONValue { .string(rawValue) }
}
