import Crypto
import HTTPMessage
import LoopSupport
import Primitives
import RequestSigning
import Testing

@testable import FlowWeb

/// Bodies, of which only what is signed counts.
@Suite(.timeLimit(.minutes(1))) struct CloudBodyTests {
    private func request(
        _ cloud: CloudUnderTest, _ action: String, query: String? = nil, body: String, type: String?
    ) throws -> WebRequest {
        var headers = HeaderList([
            ("Host", "127.0.0.1:8080"), ("x-acs-action", action), ("x-acs-version", CloudActions.version),
        ])
        if let type { headers.add("content-type", type) }
        let plain = WebRequest(
            WebHead(method: "POST", path: "/", query: query, headers: headers), body: Array(body.utf8))
        return try ACS3Signature.sign(
            plain, key: SigningKey(id: "admin", secret: CloudUnderTest.secret), time: cloud.loop.now,
            nonce: makeUUID(from: cloud.world))
    }

    @Test func `generic callers send a JSON object`() async throws {
        let cloud = try await CloudUnderTest()
        let body: JSONValue = [
            "Name": "Demo", "Definition": .string(CloudFlows.pass), "Type": "FDL", "RoleArn": nil,
            "Environment": ["Variables": [["Name": "a", "Value": "b"]]],
        ]
        let made = try CloudUnderTest.read(
            await cloud.answer(
                try request(cloud, "CreateFlow", body: body.text, type: "application/json; charset=utf-8")))
        #expect(made.status == 200)
        #expect(made.body["Environment"]?["Variables"]?[0]?["Name"] == "a")
        let listed = try CloudUnderTest.read(
            await cloud.answer(
                try request(cloud, "ListFlows", body: #"{"Limit":1}"#, type: "application/json")))
        #expect(listed.body["Flows"]?.arrayValue?.count == 1)
    }

    @Test func `the new signature covers a form as well`() async throws {
        let cloud = try await CloudUnderTest()
        try await cloud.ask("CreateFlow", ["Name": "Demo", "Definition": CloudFlows.pass, "Type": "FDL"])
        let answer = try CloudUnderTest.read(
            await cloud.answer(
                try request(
                    cloud, "StartExecution", query: "FlowName=Demo",
                    body: "ExecutionName=7e%2D1&Input=%7B%22k%22%3A+%22v+%2B%22%7D",
                    type: "application/x-www-form-urlencoded")))
        #expect(answer.status == 200 && answer.body["Input"] == #"{"k": "v +"}"#)
    }

    @Test(arguments: ["[1]", "{", #"{"FlowName":"a","FlowName":"b"}"#])
    func `a JSON body that is no object is refused`(_ body: String) async throws {
        let cloud = try await CloudUnderTest()
        let answer = try CloudUnderTest.read(
            await cloud.answer(try request(cloud, "ListFlows", body: body, type: "application/json"))
        )
        #expect(answer.status == 400 && answer.body["Code"] == "InvalidArgument")
    }

    @Test func `a changed body does not pass`() async throws {
        let cloud = try await CloudUnderTest()
        var changed = try request(cloud, "ListFlows", body: #"{"Limit":1}"#, type: "application/json")
        changed.body = Array(#"{"Limit":2}"#.utf8)
        let answer = try CloudUnderTest.read(await cloud.answer(changed))
        #expect(answer.status == 400 && answer.body["Code"] == "SignatureDoesNotMatch")
    }

    @Test func `the old signature covers no JSON, so it is not looked at`() async throws {
        let cloud = try await CloudUnderTest()
        let form = cloud.signed("DescribeFlow", method: "POST")
        let query = form.pairs.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
            .joined(separator: "&")
        let head = WebHead(
            method: "POST", path: "/", query: query,
            headers: HeaderList([("Content-Type", "application/json")]))
        let answer = try CloudUnderTest.read(
            await cloud.answer(WebRequest(head, body: Array(#"{"Name":"Demo"}"#.utf8))))
        #expect(answer.status == 400 && answer.body["Code"] == "MissingRequiredParams")
    }
}
