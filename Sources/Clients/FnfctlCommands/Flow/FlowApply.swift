import ArgumentParser
import FlowDefinition
import FlowEngineAPI
import FlowModel
import RPCProtocol

/// `fnfctl flow apply`
struct FlowApply: Verb {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Creates a flow, or changes it to what a file says.",
        discussion: """
            The definition is checked here first. A resource that no binding matches is refused \
            with the nearest ones that do. Executions that run keep the definition they began with.

            Example:
              fnfctl flow apply -f order-demo.yaml --name OrderDemo-Jiyuan
            """)

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp("The definition; - is standard input.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The flow's name.", valueName: "name"))
    var name: String

    @Option(help: ArgumentHelp("A sentence about the flow.", valueName: "text"))
    var description: String?

    @Option(
        help: ArgumentHelp(
            "standard, or express: see fnfctl execution run. Fixed when the flow is created.",
            valueName: "mode"))
    var mode: ExecutionMode?

    @Flag(help: "Go on although a resource is not bound; its task fails until it is.")
    var allowUnbound = false

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let fault = NameRule.check(name, kind: .flow) { throw ValidationError("\(fault).") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let check = try DefinitionCheck(file: file)
        check.report(to: session)
        guard check.isValid else {
            throw CommandFailure(
                .invalidDefinition,
                "\(check.file) is not a valid flow definition (\(check.verdict)); nothing was changed",
                next: "mend it, and check it by: fnfctl flow validate \(file)")
        }
        let peers = global.peers(session)
        try await checkResources(check, peers, session)
        let outcome = try await put(check.text, peers)
        session.write("flow \(name) \(outcome.rawValue)\n")
    }

    private func checkResources(_ check: DefinitionCheck, _ peers: Peers, _ session: Session)
        async throws(CommandFailure)
    {
        let uses = check.definition?.resourceArns ?? []
        guard !uses.isEmpty else { return }
        let answer = try await peers.call(
            CheckResources.self, .with { $0.resourceArns = Array(Set(uses.map(\.arn))).sorted() },
            on: .flowEngine)
        for unbound in answer.unbound {
            let steps = uses.filter { $0.arn == unbound.resourceArn }
            let place = steps.first.map { "\(check.file):\($0.line)" } ?? check.file
            let names = steps.map(\.stepName).joined(separator: ", ")
            session.note("\(place): no binding matches the resource \(unbound.resourceArn) (step \(names))")
            for near in unbound.nearest { session.note("  near: \(near)") }
        }
        guard answer.unbound.isEmpty || allowUnbound else {
            let number = answer.unbound.count
            let count = DefinitionCheck.count(number, "resource")
            let verb = number == 1 ? "is" : "are"
            throw CommandFailure(
                .invalidDefinition,
                "\(count) of \(check.file) \(verb) not bound to a service; nothing was changed",
                next:
                    "mend it; bind it in resources.d and systemctl reload fnf-flow-engine; or --allow-unbound"
            )
        }
    }

    enum ExecutionMode: String, CaseIterable, ExpressibleByArgument {
        case standard, express

        /// As the API writes it.
        var wireText: String { self == .express ? "Express" : "Standard" }
    }

    private enum Outcome: String {
        case created, updated, unchanged
    }

    private func put(_ text: String, _ peers: Peers) async throws(CommandFailure) -> Outcome {
        do throws(CommandFailure) {
            guard let present = try await present(peers) else {
                try await create(text, peers)
                return .created
            }
            if let mode, mode.wireText != present.executionMode {
                throw CommandFailure(
                    .conflict, "flow \(name) is \(present.executionMode), and a flow keeps its mode",
                    next: "apply it under another name, or: fnfctl flow delete \(name)")
            }
            let wanted = description ?? present.description
            if present.definition == text, present.description == wanted { return .unchanged }
            _ = try await peers.call(
                UpdateFlow.self,
                .with {
                    $0.name = name
                    $0.definition = text
                    $0.description = wanted
                }, on: .flowEngine)
            return .updated
        } catch {
            guard error.errorName == .invalidArgument else { throw error }
            throw CommandFailure(.invalidDefinition, error.sentence, next: "fnfctl flow validate \(file)")
        }
    }

    private func present(_ peers: Peers) async throws(CommandFailure) -> FlowRecord? {
        do throws(CommandFailure) {
            return try await peers.call(DescribeFlow.self, .with { $0.name = name }, on: .flowEngine)
        } catch {
            guard error.errorName == .flowNotExists else { throw error }
            return nil
        }
    }

    private func create(_ text: String, _ peers: Peers) async throws(CommandFailure) {
        _ = try await peers.call(
            CreateFlow.self,
            .with {
                $0.name = name
                $0.definition = text
                $0.description = description ?? ""
                $0.executionMode = (mode ?? .standard).wireText
            }, on: .flowEngine)
    }
}
