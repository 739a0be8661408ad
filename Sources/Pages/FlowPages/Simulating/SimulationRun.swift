import FlowDefinition
import FlowModel
import FlowSimulation
import Primitives

/// One simulation within what a page may take: the same machine as the engine's and `fnfctl`'s.
struct SimulationRun: Sendable {
    /// Events after which a run ends that does not end by itself.
    static let eventsMax = 2_000
    /// Units: bytes of a step's data: `eventsMax` times as much may be held at one time.
    static let stepDataBytesMax = 64 << 10

    let outcome: SimulationOutcome
    let coverage: Coverage
    let begun: Timestamp

    init(_ definition: FlowDefinition, _ form: SimulationForm) {
        var bounds = SimulationBounds.standard
        bounds.eventsMax = Self.eventsMax
        var limits = FlowLimits.standard
        limits.stepDataBytesMax = Self.stepDataBytesMax
        limits.transitionEventsMax = Self.eventsMax / 4
        var simulation = Simulation(
            definition, tasks: MockedTasks(form.standIns), limits: limits, bounds: bounds)
        outcome = simulation.run(input: form.inputObject)
        var coverage = Coverage(definition)
        coverage.add(outcome.events)
        self.coverage = coverage
        begun = outcome.events.first?.time ?? VirtualWorld.epoch
    }
}
