import TestHost
import Testing

/// The cloud's own Python libraries against `fnfctl up --http`: each file of checks has a system of its own.
@Suite(.serialized) struct CloudTests {
    @Test(arguments: PythonChecks.all(of: "CloudTests", packages: "cloud-sdk"))
    func `the real libraries find nothing wrong`(_ checks: PythonChecks) async throws {
        let result = try await checks.run(timeout: .seconds(300))
        #expect(checks.areGood(in: result), "\(result)")
    }
}
