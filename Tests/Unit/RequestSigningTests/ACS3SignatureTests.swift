import HTTPMessage
import Primitives
import RequestSigning
import Testing

struct ACS3SignatureTests {
    @Test(arguments: Captured.acs3)
    func `each captured request is signed by its secret and by no other`(_ request: WebRequest) throws {
        #expect(ACS3Signature.isMeant(request.head))
        let signed = try ACS3Signature.read(request)
        #expect(signed.isSigned(with: "testsecret") && !signed.isSigned(with: "testsecreu"))
        #expect(signed.scheme == .acs3 && signed.accessKeyID == "testid")
        #expect(signed.time == Timestamp(rfc3339: "2026-11-23T15:49:52Z"))
        #expect(signed.nonce == request.head.headers["x-acs-signature-nonce"])
    }

    @Test func `the captured canonical request and string to sign come out byte for byte`() throws {
        #expect(
            try ACS3Signature.read(Captured.acs3Post).stringToSign
                == "ACS3-HMAC-SHA256\n8af3e8915286063cd796acb5f1865725b25299cd9c33b58862d5512786b9a26f")
        #expect(
            try ACS3Signature.canonicalRequest(
                Captured.acs3Query.head, signed: ["host", "x-acs-action"], contentHash: "h")
                == "POST\n/\nTaskToken=djEjYQ%2B%2F%3D%3D%20x\nhost:127.0.0.1:8080\n"
                + "x-acs-action:ReportTaskSucceeded\n\nhost;x-acs-action\nh")
    }

    @Test func `another body is refused by its hash, and a hash to suit it by the signature`() throws {
        var request = Captured.acs3Post
        request.body = Array("FlowName=other".utf8)
        var computed = ""
        do {
            _ = try ACS3Signature.read(request)
        } catch {
            guard case .contentHashMismatch(let hash) = error else { throw error }
            computed = hash
        }
        request.head.headers["x-acs-content-sha256"] = computed
        #expect(try !ACS3Signature.read(request).isSigned(with: Captured.secret))
    }

    @Test func `another query, path or signed header fails the check`() throws {
        var query = Captured.acs3Get
        query.head.query = "Name=nopf"
        #expect(try !ACS3Signature.read(query).isSigned(with: Captured.secret))
        var path = Captured.acs3Get
        path.head.path = "//"
        #expect(try !ACS3Signature.read(path).isSigned(with: Captured.secret))
        var action = Captured.acs3Get
        action.head.headers["x-acs-action"] = "DeleteFlow"
        #expect(try !ACS3Signature.read(action).isSigned(with: Captured.secret))
        var again = Captured.acs3Get
        again.head.headers.add("x-acs-action", "DeleteFlow")
        #expect(try !ACS3Signature.read(again).isSigned(with: Captured.secret))
    }

    @Test(arguments: ACS3Signature.coveredAlways)
    func `a header that must be signed is missed by name`(_ name: String) throws {
        let without = changed(name, to: nil)
        #expect(throws: SigningFault.missingHeader(name)) { try ACS3Signature.read(without) }
        let authorization = try #require(Captured.acs3Get.head.headers["Authorization"])
        let uncovered = changed(
            "Authorization",
            to: authorization.replacing("\(name);", with: "").replacing(";\(name),", with: ","))
        #expect(throws: SigningFault.headerNotCovered(name)) { try ACS3Signature.read(uncovered) }
    }

    @Test(arguments: ["ACS3-HMAC-SM3", "ACS3-RSA-SHA256"])
    func `the other algorithms are refused by name`(_ algorithm: String) throws {
        let request = authorized("\(algorithm) Credential=testid,SignedHeaders=host,Signature=00")
        #expect(ACS3Signature.isMeant(request.head))
        #expect(throws: SigningFault.unknownAlgorithm(algorithm)) { try ACS3Signature.read(request) }
    }

    @Test(arguments: [
        ("ACS3-HMAC-SHA256", "it names no Credential"),
        ("ACS3-HMAC-SHA256 SignedHeaders=host,Signature=00", "it names no Credential"),
        ("ACS3-HMAC-SHA256 Credential=a,Signature=00", "it names no SignedHeaders"),
        ("ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host", "it names no Signature"),
        ("ACS3-HMAC-SHA256 Credential=a,Credential=b", "it names Credential twice"),
        ("ACS3-HMAC-SHA256 Credential", "'Credential' is no member"),
        (
            "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=Host,Signature=0",
            "the names in SignedHeaders are in lower case"
        ),
        (
            "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host;host,Signature=0",
            "SignedHeaders names a header twice"
        ),
    ])
    func `a malformed Authorization says what is wrong with it`(_ text: String, _ reason: String) {
        #expect(throws: SigningFault.malformedAuthorization(reason)) {
            try ACS3Signature.read(authorized(text))
        }
    }

    @Test func `a time in another form is refused with what stands there`() {
        let request = changed("x-acs-date", to: "Mon, 23 Nov 2026 15:49:52 GMT")
        #expect(
            throws: SigningFault.malformedTime(place: "x-acs-date", value: "Mon, 23 Nov 2026 15:49:52 GMT")
        ) { try ACS3Signature.read(request) }
    }

    @Test func `what is signed here is read here`() throws {
        let key = SigningKey(id: "me", secret: "s")
        let time = try #require(Timestamp(rfc3339: "2026-11-23T15:49:52Z"))
        let bare = Captured.request(
            "POST /?b=2&a=%2B+x",
            [
                ("Host", "h:1"), ("X-Acs-Action", "A"), ("x-acs-version", "2019-03-15"),
                ("Content-Type", "application/json"),
            ], body: "{\"k\":1}")
        let request = try ACS3Signature.sign(bare, key: key, time: time, nonce: "n")
        let signed = try ACS3Signature.read(request)
        #expect(signed.isSigned(with: "s") && signed.accessKeyID == "me" && signed.time == time)
    }

    private func authorized(_ text: String) -> WebRequest { changed("Authorization", to: text) }

    private func changed(_ name: String, to value: String?) -> WebRequest {
        var request = Captured.acs3Get
        request.head.headers[name] = value
        return request
    }
}
