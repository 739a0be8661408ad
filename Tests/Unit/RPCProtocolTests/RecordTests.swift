import Primitives
import RPCProtocol
import Testing

private struct Line: WireRecord {
    var product = ""
    var count: Int64 = 1
    var price: DecimalNumber?
    init() {}
    static var fields: [WireField<Line>] {
        [.required("Product", \.product, "What."), .defaulted("Count", \.count), .optional("Price", \.price)]
    }
}

private struct Order: WireRecord {
    var lines: [Line] = []
    var color: Color?
    init() {}
    static var fields: [WireField<Order>] { [.required("Lines", \.lines), .optional("Color", \.color)] }
}

private enum Color: String, WireWord { case red, green }

@Suite struct RecordTests {
    private func fault(_ json: JSONValue, strict: Bool = true) -> WireFault? {
        #expect(throws: WireFault.self) { try Order(wire: json, strict: strict) }
    }

    @Test func `a record is read and written by the same fields`() throws {
        let json: JSONValue = [
            "Lines": [["Product": "beef", "Price": "9.9"], ["Product": "root", "Count": 2]], "Color": "red",
        ]
        let order = try Order(wire: json, strict: true)
        #expect(order.lines.map(\.count) == [1, 2])
        #expect(order.lines.first?.price == DecimalNumber("9.9"))
        #expect(try Order(wire: order.wire, strict: true) == order)
        #expect(order.wire["Lines"]?[0]?["Count"] == 1)
        #expect(order.wire["Lines"]?[1]?["Price"] == nil)
    }

    @Test func `null stands for a missing optional`() throws {
        let order = try Order(
            wire: ["Lines": [["Product": "a", "Price": nil, "Count": nil]], "Color": nil], strict: true)
        #expect(order.color == nil && order.lines.first?.count == 1)
    }

    @Test func `a fault names the path from the outside in`() {
        #expect(fault(["Lines": [["Product": "a"], ["Product": 7]]])?.pathText == "Lines.[1].Product")
        #expect(fault(["Lines": [["Product": "a", "Price": 9.9]]])?.pathText == "Lines.[0].Price")
        #expect(fault([:])?.description == "Lines: is required")
        #expect(fault("x")?.description == "params: expected an object, found a string")
        #expect(fault(["Lines": [], "Color": "blue"])?.reason.contains("red, green") == true)
    }

    @Test func `an unknown member is refused in params, with the nearest, and passes in results`() throws {
        #expect(fault(["Lines": [], "Colour": "red"])?.reason.contains("did you mean Color?") == true)
        _ = try Order(wire: ["Lines": [["Product": "a", "Later": 1]], "New": 1], strict: false)
        #expect(fault(["Lines": [["Product": "a", "Later": 1]]])?.pathText == "Lines.[0].Later")
    }

    @Test func `the schema follows from the fields`() {
        let schema = Order.schema
        #expect(schema["required"] == ["Lines"])
        #expect(schema["additionalProperties"] == false)
        let line = schema["properties"]?["Lines"]?["items"]
        #expect(line?["required"] == ["Product"])
        #expect(line?["properties"]?["Product"] == ["type": "string", "description": "What."])
        #expect(schema["properties"]?["Color"]?["enum"] == ["red", "green"])
    }

    @Test(arguments: [JSONValue.string("1e3"), .string(""), .number(1.5), .integer(1), .null])
    func `money is a decimal in a string and nothing else`(json: JSONValue) {
        #expect(throws: WireFault.self) { try DecimalNumber(wire: json, strict: true) }
    }
}
