package import Primitives

/// A method as data: what `rpc.discover` tells of it.
package struct MethodDescription: Sendable {
    package let name: String
    package let summary: String
    package let kind: RPCMethodKind
    package let roles: Set<RPCRole>
    let errors: [RPCErrorName]
    /// Made when somebody asks: a service describes its methods at each start, and nearly always to nobody.
    private let makeSchemas: @Sendable () -> Schemas

    private struct Schemas {
        let params: JSONValue
        let result: JSONValue
        let item: JSONValue?
        let example: JSONValue
    }

    package init<Method: RPCMethod>(_: Method.Type) {
        self.init(Method.self) { Self.schemas(Method.self, item: nil, itemExample: nil) }
    }

    package init<Method: RPCStreamMethod>(stream _: Method.Type) {
        self.init(Method.self) {
            Self.schemas(Method.self, item: Method.Item.schema, itemExample: Method.exampleItem.wire)
        }
    }

    private init<Method: RPCMethod>(_: Method.Type, makeSchemas: @escaping @Sendable () -> Schemas) {
        name = Method.name
        summary = Method.summary
        kind = Method.kind
        roles = Method.roles
        errors = Method.errors
        self.makeSchemas = makeSchemas
    }

    private static func schemas<Method: RPCMethod>(
        _: Method.Type, item: JSONValue?, itemExample: JSONValue?
    ) -> Schemas {
        var example: JSONObject = [
            "name": "example", "params": Method.exampleParams.wire,
            "result": ["name": "result", "value": Method.exampleResult.wire],
        ]
        if let itemExample { example["x-item"] = itemExample }
        return Schemas(
            params: Method.Params.schema, result: Method.Result.schema, item: item, example: .object(example))
    }

    /// OpenRPC's method object. Params are passed by name; `x-params` is the schema of the whole params
    /// object.
    package var json: JSONValue {
        let schemas = makeSchemas()
        let params = schemas.params
        let required = Set((params["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        let descriptors = (params["properties"]?.objectValue ?? [:]).map { name, schema -> JSONValue in
            ["name": .string(name), "required": .bool(required.contains(name)), "schema": schema]
        }
        var object: JSONObject = [
            "name": .string(name), "summary": .string(summary), "paramStructure": "by-name",
            "params": .array(descriptors), "result": ["name": "result", "schema": schemas.result],
            "errors": .array(errors.map { ["code": .integer($0.code), "message": .string($0.text)] }),
            "examples": [schemas.example], "x-params": params, "x-kind": .string(kind.rawValue),
            "x-roles": .array(roles.map(\.rawValue).sorted().map { .string($0) }),
        ]
        if let item = schemas.item { object["x-item"] = item }
        return .object(object)
    }
}

extension HandlerTable {
    /// The OpenRPC document of the service.
    package func openRPC(service: String, version: String) -> JSONValue {
        let methods = entries.values.map(\.description).sorted { $0.name < $1.name }.map(\.json)
        return [
            "openrpc": "1.3.2", "info": ["title": .string(service), "version": .string(version)],
            "methods": .array(methods),
        ]
    }
}
