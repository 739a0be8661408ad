import ArgumentParser
import ConfigurationFile
import FlowDefinition
import FlowModel
import FlowSimulation
import Primitives

/// `fnfctl flow simulate`
struct FlowSimulate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Runs a definition in memory with mocked tasks; needs no service and no time.",
        discussion: """
            The same machine as the engine's; time jumps to the next timer or answer. Without \
            --mock every task succeeds at once with {}. Exit status 10 when the execution does \
            not succeed, 8 when the definition is invalid. docs/testing-flows.md tells the form \
            of mocks.

            Example:
              fnfctl flow simulate order-demo.yaml --input @order.json --mock mocks.yaml
            """)

    @Argument(
        help: ArgumentHelp("The definition; - is standard input.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The Input: JSON, @FILE or - (default: {}).", valueName: "json"))
    var input: String?

    @Option(help: ArgumentHelp("What the tasks answer.", valueName: "file"), completion: .file())
    var mock: String?

    @Flag(help: "Time jumps; there is no other kind, the flag is for those who want to say so.")
    var virtualTime = false

    @Flag(help: "A path that is not there gives null, as with missingPathIsNull in flow-engine.yaml.")
    var missingPathIsNull = false

    @OptionGroup var form: OutputOptions

    func run(in session: Session) async throws(CommandFailure) {
        let check = try DefinitionCheck(file: file)
        guard let definition = check.definition, check.isValid else {
            check.report(to: session)
            throw CommandFailure(
                .invalidDefinition, "\(check.file) is not a valid flow definition (\(check.verdict))",
                next: "mend it, and check it by: fnfctl flow validate \(file)")
        }
        let input = try self.input.map { text throws(CommandFailure) in
            try TextArgument.object(text, for: "the Input")
        }
        var limits = FlowLimits.standard
        limits.missingPathIsNull = missingPathIsNull
        var simulation = Simulation(definition, tasks: MockedTasks(try mocks()), limits: limits)
        let outcome = simulation.run(input: input?.objectValue ?? JSONObject())
        session.show(SimulationReport.report(outcome), as: form.output)
        guard outcome.ending == .ended else {
            throw CommandFailure(.failed, "the simulation did not end: \(outcome.ending)")
        }
        if outcome.status != .succeeded { throw .silent(.executionEndedBadly) }
    }

    private func mocks() throws(CommandFailure) -> Mocks {
        guard let mock else { return .empty }
        let text = try TextArgument.file(mock)
        do throws(ConfigurationFault) {
            let reader = ConfigurationReader(try ConfigurationFile.parse(text, file: mock))
            let mocks = MockReading.mocks(reader)
            try reader.finish()
            return mocks
        } catch {
            throw CommandFailure(.usage, "\(error)", next: "docs/testing-flows.md tells the form of mocks")
        }
    }
}
