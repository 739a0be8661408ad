import Primitives

/// The figures as a program reads them.
///
/// Shape: `{"machine":{…},"figures":[{"name","value","unit"}…]}`.
enum ResultFile {
    static func write(machine: MachineFacts, figures: [Figure], to path: String) throws {
        let rows = figures.map { figure -> JSONValue in
            ["name": .string(figure.name), "value": .number(figure.value), "unit": .string(figure.unit)]
        }
        let facts = JSONObject(machine.rows.map { ($0.name, JSONValue.string($0.value)) })
        let document: JSONValue = ["machine": .object(facts), "figures": .array(rows)]
        try SmallFile.write(document.prettyText + "\n", to: path)
    }
}
