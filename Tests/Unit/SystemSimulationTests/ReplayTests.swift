import SystemSimulation
import TestHost
import Testing

/// The program that `make simulate` runs, as its user sees it.
struct ReplayTests {
    /// - Parameter code: what it must exit with.
    static func simulate(_ arguments: [String], exitCode code: Int32 = 0) async throws -> CommandResult {
        let program = try BuildProducts.path(of: "fnf-simulate")
        let command = try RunningCommand(
            program, arguments, directory: BuildProducts.repository, timeout: .seconds(600))
        return try await command.result().expecting(exitCode: code)
    }

    @Test(arguments: [7, 30, 58]) func `a seed does the same in every process, line by line`(seed: Int)
        async throws
    {
        let once = try await Self.simulate(["seed", "\(seed)"])
        let again = try await Self.simulate(["seed", "\(seed)"])
        #expect(once.lines.count > 100)
        #expect(once.output == again.output)
    }

    @Test func `seeds do not do the same as each other`() async throws {
        let one = try await Self.simulate(["seed", "7", "--quiet"])
        let other = try await Self.simulate(["seed", "8", "--quiet"])
        #expect(one.output != other.output)
    }

    @Test func `a run of several seeds says what it ran`() async throws {
        let run = try await Self.simulate(["system", "--seeds", "3", "--from", "11"])
        #expect(run.output.hasPrefix("seeds 11 to 13: 3 run, "))
        #expect(run.output.contains(" faults: delay "))
    }
}

/// Each bug that is put in on purpose is found, and it is the bug that is found.
@Suite(.serialized) struct SeededBugTests {
    /// More than twice what the hardest took when it was written; docs/reliability.md has the numbers.
    static let seedsMax = 600

    @Test(arguments: SeededBug.allCases)
    func `a bug that is put in is found, and its seed is clean without it`(
        bug: SeededBug
    ) async throws {
        let run = try await ReplayTests.simulate(
            ["system", "--seeds", "\(Self.seedsMax)", "--jobs", "1", "--bug", bug.rawValue], exitCode: 1)
        let line = try #require(run.lines.first { $0.hasPrefix("seed ") })
        let seed = try #require(line.dropFirst(5).split(separator: " ").first)
        print("\(bug.rawValue) was found by seed \(seed)")
        let replay = try await ReplayTests.simulate(["seed", "\(seed)", "--bug", bug.rawValue], exitCode: 1)
        #expect(replay.output.contains("violation: "))
        let clean = try await ReplayTests.simulate(["seed", "\(seed)", "--quiet"])
        #expect(!clean.output.contains("violation: "))
    }
}
