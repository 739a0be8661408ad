import Testing

/// A file of checks in Python under `Tests/Integration/SUITE/Checks`, run with packages from `.build/PACKAGES` against
/// a system of its own.
package struct PythonChecks: Sendable, CustomTestStringConvertible {
    package let name: String
    private let folder: String
    private let python: String

    package var testDescription: String { name }

    /// The suite's files, by name.
    package static func all(of suite: String, packages: String) -> [PythonChecks] {
        let folder = "\(BuildProducts.repository)/Tests/Integration/\(suite)/Checks"
        let python = "\(BuildProducts.repository)/.build/\(packages)/bin/python"
        return Files.names(in: folder).filter { $0.hasSuffix("_checks.py") }.sorted()
            .map {
                PythonChecks(name: String($0.dropLast("_checks.py".count)), folder: folder, python: python)
            }
    }

    package func run(timeout: Duration) async throws {
        try #require(Files.exists(python), "scripts/python-packages.sh installs what the checks need")
        let result = try await RunningCommand(
            python, ["\(folder)/run.py", name],
            environment: ["FNF_BUILD": BuildProducts.folder, "PYTHONDONTWRITEBYTECODE": "1"],
            timeout: timeout
        ).result().expecting()
        #expect(result.lines.contains { $0.hasPrefix("\(name): ") && $0.hasSuffix(" 0 wrong") })
    }
}
