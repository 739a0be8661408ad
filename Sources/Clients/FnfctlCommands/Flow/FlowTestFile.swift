import ConfigurationFile
import FlowModel
import FlowSimulation
import Primitives

/// Cases that a flow must come through, as a YAML file says them.
struct FlowTestFile {
    struct Case {
        let name: String
        let input: JSONObject
        let mocks: Mocks
        let expectation: Expectation
        let stop: SimulationBounds.Stop?
    }

    /// The definition's file, found from the test file's own folder.
    let flow: String
    let cases: [Case]
    /// Units: percent. Below it the file fails although all cases hold.
    let stepsMin: Int64
    let branchesMin: Int64

    /// Throws: every fault of the file.
    init(_ text: String, file: String) throws(ConfigurationFault) {
        let reader = ConfigurationReader(try ConfigurationFile.parse(text, file: file))
        let name = reader.requiredString("flow")
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        flow = name.hasPrefix("/") || folder.isEmpty ? name : folder.joined(separator: "/") + "/" + name
        let shared = MockReading.mocks(reader.section("mocks"))
        let input = Self.object(reader, "input")
        cases = reader.sections("cases").map { Self.read($0, shared, input) }
        if cases.isEmpty { reader.report("has no cases", remedy: "add `cases:` with at least one") }
        let names = cases.map(\.name)
        for name in Set(names) where names.count(where: { $0 == name }) > 1 {
            reader.report("cases", "two cases are named \"\(name)\"", remedy: "rename one")
        }
        let coverage = reader.section("coverageMin")
        stepsMin = coverage.optionalInteger("steps", in: 0...100) ?? 0
        branchesMin = coverage.optionalInteger("branches", in: 0...100) ?? 0
        try reader.finish()
    }

    private static func read(_ reader: ConfigurationReader, _ shared: Mocks, _ input: JSONObject?) -> Case {
        let name = reader.requiredString("name")
        let mocks = shared.overridden(by: MockReading.mocks(reader.section("mocks")))
        var stop: SimulationBounds.Stop?
        if reader.has("stop") {
            let section = reader.section("stop")
            stop = .init(
                after: MockReading.duration(section, "after") ?? .zero, failure: MockReading.failure(section))
        }
        return Case(
            name: name, input: object(reader, "input") ?? input ?? JSONObject(), mocks: mocks,
            expectation: expectation(reader.section("expect")), stop: stop)
    }

    private static func object(_ reader: ConfigurationReader, _ key: String) -> JSONObject? {
        guard let value = reader.value(key) else { return nil }
        if let object = value.json.objectValue { return object }
        reader.report(key, "expected a mapping, found \(value.kind)", remedy: "an Input is a JSON object")
        return nil
    }

    private static func expectation(_ reader: ConfigurationReader) -> Expectation {
        var expectation = Expectation()
        if let text = reader.optionalString("status") {
            expectation.status = ExecutionStatus(rawValue: text)
            if expectation.status?.isTerminal != true {
                reader.report(
                    "status", "'\(text)' is no end of an execution",
                    remedy: "write Succeeded, Failed, TimedOut or Stopped")
            }
        }
        expectation.output = reader.value("output")?.json
        expectation.outputContains = reader.value("outputContains")?.json
        expectation.error = reader.optionalString("error")
        expectation.cause = reader.optionalString("cause")
        expectation.path = reader.optionalStrings("path")
        expectation.events = reader.optionalStrings("events")
        expectation.history = reader.optionalStrings("history")
        expectation.took = MockReading.duration(reader, "took")
        return expectation
    }
}
