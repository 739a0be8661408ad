import ArgumentParser
import ConfigurationFile
import FlowModel
import FlowSimulation

/// `fnfctl flow test`
struct FlowTest: Verb {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Runs the cases of test files against their flows; tells what the cases cover.",
        discussion: """
            Everything happens in memory and in virtual time. Exit status 1 when a case does not \
            come out as expected, or covers less than the file asks for; 8 when a flow is invalid. \
            docs/testing-flows.md tells the form.

            Example:
              fnfctl flow test docs/examples/order-demo.test.yaml
            """)

    @Argument(help: ArgumentHelp("Test files.", valueName: "file"), completion: .file())
    var files: [String] = []

    @OptionGroup var form: OutputOptions

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name at least one test file.") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        var results: [FlowTestResult] = []
        for file in files { results.append(try test(file, session)) }
        session.show(FlowTestResult.report(results), as: form.output)
        if !results.allSatisfy(\.isOK) { throw .silent(.failed) }
    }

    private func test(_ path: String, _ session: Session) throws(CommandFailure) -> FlowTestResult {
        let text = try TextArgument.file(path)
        let file: FlowTestFile
        do throws(ConfigurationFault) { file = try FlowTestFile(text, file: path) } catch {
            throw CommandFailure(
                .usage, "\(error)", next: "docs/testing-flows.md tells the form of test files")
        }
        let check = try DefinitionCheck(file: file.flow)
        guard let definition = check.definition, check.isValid else {
            check.report(to: session)
            throw CommandFailure(
                .invalidDefinition, "\(file.flow) is not a valid flow definition (\(check.verdict))",
                next: "mend it, and check it by: fnfctl flow validate \(file.flow)")
        }
        var coverage = Coverage(definition)
        let cases = file.cases.map { one in
            var bounds = SimulationBounds()
            bounds.stop = one.stop
            var simulation = Simulation(definition, tasks: MockedTasks(one.mocks), bounds: bounds)
            let outcome = simulation.run(input: one.input)
            coverage.add(outcome.events)
            return FlowTestResult.Case(
                name: one.name, differences: one.expectation.differences(from: outcome), outcome: outcome)
        }
        return FlowTestResult(
            file: path, cases: cases, coverage: coverage, stepsMin: Int(file.stepsMin),
            branchesMin: Int(file.branchesMin))
    }
}
