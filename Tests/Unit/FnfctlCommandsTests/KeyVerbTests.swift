import FlowWebAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct KeyVerbTests {
    private let created = Seen<CreateAccessKey.Params>()

    private func web() -> HandlerTable {
        var table = HandlerTable()
        table.on(CreateAccessKey.self) { (params, _) throws(RPCError) in
            self.created.note(params)
            if params.accessKeyID == "taken" { throw RPCError(.accessKeyAlreadyExists, "it is there") }
            return .with {
                $0.accessKeyID = params.accessKeyID ?? "LTAImade"
                $0.secret = params.secret ?? "made-up-secret"
                $0.role = params.role
                $0.flows = params.flows
            }
        }
        table.on(ListAccessKeys.self) { _, _ in
            .with {
                $0.accessKeys = [
                    .with {
                        $0.accessKeyID = "a"
                        $0.flows = ["Order*", "Greeting"]
                        $0.lastUsedTime = "2026-11-23T09:29:00.000Z"
                    },
                    .with {
                        $0.accessKeyID = "b"
                        $0.role = .admin
                        $0.enabled = false
                    },
                ]
            }
        }
        table.on(EnableAccessKey.self) { params, _ in .with { $0.accessKeyID = params.accessKeyID } }
        table.on(DisableAccessKey.self) { params, _ in
            .with {
                $0.accessKeyID = params.accessKeyID
                $0.enabled = false
            }
        }
        table.on(DeleteAccessKey.self) { (params, _) throws(RPCError) in
            guard params.accessKeyID == "a" else { throw RPCError(.accessKeyNotExists, "there is none") }
            return NoFields()
        }
        return table
    }

    @Test func `create passes role and flows through the administrators' door and prints the secret once`()
        async throws
    {
        let stage = Stage([.flowWeb: web()])
        #expect(
            await stage.run("fnfctl key create --role read --flow Order* --flow Greeting --description shop")
                == .ok)
        #expect(
            created.all
                == [
                    .with {
                        $0.role = .read
                        $0.flows = ["Order*", "Greeting"]
                        $0.description = "shop"
                    }
                ])
        #expect(stage.out.contains("LTAImade") && stage.out.contains("made-up-secret"))
        #expect(stage.err.contains("it is not shown again"))
        #expect(Set(stage.sockets) == ["flow-web-admin.sock"])
        let json = Stage([.flowWeb: web()])
        #expect(await json.run("fnfctl key create -o json") == .ok)
        #expect(json.outJSON?["Secret"] == "made-up-secret" && json.outJSON?["Role"] == "operate")
        let name = Stage([.flowWeb: web()])
        #expect(await name.run("fnfctl key create -o name") == .ok)
        #expect(name.out == "LTAImade\n")
    }

    @Test(arguments: ["given-secret\n", "given-secret", "given-secret\r\nsecond line\n"])
    func `a secret comes from the first line of a file and is never printed`(_ text: String) async throws {
        let file = try TemporaryFile(text)
        for form in ["table", "json", "yaml", "name"] {
            let stage = Stage([.flowWeb: web()])
            #expect(
                await stage.run("fnfctl key create --id me --secret-file \(file.path) --replace -o \(form)")
                    == .ok)
            #expect(!stage.out.contains("given-secret") && !stage.err.contains("given-secret"))
            #expect(stage.out.contains("me"))
        }
        #expect(
            created.all.allSatisfy { $0.secret == "given-secret" && $0.replace && $0.accessKeyID == "me" })
    }

    @Test func `what can't be meant is refused before anything is called`() async throws {
        let empty = try TemporaryFile("\nsecret\n")
        let stage = Stage([.flowWeb: web()])
        #expect(await stage.run("fnfctl key create --secret-file \(empty.path)") == .usage)
        #expect(await stage.run("fnfctl key create --replace") == .usage)
        #expect(await stage.run("fnfctl key create --role owner") == .usage)
        #expect(await stage.run("fnfctl key create --secret s3cret") == .usage)
        #expect(created.all.isEmpty)
        #expect(await stage.run("fnfctl key create --id taken") == .conflict)
        #expect(stage.err.contains("--replace"))
    }

    @Test func `list shows rights, state and last use in every form`() async throws {
        let stage = Stage([.flowWeb: web()])
        #expect(await stage.run("fnfctl key list") == .ok)
        #expect(stage.out.contains("Order* Greeting") && stage.out.contains("never"))
        #expect(stage.out.contains("disabled") && stage.out.contains("all"))
        let names = Stage([.flowWeb: web()])
        #expect(await names.run("fnfctl key list -o name") == .ok)
        #expect(names.out == "a\nb\n")
    }

    @Test func `enable, disable and delete name the key`() async throws {
        let stage = Stage([.flowWeb: web()])
        #expect(await stage.run("fnfctl key disable a") == .ok)
        #expect(stage.out.contains("disabled"))
        #expect(await stage.run("fnfctl key enable a -o json") == .ok)
        #expect(await stage.run("fnfctl key delete a") == .ok)
        #expect(stage.out.contains("access key a deleted"))
        #expect(await stage.run("fnfctl key delete b") == .notFound)
        #expect(stage.err.contains("fnfctl key list"))
    }
}
