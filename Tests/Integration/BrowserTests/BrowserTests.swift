import TestHost
import Testing

/// Pages in a real browser against `fnfctl up --http`: each file of checks has a system of its own.
@Suite(.serialized) struct BrowserTests {
    @Test(arguments: PythonChecks.all(of: "BrowserTests", packages: "browser-sdk"))
    func `a browser finds nothing wrong`(_ checks: PythonChecks) async throws {
        let result = try await checks.run(timeout: .seconds(400))
        #expect(checks.areGood(in: result), "\(result)")
    }
}
