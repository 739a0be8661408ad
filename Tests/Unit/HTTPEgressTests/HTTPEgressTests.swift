import HTTPEgress
import HTTPMessage
import Testing

struct EgressPolicyTests {
    @Test func `what no list names is refused with the line to add`() throws {
        let location = try WebLocation("http://10.0.0.1:8080/x")
        let refusal = #expect(throws: EgressPolicy.Refusal.self) { try EgressPolicy().check(location) }
        #expect(refusal?.reason.contains("\"  - http://10.0.0.1:8080\" under \"allow:\"") == true)
    }
}
