import Primitives
import RPCProtocol

struct Number: WireRecord {
    var value: Int64 = 0
    init() {}
    init(_ value: Int64) { self.value = value }
    static var fields: [WireField<Number>] { [.defaulted("value", \.value)] }
}

protocol TestMethod: RPCMethod where Params == Number, Result == Number {}

extension TestMethod {
    static var summary: String { "For tests." }
    static var roles: Set<RPCRole> { [.read] }
    static var errors: [RPCErrorName] { [] }
    static var exampleParams: Number { Number(1) }
    static var exampleResult: Number { Number(1) }
}

/// Answers with its params.
enum Echo: TestMethod {}
/// Works until the host opens its gate, whatever its caller does.
enum Work: TestMethod {}
/// Waits until it is canceled or the gate opens.
enum Wait: TestMethod { static let kind = RPCMethodKind.longPoll }
/// Answers with so many bytes.
enum Blob: RPCMethod {
    typealias Params = Number
    typealias Result = MetricsText
    static let summary = "For tests."
    static let roles: Set<RPCRole> = [.read]
    static let errors: [RPCErrorName] = []
    static let exampleParams = Number(1)
    static let exampleResult = MetricsText(text: "x")
}
/// Has a gate that keeps requests out.
enum Crowded: TestMethod {}
/// Fails inside.
enum Broken: TestMethod {}
enum Privileged: TestMethod { static let roles: Set<RPCRole> = [.admin] }
/// Sends so many numbers as fast as it can.
enum Flood: TestMethod, RPCStreamMethod { static let exampleItem = Number(1) }
/// The same, but waits for the reader.
enum Paced: TestMethod, RPCStreamMethod { static let exampleItem = Number(1) }
/// Sends one item, then waits until it is canceled.
enum Watch: TestMethod, RPCStreamMethod { static let exampleItem = Number(1) }
