/// A file of checks in Python under `Tests/Integration/SUITE/Checks`, run with packages from `.build/PACKAGES` against
/// a system of its own.
package struct PythonChecks: Sendable, CustomStringConvertible {
    package let name: String
    private let folder: String
    private let python: String

    package var description: String { name }

    /// The suite's files, by name.
    package static func all(of suite: String, packages: String) -> [PythonChecks] {
        let folder = "\(BuildProducts.repository)/Tests/Integration/\(suite)/Checks"
        let python = "\(BuildProducts.repository)/.build/\(packages)/bin/python"
        return Files.names(in: folder).filter { $0.hasSuffix("_checks.py") }.sorted()
            .map { file in
                PythonChecks(
                    name: String(file.dropLast("_checks.py".count)), folder: folder, python: python)
            }
    }

    /// Runs them; scripts/python-packages.sh has installed what they need. Throws: they could not be run, or
    /// found something wrong.
    package func run(timeout: Duration) async throws -> CommandResult {
        try await RunningCommand(
            python, ["\(folder)/run.py", name],
            environment: ["FNF_BUILD": BuildProducts.folder, "PYTHONDONTWRITEBYTECODE": "1"],
            timeout: timeout
        ).result().expecting()
    }

    /// Whether the checks' own last line says that they ran and that all was well.
    package func areGood(in result: CommandResult) -> Bool {
        result.lines.contains { $0.hasPrefix("\(name): ") && $0.hasSuffix(" 0 wrong") }
    }
}
