package import FlowCore
import FlowDefinition
package import FlowModel

/// Answers a simulation's task calls in place of services.
package protocol TaskStandIn {
    /// Nil: there is nobody to call, which ends the simulation.
    mutating func answer(to call: TaskInvocation) -> MockAnswer?
    /// Every transition, before its calls are answered.
    mutating func observe(_ events: [HistoryEvent])
}

/// Answers as mocks say, counting the calls of each step.
package struct MockedTasks: TaskStandIn {
    private let mocks: Mocks
    private var calls: [String: Int] = [:]

    package init(_ mocks: Mocks) { self.mocks = mocks }

    package mutating func answer(to call: TaskInvocation) -> MockAnswer? {
        guard let mock = mocks.mock(step: call.stepName, resourceArn: call.resourceArn) else { return nil }
        if let rule = mock.rules.first(where: { $0.condition.isTrue(for: call.input) }) { return rule.answer }
        let number = calls[call.stepName, default: 0]
        calls[call.stepName] = number + 1
        guard let last = mock.sequence.last else { return nil }
        return number < mock.sequence.count ? mock.sequence[number] : last
    }

    package mutating func observe(_: [HistoryEvent]) {}
}
