import FlowWebAPI
import Foundation
import GRDB
import LoopSupport
import Primitives
import RPCProtocol
import RequestSigning
import ServiceLedger
import Testing

@testable import FlowWeb

@Suite(.timeLimit(.minutes(1)))
struct AccessKeyTests {
    @Test func `ids and secrets are made up in the cloud's shape, each another`() async throws {
        let house = try Gatehouse()
        let first = try await house.create(nil, secret: nil)
        let second = try await house.create(nil, secret: nil)
        for key in [first, second] {
            #expect(key.accessKeyID.hasPrefix("LTAI") && key.accessKeyID.utf8.count == 24)
            #expect(key.secret.utf8.count == 30)
            #expect(
                (key.accessKeyID + key.secret).utf8.allSatisfy {
                    Character(Unicode.Scalar($0)).isLetter || (48...57).contains($0)
                })
        }
        #expect(first.accessKeyID != second.accessKeyID && first.secret != second.secret)
        let request = house.signed(first.accessKeyID, secret: first.secret)
        #expect(await house.refusal(of: request) == nil)
    }

    @Test func `keys are listed in order, a page at a time, and never with a secret`() async throws {
        let house = try Gatehouse()
        for id in ["c", "a", "b"] { try await house.create(id, secret: "the-secret-of-\(id)") }
        let page = try await house.admin.call(ListAccessKeys.self, .with { $0.limit = 2 })
        #expect(page.accessKeys.map(\.accessKeyID) == ["a", "b"] && page.nextToken == "c")
        let rest = try await house.admin.call(ListAccessKeys.self, .with { $0.nextToken = "c" })
        #expect(rest.accessKeys.map(\.accessKeyID) == ["c"] && rest.nextToken == nil)
        #expect(!page.wire.text.contains("secret"))
        for limit: Int64 in [0, 1001] {
            let error = await refusal {
                try await house.admin.call(ListAccessKeys.self, .with { $0.limit = limit })
            }
            #expect(error?.name == .invalidAccessKey)
        }
    }

    @Test func `keys survive a kill with role, flows and state`() async throws {
        let house = try Gatehouse()
        try await house.create("me", role: .admin, flows: ["Order*", "Greeting"])
        try await house.create("off")
        _ = try await house.admin.call(DisableAccessKey.self, .with { $0.accessKeyID = "off" })
        let next = try house.afterKill()
        #expect(try await next.keys() == house.keys())
        #expect(try await next.desk.admit(next.signed(nonce: "x")).flows == ["Order*", "Greeting"])
        #expect(await next.refusal(of: next.signed("off")) == .disabledKey("off"))
    }

    @Test func `a key is made once unless it is to be replaced, and then the old secret is dead`()
        async throws
    {
        let house = try Gatehouse()
        try await house.create("me", secret: "old-secret")
        #expect(
            await refusal { try await house.create("me", secret: "new-secret") }?.name
                == .accessKeyAlreadyExists)
        // A caller that lost the answer may ask again.
        let repeated = try await house.create("me", secret: "old-secret")
        #expect(repeated.accessKeyID == "me")
        #expect(
            await refusal { try await house.create("me", secret: "old-secret", role: .admin) }?.name
                == .accessKeyAlreadyExists)
        #expect(await house.refusal(of: house.signed(secret: "old-secret")) == nil)
        _ = try await house.admin.call(DisableAccessKey.self, .with { $0.accessKeyID = "me" })
        try await house.create("me", secret: "new-secret", role: .read, replace: true)
        #expect(await house.refusal(of: house.signed(secret: "new-secret")) == nil)
        let old = house.signed(secret: "old-secret")
        #expect(await house.refusal(of: old) == .signatureMismatch(stringToSign: old.stringToSign))
        #expect(try await house.keys().map(\.role) == [.read])
    }

    @Test func `a nonce stays used when its key is replaced, or deleted and made again`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        let request = house.signed()
        #expect(await house.refusal(of: request) == nil)
        try await house.create("me", replace: true)
        #expect(await house.refusal(of: request) == .nonceUsed)
        _ = try await house.admin.call(DeleteAccessKey.self, .with { $0.accessKeyID = "me" })
        try await house.create("me")
        #expect(await house.refusal(of: request) == .nonceUsed)
    }

    @Test func `verbs on a key that is not there say so`() async throws {
        let house = try Gatehouse()
        let calls: [() async throws -> Void] = [
            { _ = try await house.admin.call(EnableAccessKey.self, .with { $0.accessKeyID = "no" }) },
            { _ = try await house.admin.call(DisableAccessKey.self, .with { $0.accessKeyID = "no" }) },
            { _ = try await house.admin.call(DeleteAccessKey.self, .with { $0.accessKeyID = "no" }) },
        ]
        for call in calls {
            let error = await refusal(call)
            #expect(error?.name == .accessKeyNotExists)
            #expect(error?.message == "there is no access key no; fnfctl key list shows them")
        }
    }

    @Test(arguments: [
        ("", "s", ["*"]), ("a b", "s", ["*"]), ("a:b", "s", ["*"]), ("é", "s", ["*"]),
        ("a", "", ["*"]), ("a", "s p", ["*"]), ("a", "sé", ["*"]), ("a", "s\n", ["*"]),
        ("a", "s", ["Order *"]), ("a", "s", [""]), ("a", "s", ["Order?"]),
        ("a", "s", Array(repeating: "*", count: 33)),
    ])
    func `what no key can have is refused`(_ id: String, _ secret: String, _ flows: [String]) async throws {
        let house = try Gatehouse()
        let error = await refusal { try await house.create(id, secret: secret, flows: flows) }
        #expect(error?.name == .invalidAccessKey)
        #expect(try await house.keys().isEmpty)
    }

    @Test func `keys are bounded, and one that is there can still be replaced`() async throws {
        let house = try Gatehouse { $0.keysMax = 2 }
        try await house.create("a")
        try await house.create("b")
        #expect(await refusal { try await house.create("c") }?.name == .accessKeyNumExceededLimit)
        try await house.create("b", replace: true)
    }

    @Test func `only the administrator's door has them`() async throws {
        let house = try Gatehouse()
        let error = await refusal { try await house.client.call(ListAccessKeys.self, .init()) }
        #expect(error?.name == .accessDenied)
    }

    @Test func `the last use is seen at once and on disk within a minute`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        #expect(try await house.keys().first?.lastUsedTime == nil)
        for _ in 1...5 { #expect(await house.refusal(of: house.signed()) == nil) }
        let used = house.loop.now.description
        #expect(try await house.keys().first?.lastUsedTime == used)
        let commits = house.desk.store.commits
        await house.loop.advance(by: .seconds(60))
        await house.loop.until { house.desk.store.commits == commits + 1 }
        #expect(try await house.afterKill().keys().first?.lastUsedTime == used)
    }

    @Test func `an orderly end writes the last use down`() async throws {
        let house = try Gatehouse()
        try await house.create("me")
        #expect(await house.refusal(of: house.signed()) == nil)
        await house.desk.close()
        #expect(try await house.afterKill().keys().first?.lastUsedTime == house.loop.now.description)
    }

    @Test(arguments: [
        ("Order*", "OrderDemo", true), ("Order*", "order", false), ("*", "", true),
        ("*Demo", "OrderDemo", true),
        ("a*b*c", "aXbXc", true), ("a*b*c", "aXbX", false), ("Order", "OrderDemo", false),
        ("*a*a*a*a*a*a*a*b", String(repeating: "a", count: 128), false),
    ])
    func `patterns of flows match whole names`(_ pattern: String, _ name: String, _ isMatch: Bool) {
        let grant = AccessGrant(accessKeyID: "a", role: .read, flows: ["Nothing", pattern])
        #expect(grant.mayTouch(flow: name) == isMatch)
        #expect(AccessGrant(accessKeyID: "a", role: .read).mayTouch(flow: name))
    }

    @Test func `each role may call what those before it may`() {
        func calls(_ role: AccessGrant.Role) -> [Bool] {
            [RPCRole.read, .operate, .admin, .service, .task].map {
                AccessGrant(accessKeyID: "a", role: role).mayCall([$0])
            }
        }
        #expect(calls(.read) == [true, false, false, false, false])
        #expect(calls(.operate) == [true, true, false, false, false])
        #expect(calls(.admin) == [true, true, true, false, false])
    }
}
