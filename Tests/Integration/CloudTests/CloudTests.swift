import Glibc
import TestHost
import Testing

/// The cloud's own Python libraries against `fnfctl up --http`: each file of checks has a system of its own.
@Suite(.serialized) struct CloudTests {
    struct Checks: Sendable, CustomTestStringConvertible {
        let name: String
        var testDescription: String { name }
    }

    private static let folder = "\(BuildProducts.repository)/Tests/Integration/CloudTests/Checks"
    private static let python = "\(BuildProducts.repository)/.build/cloud-sdk/bin/python"

    static let all: [Checks] = Files.names(in: folder).filter { $0.hasSuffix("_checks.py") }.sorted()
        .map { Checks(name: String($0.dropLast("_checks.py".count))) }

    @Test(arguments: all) func `the real libraries find nothing wrong`(_ checks: Checks) async throws {
        try #require(Files.exists(Self.python), "scripts/cloud-sdk.sh installs the libraries")
        let result = try await RunningCommand(
            Self.python, ["\(Self.folder)/run.py", checks.name],
            environment: ["FNF_BUILD": BuildProducts.folder, "PYTHONDONTWRITEBYTECODE": "1"],
            timeout: .seconds(300)
        ).result().expecting()
        #expect(result.lines.contains { $0.hasPrefix("\(checks.name): ") && $0.hasSuffix(" 0 wrong") })
    }
}
