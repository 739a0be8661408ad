import Primitives

/// The figures as a program reads them.
///
/// Shape: `{"machine":{…},"figures":[{"name","value","unit"}…]}`.
package struct ResultDocument {
    private let machine: [(name: String, value: String)]
    private let figures: [Figure]

    package init(machine: [(name: String, value: String)], figures: [Figure]) {
        self.machine = machine
        self.figures = figures
    }

    package var text: String {
        let rows = figures.map { figure -> JSONValue in
            // What could not be told is no number.
            let value = figure.value.isFinite ? JSONValue.number(figure.value) : .null
            return ["name": .string(figure.name), "value": value, "unit": .string(figure.unit)]
        }
        let facts = JSONObject(machine.map { ($0.name, JSONValue.string($0.value)) })
        let document: JSONValue = ["machine": .object(facts), "figures": .array(rows)]
        return document.prettyText + "\n"
    }
}
