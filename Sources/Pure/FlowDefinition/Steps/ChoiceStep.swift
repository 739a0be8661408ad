/// Takes the first branch whose condition is true. Source: fdl §2.4.
package struct ChoiceStep: Sendable, Equatable {
    package let branches: [ChoiceBranch]
    /// Taken when no condition is true; nil: the flow goes on behind the choice.
    package let otherwise: DefaultBranch?

    package init(branches: [ChoiceBranch], otherwise: DefaultBranch? = nil) {
        self.branches = branches
        self.otherwise = otherwise
    }
}

/// A branch: its steps run, then its goto is performed.
package struct ChoiceBranch: Sendable, Equatable {
    package let condition: Condition
    package let steps: [Step]
    /// A sibling of the choice itself.
    package let goto: String?
    /// Where the condition stands.
    @Placed package var location: SourceLocation

    package init(
        condition: Condition, steps: [Step] = [], goto: String? = nil, location: SourceLocation = .none
    ) {
        self.condition = condition
        self.steps = steps
        self.goto = goto
        self.location = location
    }
}

/// The branch without a condition.
package struct DefaultBranch: Sendable, Equatable {
    package let steps: [Step]
    package let goto: String?

    package init(steps: [Step] = [], goto: String? = nil) {
        self.steps = steps
        self.goto = goto
    }
}
