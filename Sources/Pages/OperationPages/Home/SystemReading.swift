import FlowEngineAPI
import Primitives
import RPCProtocol
import WebPages

/// What the home page knows; each part may be missing without the others.
struct SystemReading: Sendable {
    var counts: CountExecutions.Result?
    var engine: DescribeEngine.Result?
    /// Why one of the two is missing.
    var failure: RPCFailure?
    var units: UnitReading

    static func read(_ services: PageServices, _ units: any UnitStates, for visitor: Visitor) async
        -> SystemReading
    {
        async let unitReading = units.read()
        var counts: CountExecutions.Result?
        var engine: DescribeEngine.Result?
        var failure: RPCFailure?
        do throws(RPCFailure) {
            counts = try await services.engine.call(CountExecutions.self, .init(), as: visitor.role)
            engine = try await services.engine.call(DescribeEngine.self, .init(), as: visitor.role)
        } catch { failure = error }
        return SystemReading(counts: counts, engine: engine, failure: failure, units: await unitReading)
    }
}
