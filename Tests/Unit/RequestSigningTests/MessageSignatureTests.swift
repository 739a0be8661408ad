import HTTPMessage
import Primitives
import RequestSigning
import Testing

struct MessageSignatureTests {
    @Test(arguments: Captured.messages)
    func `each captured request is signed by its secret and by no other`(_ head: WebHead) throws {
        let signed = try MessageSignature.read(head)
        #expect(signed.isSigned(with: "testsecret") && !signed.isSigned(with: "testsecret&"))
        #expect(signed.scheme == .mns && signed.accessKeyID == "testid" && signed.nonce == nil)
    }

    @Test func `the captured strings to sign come out byte for byte`() throws {
        #expect(
            MessageSignature.stringToSign(Captured.createQueue)
                == "PUT\nYTgxYzcyZWE1YWNiNWI3MDg3ZmI5YmM3ZmEyNmJjYjU=\ntext/xml;charset=UTF-8\n"
                + "Mon, 23 Nov 2026 15:49:52 GMT\nx-mns-version:2015-06-06\n/queues/payment-queue-fnf-demo")
        #expect(
            MessageSignature.stringToSign(Captured.receive)
                == "GET\n\n\nMon, 23 Nov 2026 15:49:52 GMT\nx-mns-version:2015-06-06\n"
                + "/queues/payment-queue-fnf-demo/messages?waitseconds=30")
    }

    @Test func `all message headers are signed in the order of their names, the query as it came`() throws {
        let head = Captured.request(
            "GET /topics?b=2&a=%7e",
            [("X-Mns-Ret-Number", "2"), ("x-mns-marker", "m"), ("Date", "d"), ("x-mnsx", "other")]
        ).head
        #expect(
            MessageSignature.stringToSign(head)
                == "GET\n\n\nd\nx-mns-marker:m\nx-mns-ret-number:2\n/topics?b=2&a=%7e")
        var changed = Captured.receive
        changed.query = "waitseconds=3"
        #expect(try !MessageSignature.read(changed).isSigned(with: Captured.secret))
    }

    @Test func `what is missing or malformed is said`() {
        func fault(_ authorization: String?, date: String? = "Mon, 23 Nov 2026 15:49:52 GMT") -> SigningFault?
        {
            var head = Captured.receive
            head.headers["Authorization"] = authorization
            head.headers["Date"] = date
            do {
                _ = try MessageSignature.read(head)
                return nil
            } catch { return error }
        }
        let form = SigningFault.malformedAuthorization("it is not 'MNS <AccessKeyId>:<signature>'")
        #expect(fault(nil) == .missingHeader("Authorization"))
        #expect(fault("Basic dTpw") == .unknownAlgorithm("Basic"))
        for text in ["MNS", "MNS ", "MNS testid", "MNS :c2ln", "MNS testid:"] { #expect(fault(text) == form) }
        #expect(fault("MNS a:c2ln", date: nil) == .missingHeader("Date"))
        #expect(
            fault("MNS a:c2ln", date: "2026-11-23T15:49:52Z")
                == .malformedTime(place: "Date", value: "2026-11-23T15:49:52Z"))
        #expect(fault("MNS a:c2ln") == nil)
    }

    @Test func `what is signed here is read here`() throws {
        let time = try #require(Timestamp(rfc3339: "2026-11-23T15:49:52Z"))
        let head = Captured.request("POST /queues/q/messages", [("x-mns-version", "2015-06-06")]).head
        let signed = try MessageSignature.read(
            MessageSignature.sign(head, key: SigningKey(id: "me", secret: "s"), time: time))
        #expect(signed.isSigned(with: "s") && signed.accessKeyID == "me" && signed.time == time)
    }
}
