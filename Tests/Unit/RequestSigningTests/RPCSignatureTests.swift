import HTTPMessage
import Primitives
import RequestSigning
import Testing

struct RPCSignatureTests {
    private let key = SigningKey(id: "me", secret: "s3cret")
    private let time = Timestamp(rfc3339: "2026-11-23T15:49:52Z")

    @Test(arguments: Captured.rpc)
    func `each captured request is signed by its secret and by no other`(_ request: WebRequest) throws {
        let signed = try RPCSignature.read(request)
        #expect(signed.isSigned(with: "testsecret"))
        #expect(!signed.isSigned(with: "testsecreT"))
        #expect(!signed.isSigned(with: ""))
        #expect(signed.scheme == .rpc1 && signed.accessKeyID == "testid" && signed.time == time)
    }

    @Test func `the captured string to sign comes out byte for byte`() throws {
        #expect(
            try RPCSignature.read(Captured.createFlow).stringToSign
                == "POST&%2F&AccessKeyId%3Dtestid%26Action%3DCreateFlow%26Definition%3Dtype%253A%2520flow%250A"
                + "version%253A%2520v1%250Asteps%253A%250A%2520%2520-%2520type%253A%2520pass%250A%2520%2520"
                + "%2520%2520name%253A%2520a%250A%26Description%3D%25E4%25BD%25A0%25E5%25A5%25BD%2520a%252Bb"
                + "%2520~%252A%2527%26Format%3DJSON%26Name%3Ddemo%26RegionId%3Dcn-hangzhou%26SignatureMethod"
                + "%3DHMAC-SHA1%26SignatureNonce%3Dfd05a3c14f83eadd8ebf322e68faeaa0%26SignatureType%3D%26"
                + "SignatureVersion%3D1.0%26Timestamp%3D2026-11-23T15%253A49%253A52Z%26Type%3DFDL%26Version"
                + "%3D2019-03-15")
        #expect(
            try RPCSignature.read(Captured.reportInQuery).stringToSign.contains(
                "TaskToken%3DdjEjYQ%252B%252F%253D%253D%26Timestamp"))
    }

    @Test func `the string to sign holds no raw colon, so a library finds it behind the message's first one`()
        throws
    {
        for request in Captured.rpc {
            #expect(try !RPCSignature.read(request).stringToSign.contains(":"))
        }
    }

    @Test func `any changed byte of a parameter fails the check`() throws {
        var request = Captured.teaPost
        request.body = Array(
            String(decoding: request.body, as: UTF8.self).replacing("FlowName=demo", with: "FlowName=demp")
                .utf8)
        #expect(try !RPCSignature.read(request).isSigned(with: Captured.secret))
        var get = Captured.rpc[3]
        get.head.method = "DELETE"
        #expect(try !RPCSignature.read(get).isSigned(with: Captured.secret))
    }

    @Test func `it does not matter where a parameter stands and how it is written`() throws {
        var moved = Captured.teaPost
        moved.head.query = (moved.head.query ?? "") + "&" + String(decoding: moved.body, as: UTF8.self)
        moved.body = []
        #expect(try RPCSignature.read(moved).isSigned(with: Captured.secret))
        var written = Captured.teaPost
        written.body = Array("Input=%7b%22k%22%3a%20%22v%20%2b%22%7d&FlowName=%64emo&ExecutionName=e2".utf8)
        #expect(try RPCSignature.read(written).isSigned(with: Captured.secret))
        var typed = Captured.teaPost
        typed.head.headers["Content-Type"] = "Application/X-WWW-Form-Urlencoded; charset=utf-8"
        #expect(try RPCSignature.read(typed).isSigned(with: Captured.secret))
    }

    @Test func `a body that is no form is not among the parameters`() throws {
        var request = Captured.teaPost
        request.head.headers["Content-Type"] = "application/json"
        let parameters = try RequestParameters.of(request)
        #expect(parameters["FlowName"] == nil && parameters["Action"] == "StartExecution")
    }

    @Test func `where query and form name the same parameter the form's counts, for the signature too`()
        throws
    {
        let signed = try sign("POST", [("Action", "A"), ("Name", "in the form")])
        var pairs = signed.pairs.filter { $0.name != "Name" }.map { ($0.name, $0.value) }
        pairs.append(("Name", "in the query"))
        let request = Captured.form(
            "POST /?\(RequestParameters.canonical(FormParameters(pairs)))", body: "Name=in+the+form")
        #expect(try RPCSignature.read(request).isSigned(with: key.secret))
        #expect(
            try RequestParameters.of(request).pairs.filter { $0.name == "Name" }.map(\.value) == [
                "in the form"
            ])
    }

    @Test func `a parameter that stands twice in one place is refused by name`() {
        let request = Captured.request("GET /?Name=a&Name=b")
        #expect(throws: SigningFault.repeatedParameter("Name")) { try RequestParameters.of(request) }
    }

    @Test(arguments: [
        "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp",
    ])
    func `a missing or empty common parameter is named`(_ name: String) throws {
        var parameters = try RequestParameters.of(Captured.createFlow)
        parameters.remove(name)
        let without = parameters
        #expect(throws: SigningFault.missingParameter(name)) { try RPCSignature.read("POST", without) }
        parameters.add(FormParameters([(name, "")]))
        let empty = parameters
        #expect(throws: SigningFault.missingParameter(name)) { try RPCSignature.read("POST", empty) }
    }

    @Test func `other methods, versions and forms of time are refused with what stands there`() throws {
        func fault(_ name: String, _ value: String) throws -> SigningFault? {
            var parameters = try RequestParameters.of(Captured.createFlow)
            parameters.remove(name)
            parameters.add(FormParameters([(name, value)]))
            do {
                _ = try RPCSignature.read("POST", parameters)
                return nil
            } catch { return error }
        }
        #expect(
            try fault("SignatureMethod", "HMAC-SHA256")
                == .unsupported(parameter: "SignatureMethod", value: "HMAC-SHA256"))
        #expect(
            try fault("SignatureVersion", "2.0") == .unsupported(parameter: "SignatureVersion", value: "2.0"))
        for stamp in [
            "2026-11-23 15:49:52Z", "2026-11-23T15:49:52.000Z", "2026-11-23T15:49:52+00:00", "1795448992",
            "2026-02-30T15:49:52Z", "yesterday",
        ] {
            #expect(try fault("Timestamp", stamp) == .malformedTime(place: "Timestamp", value: stamp))
        }
        #expect(
            try fault("SignatureNonce", String(repeating: "n", count: 129)) == .nonceTooLong(bytesMax: 128))
        #expect(try fault("SignatureMethod", "hmac-sha1") == nil)
    }

    @Test func `a signature that is no base64 is a wrong one`() throws {
        var parameters = try RequestParameters.of(Captured.createFlow)
        parameters.remove("Signature")
        parameters.add(FormParameters([("Signature", "?!")]))
        #expect(try !RPCSignature.read("POST", parameters).isSigned(with: Captured.secret))
    }

    @Test func `what does not decode is refused as a form, not as a signature`() {
        for query in ["Name=%zz", "Name=%ff", "Name=%"] {
            #expect(throws: SigningFault.self) {
                try RequestParameters.of(Captured.request("GET /?\(query)"))
            }
        }
    }

    @Test func `what is signed here is read here, with every byte that a value can hold`() throws {
        let text = String(String.UnicodeScalarView((0..<0x250).compactMap(Unicode.Scalar.init))) + "你好🙂"
        let all = try sign("GET", [("Action", "A"), ("Empty", ""), ("Value", text), ("~*'()", "+ /=%")])
        let request = Captured.request("GET /?\(RequestParameters.canonical(all))")
        let signed = try RPCSignature.read(request)
        #expect(signed.isSigned(with: key.secret) && signed.nonce == "n-1" && signed.time == time)
        #expect(try RequestParameters.of(request)["Value"] == text)
    }

    private func sign(_ method: String, _ pairs: [(String, String)]) throws -> FormParameters {
        var all = FormParameters(pairs)
        all.add(RPCSignature.sign(method, all, key: key, time: try #require(time), nonce: "n-1"))
        return all
    }
}
