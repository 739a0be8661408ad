import HTTPMessage
import Primitives
import RPCProtocol
import RequestSigning
import Synchronization
import Testing

@testable import FlowWeb

/// Who is let in, and what the others are told.
@Suite(.timeLimit(.minutes(1))) struct CloudSigningTests {
    @Test(
        arguments: [
            ("AccessKeyId", "MissingAccessKeyId"), ("Signature", "MissingSignature"),
            ("Timestamp", "MissingTimestamp"), ("SignatureNonce", "MissingSignatureNonce"),
            ("SignatureMethod", "MissingSignatureMethod"), ("SignatureVersion", "MissingSignatureVersion"),
            ("Action", "MissingRequiredParams"), ("Version", "MissingRequiredParams"),
        ])
    func `what is missing is named`(_ parameter: String, _ code: String) async throws {
        let cloud = try await CloudUnderTest()
        let answer = await cloud.send(cloud.signed("ListFlows", without: [parameter]))
        let (status, body) = try CloudUnderTest.read(answer)
        #expect(status == 400)
        #expect(body["Code"]?.stringValue == code)
        #expect(body["Message"]?.stringValue?.contains(parameter) == true)
    }

    @Test(
        arguments: [
            (["AccessKeyId": "nobody"], 404, "InvalidAccessKeyId.NotFound"),
            (["Timestamp": "yesterday"], 400, "InvalidTimeStamp.Format"),
            (["Timestamp": "2026-11-23T09:14:59Z"], 400, "InvalidTimeStamp.Expired"),
            (["Timestamp": "2026-11-23T09:45:01Z"], 400, "InvalidTimeStamp.Expired"),
            (["SignatureMethod": "HMAC-MD5"], 400, "IncompleteSignature"),
            (["SignatureVersion": "2.0"], 400, "IncompleteSignature"),
            (["Signature": "not base64"], 400, "SignatureDoesNotMatch"),
            (["Version": "2015-01-01"], 400, "APIVersionNotSupported"),
            (["Action": "ExplodeFlow"], 400, "ActionNotSupported"),
            (["Action": "listflows"], 400, "ActionNotSupported"),
        ] as [([String: String], Int, String)])
    func `what is wrong is named`(_ change: [String: String], _ status: Int, _ code: String) async throws {
        let cloud = try await CloudUnderTest()
        let answer = try CloudUnderTest.read(
            await cloud.send(cloud.signed("ListFlows", changing: change)))
        #expect(answer.status == status)
        #expect(answer.body["Code"]?.stringValue == code)
    }

    @Test func `a wrong signature is told the string to sign behind the only colon`() async throws {
        let cloud = try await CloudUnderTest()
        let form = cloud.signed("ListFlows", ["NextToken": "a:b"], secret: "guessed")
        let (status, body) = try CloudUnderTest.read(await cloud.send(form))
        #expect(status == 400)
        #expect(body["Code"] == "SignatureDoesNotMatch")
        let parts = try #require(body["Message"]?.stringValue).split(
            separator: ":", omittingEmptySubsequences: false)
        #expect(parts.count == 2)
        #expect(String(parts[1]) == RPCSignature.stringToSign("GET", form))
    }

    @Test func `a request is let in once`() async throws {
        let cloud = try await CloudUnderTest()
        let form = cloud.signed("ListFlows")
        #expect(try CloudUnderTest.read(await cloud.send(form)).status == 200)
        let again = try CloudUnderTest.read(await cloud.send(form))
        #expect(again.status == 400 && again.body["Code"] == "SignatureNonceUsed")
    }

    @Test func `a key that calls too often is told how long to wait`() async throws {
        let cloud = try await CloudUnderTest()
        cloud.gate.fault.withLock { $0 = .throttled(retryAfter: .milliseconds(1500)) }
        let answer = await cloud.send(cloud.signed("ListFlows"))
        #expect(answer.headers["x-acs-retry-after"] == "1500")
        let (status, body) = try CloudUnderTest.read(answer)
        #expect(status == 429 && body["Code"] == "ResourceThrottled")
    }

    @Test(arguments: [
        (AccessFault.disabledKey("admin"), 403, "InvalidAccessKeyId.Inactive"),
        (AccessFault.unavailable("no credential"), 503, "ServiceUnavailable"),
    ])
    func `other reasons of the gate have codes as well`(
        _ fault: AccessFault, _ status: Int, _ code: String
    ) async throws {
        let cloud = try await CloudUnderTest()
        cloud.gate.fault.withLock { $0 = fault }
        let answer = try CloudUnderTest.read(await cloud.send(cloud.signed("ListFlows")))
        #expect(answer.status == status && answer.body["Code"]?.stringValue == code)
    }

    @Test func `parameters count wherever they stand`() async throws {
        let cloud = try await CloudUnderTest()
        let parameters = [
            "Name": "Demo", "Definition": CloudFlows.pass, "Type": "FDL", "Description": "a+b ~*'",
        ]
        let form = cloud.signed("CreateFlow", parameters, method: "POST")
        let made = try CloudUnderTest.read(await cloud.send(form, method: "POST", inBody: true))
        #expect(made.status == 200 && made.body["Description"] == "a+b ~*'")
        let shown = try CloudUnderTest.read(
            await cloud.send(
                cloud.signed("DescribeFlow", ["Name": "Demo"], method: "POST"), method: "POST", path: "//"))
        #expect(shown.status == 200 && shown.body["Definition"]?.stringValue == CloudFlows.pass)
    }

    @Test func `a parameter that is given twice in one place is refused`() async throws {
        let cloud = try await CloudUnderTest()
        var form = cloud.signed("DescribeFlow", ["Name": "Demo"])
        form.add(FormParameters([("Name", "Other")]))
        let (status, body) = try CloudUnderTest.read(await cloud.send(form))
        #expect(status == 400 && body["Code"] == "InvalidArgument")
    }

    @Test func `the client may choose the id of its request, as long as it is one`() async throws {
        let cloud = try await CloudUnderTest()
        #expect(try await cloud.ask("ListFlows", ["RequestId": "my-own_1"])["RequestId"] == "my-own_1")
        let made = try await cloud.ask("ListFlows", ["RequestId": "a\r\nSet-Cookie: b"])["RequestId"]
        let shape = /[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}/
        #expect(try shape.wholeMatch(in: try #require(made?.stringValue)) != nil)
    }

    @Test(arguments: [
        ("GET", "/index.html", 404, "InvalidAction.NotFound"), ("POST", "/x/", 404, "InvalidAction.NotFound"),
        ("PUT", "/", 405, "UnsupportedHTTPMethod"), ("DELETE", "/", 405, "UnsupportedHTTPMethod"),
    ])
    func `what is no call of the API is refused in its shape`(
        _ method: String, _ path: String, _ status: Int, _ code: String
    ) async throws {
        let cloud = try await CloudUnderTest()
        let head = WebHead(method: method, path: path)
        #expect(cloud.endpoint.bodyBytesMax(of: head) == 0)
        let answer = try CloudUnderTest.read(await cloud.answer(WebRequest(head)))
        #expect(answer.status == status && answer.body["Code"]?.stringValue == code)
        let refused = try CloudUnderTest.read(
            cloud.endpoint.refusal(of: .bodyTooLarge(bytesMax: 0), head: head))
        #expect(refused.status == status)
    }

    @Test(arguments: [
        (WebFault.malformed("no version"), 400, "InvalidArgument"),
        (.headersTooLarge, 431, "RequestHeaderFieldsTooLarge"),
        (.bodyTooLarge(bytesMax: 4_194_304), 400, "EntityTooLarge"), (.tooSlow, 408, "RequestTimeout"),
        (.overloaded("full"), 503, "ServiceUnavailable"), (.stopping, 503, "ServiceUnavailable"),
    ])
    func `what can't be read is refused in the shape of the API`(
        _ fault: WebFault, _ status: Int, _ code: String
    ) async throws {
        let cloud = try await CloudUnderTest()
        for head in [nil, WebHead(method: "POST", path: "/")] {
            let answer = try CloudUnderTest.read(cloud.endpoint.refusal(of: fault, head: head))
            #expect(answer.status == status && answer.body["Code"]?.stringValue == code)
        }
    }
}
