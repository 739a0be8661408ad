import FlowWebAPI
import Foundation
import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import RequestSigning
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct CredentialTests {
    private let other = Array(repeating: UInt8(8), count: 32)

    @Test func `no file of the folder holds a secret`() async throws {
        let house = try Gatehouse()
        let secret = "a-secret-that-is-easily-found"
        try await house.create("me", secret: secret)
        try await house.create("me", secret: secret + "2", replace: true)
        #expect(await house.refusal(of: house.signed(secret: secret + "2")) == nil)
        let files = try Files.bytes(in: house.folder.path)
        #expect(
            files.contains {
                $0.name.hasPrefix("flow-web.sqlite") && $0.bytes.range(of: Data("me".utf8)) != nil
            })
        for file in files {
            #expect(file.bytes.range(of: Data(secret.utf8)) == nil, "\(file.name)")
            #expect(file.bytes.range(of: Data(Base64.encode(Array(secret.utf8)).utf8)) == nil, "\(file.name)")
        }
    }

    @Test func `another credential opens nothing and says the way out`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let fault = #expect(throws: AccessStartFault.self) { try house.afterKill(credential: other) }
        #expect(fault?.description.contains("flow-web-key is not the one") == true)
        #expect(fault?.description.contains("put that one back") == true)
        #expect(await (try house.afterKill()).refusal(of: house.signed(nonce: "x")) == nil)
    }

    @Test func `also when there is no key yet`() async throws {
        let house = try Gatehouse()
        #expect(throws: AccessStartFault.self) { try house.afterKill(credential: other) }
    }

    @Test func `a new key above the former one takes over, and then the former may go`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let both = "# since May\n\(Base64.encode(other))\n\n\(Hex.encode(Gatehouse.credential))\n"
        let middle = try house.afterKill(credential: Array(both.utf8))
        #expect(await middle.refusal(of: middle.signed(nonce: "x")) == nil)
        let after = try middle.afterKill(credential: other)
        #expect(await after.refusal(of: after.signed(nonce: "y")) == nil)
        #expect(throws: AccessStartFault.self) { try middle.afterKill() }
    }

    @Test(arguments: [
        "", "\n", "# nothing\n", "short", "not base64 at all, though it is quite long enough",
        Base64.encode(Array(repeating: 1, count: 31)), Base64.encode(Array(repeating: 1, count: 33)),
    ])
    func `what is no key is refused with the form of one`(_ text: String) {
        let fault = #expect(throws: AccessStartFault.self) { try AccessCredential(Array(text.utf8)) }
        #expect(fault?.description.contains("head -c 32 /dev/urandom | base64") == true)
    }

    @Test func `raw bytes, base64 and hex of the same key are the same`() throws {
        let key = Gatehouse.credential
        let sealed = try AccessCredential(key).seal("s", place: "p", nonce: Array(repeating: 0, count: 12))
        for text in ["\(Base64.encode(key))\n", "  \(Hex.encode(key))", Hex.encode(key).uppercased()] {
            #expect(try AccessCredential(Array(text.utf8)).open(sealed, place: "p")?.text == "s")
        }
        #expect(try AccessCredential(key).open(sealed, place: "q") == nil)
    }

    @Test(arguments: ["role = 'admin'", "flows = '*'", "id = 'her'"])
    func `who can only write the database gives no key other rights`(_ change: String) async throws {
        let house = try Gatehouse()
        try await house.create("me", role: .read, flows: ["Order*"])
        let image = try house.folder.crashImage()
        let queue = try DatabaseQueue(path: "\(image.path)/flow-web.sqlite")
        try await queue.write { try $0.execute(sql: "UPDATE access_keys SET \(change)") }
        try queue.close()
        let next = try Gatehouse(folder: image, loop: house.loop)
        let id = try #require(try await next.keys().first?.accessKeyID)
        guard case .unavailable(let reason) = await next.refusal(of: next.signed(id)) else {
            Issue.record("a changed row lets in")
            return
        }
        #expect(reason == "the secret of the access key \(id) can't be read; create the key again")
        _ = try await next.create(id, replace: true)
        #expect(await next.refusal(of: next.signed(id)) == nil)
    }

    @Test func `the roles of the contract are those of the gate`() {
        #expect(AccessKeyRole.allCases.map(\.rawValue) == AccessGrant.Role.allCases.map(\.rawValue))
    }
}
