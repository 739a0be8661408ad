import FlowCore
import FlowDefinition
import FlowModel
import FlowParsing
import Foundation
import Primitives
import Testing

/// docs/fdl.md says what the machine does.
@Suite struct ManualTests {
    static func manual() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../docs/fdl.md")
        return try String(contentsOf: root, encoding: .utf8)
    }

    @Test func `every example of the manual runs as the manual says`() throws {
        let examples = try ManualExample.all(in: try Self.manual())
        #expect(examples.count >= 15)
        for example in examples {
            let place = "docs/fdl.md:\(example.line)"
            let (definition, diagnostics) = FlowParser.parse(example.flow)
            let errors = diagnostics.map { $0.text(file: place, source: example.flow) }
            #expect(errors.isEmpty, "\(errors)")
            let flow = try #require(definition, "\(place)")
            #expect(!example.cases.isEmpty, "\(place) has no case")
            for object in example.cases { try check(flow, object, place) }
        }
    }

    private func check(_ flow: FlowDefinition, _ example: JSONObject, _ place: String) throws {
        let known: Set = [
            "input", "tasks", "output", "failure", "cause", "status", "path", "events", "seconds",
        ]
        for (key, _) in example { #expect(known.contains(key), "\(place): \(key)") }
        var run = try ManualRun(flow, example)
        try run.run()
        let machine = run.machine
        let said = "\(place) \(JSONValue.object(example).text)"
        if let output = example["output"] {
            #expect(
                machine.outputText.map { $0 } == output.text, "\(said) \(String(describing: machine.failure))"
            )
        } else if let failure = example["failure"] {
            #expect(machine.status == .failed && machine.failure?.error == failure.stringValue, "\(said)")
        } else {
            #expect(machine.status.rawValue == example["status"]?.stringValue, "\(said)")
        }
        if let cause = example["cause"]?.stringValue { #expect(machine.failure?.cause == cause, "\(said)") }
        if let path = example["path"] {
            let entered = run.events.filter { $0.type == .stepEntered }.map { JSONValue.string($0.stepName) }
            #expect(path == .array(entered), "\(said)")
        }
        if let events = example["events"] {
            #expect(events == .array(run.events.map { .string($0.type.rawValue) }), "\(said)")
        }
        if let seconds = example["seconds"]?.doubleValue { #expect(run.seconds == seconds, "\(said)") }
    }

    @Test func `every construct has an example, and every error name and limit a line`() throws {
        let manual = try Self.manual()
        let flows = try ManualExample.all(in: manual).compactMap { FlowParser.parse($0.flow).definition }
        let steps = flows.flatMap(\.allSteps)
        let types = Set(steps.map(\.body.typeName))
        #expect(types == ["task", "pass", "wait", "choice", "parallel", "foreach", "succeed", "fail"])
        let tasks = steps.compactMap { step -> TaskStep? in
            guard case .task(let task) = step.body else { return nil }
            return task
        }
        #expect(Set(tasks.map(\.pattern)) == Set(TaskPattern.allCases))
        #expect(tasks.contains { $0.retry.count > 1 && !$0.catches.isEmpty && $0.errorMappings != nil })
        #expect(tasks.contains { $0.resourceArn.contains(":::actions/") })
        #expect(flows.contains { $0.inputMappings != nil && $0.outputMappings != nil })
        #expect(flows.contains { $0.timeoutSeconds != nil })
        for name in [
            FailureName.all, FailureName.taskTimeout, FailureName.invalidLocal, FailureName.runtimeError,
            FailureName.invalidMapping, FailureName.invalidInput, FailureName.dataLimitExceeded,
            FailureName.historyLimitExceeded, FailureName.unboundResource,
        ] { #expect(manual.contains("`\(name)`"), "\(name)") }
        for type in HistoryEventType.allCases { #expect(manual.contains(type.rawValue), "\(type.rawValue)") }
    }

    @Test func `the table of limits has the numbers that hold`() throws {
        let manual = try Self.manual()
        let start = try #require(manual.range(of: "## Limits"))
        let end = try #require(manual.range(of: "## Decisions"))
        let table = manual[start.upperBound..<end.lowerBound]
        let limits = FlowLimits.standard
        for said in [
            "local of a step | \(limits.stepDataBytesMax / 1024) KiB |",
            "step's data | \(limits.dataDepthMax) |",
            "| events of an execution | \(grouped(limits.historyEventsMax)) |",
            "| wait | \(limits.waitSecondsMax / 86_400) days |",
            "of a flow | \(limits.timeoutSecondsMax / 86_400) days |",
            "| Express execution | \(limits.expressSecondsMax) s |",
            "| branches of a parallel | \(limits.branchesMax) |",
            "| iterations at a time | \(limits.iterationsAtOnceMax) |",
            "| retry interval | \(grouped(limits.retryIntervalSecondsMax)) s |",
            "| retries of a policy | \(grouped(limits.retryAttemptsMax)) |",
            "| error name, cause | \(limits.errorBytesMax), \(grouped(Int64(limits.causeBytesMax))) bytes |",
            "| definition | \(limits.definitionBytesMax >> 20) MiB, \(grouped(Int64(limits.stepsMax))) steps, "
                + "\(limits.nestingMax) levels of steps, \(grouped(Int64(limits.definitionNodesMax))) YAML nodes |",
            "| \(limits.judgedWarningsMax), of definitions up to \(limits.judgedBytesMax / 1024) KiB |",
            "| executions that wait for one another | \(limits.childDepthMax) |",
            "| labels of an execution | \(limits.labelsMax) |", "condition | \(JSONPath.componentsMax); ",
        ] { #expect(table.contains(said), "\(said)") }
    }

    private func grouped(_ number: Int64) -> String {
        number < 1000
            ? "\(number)" : grouped(number / 1000) + "," + String("\(number % 1000 + 1000)".dropFirst())
    }

    @Test func `every open point of the reference is decided`() throws {
        let manual = try Self.manual()
        for point in 1...21 { #expect(manual.contains("\n| \(point) | "), "\(point)") }
    }

    @Test func `every example keeps its meaning in canonical form`() throws {
        for example in try ManualExample.all(in: try Self.manual()) {
            let once = try FlowFormatter.format(example.flow)
            #expect(try FlowFormatter.format(once) == once)
            let before = try #require(FlowParser.parse(example.flow).definition)
            let after = try #require(FlowParser.parse(once).definition)
            #expect(FlowDifference(from: before, to: after).isEmpty, "docs/fdl.md:\(example.line)")
        }
    }
}
