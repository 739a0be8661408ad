/// Runs all branches at once and ends when all have ended. Source: fdl §2.5.
package struct ParallelStep: Sendable, Equatable {
    package let branches: [[Step]]

    package init(branches: [[Step]]) { self.branches = branches }
}
