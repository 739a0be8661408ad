import FlowWebAPI
import Foundation
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FnfctlCommands

@Suite struct SignInVerbTests {
    private let asked = Seen<CreateSignInLink.Params>()
    private let ended = Seen<String>()

    private func web(addresses: [String] = ["http://127.0.0.1:8080", "https://10.0.0.5:8443"]) -> HandlerTable
    {
        var table = HandlerTable()
        table.on(CreateSignInLink.self) { params, _ in
            self.asked.note(params)
            return .with {
                $0.path = "/signin/0123"
                $0.addresses = addresses
                $0.role = params.role
                $0.expiresTime = "2026-11-23T09:35:00.000Z"
            }
        }
        table.on(ListSessions.self) { _, _ in
            let left = ["aaaaaaaaaaaa", "bbbbbbbbbbbb"].filter { !self.ended.all.contains($0) }
            return .with {
                $0.sessions = left.map { id in
                    .with {
                        $0.sessionID = id
                        $0.name = "li"
                        $0.role = .operate
                        $0.accessKeyID = id.hasPrefix("a") ? "li" : nil
                        $0.createdTime = "2026-11-23T09:20:00.000Z"
                        $0.lastSeenTime = "2026-11-23T09:29:30.000Z"
                        $0.expiresTime = "2026-11-23T21:20:00.000Z"
                    }
                }
            }
        }
        table.on(EndSession.self) { (params, _) throws(RPCError) in
            guard ["aaaaaaaaaaaa", "bbbbbbbbbbbb"].contains(params.sessionID) else {
                throw RPCError(.sessionNotExists, "there is no such session")
            }
            self.ended.note(params.sessionID)
            return NoFields()
        }
        return table
    }

    @Test func `ui prints the link alone, made through the administrators' door for who asks`() async {
        let stage = Stage([.flowWeb: web()], environment: ["USER": "li"])
        #expect(await stage.run("fnfctl ui") == .ok)
        #expect(stage.out == "http://127.0.0.1:8080/signin/0123\n")
        #expect(stage.err.contains("once") && stage.err.contains("in 5 min"))
        #expect(stage.sockets == ["flow-web-admin.sock"])
        #expect(
            await stage.run("fnfctl ui --role read --flow Order* --for 90s --name 'the night shift'") == .ok)
        #expect(
            asked.all == [
                .with { $0.name = "li" },
                .with {
                    $0.role = .read
                    $0.flows = ["Order*"]
                    $0.lifetimeSeconds = 90
                    $0.name = "the night shift"
                },
            ])
        let json = Stage([.flowWeb: web()])
        #expect(await json.run("fnfctl ui -o json") == .ok)
        #expect(json.outJSON?["Url"] == "http://127.0.0.1:8080/signin/0123")
    }

    @Test(arguments: [
        ("https://fnf.example.com", "https://fnf.example.com/signin/0123\n"),
        ("https://fnf.example.com/", "https://fnf.example.com/signin/0123\n"),
        ("http://[::1]:8080", "http://[::1]:8080/signin/0123\n"),
    ])
    func `another address is for a proxy before it`(_ address: String, _ url: String) async {
        let stage = Stage([.flowWeb: web(addresses: [])])
        #expect(await stage.run("fnfctl ui --address \(address)") == .ok)
        #expect(stage.out == url)
    }

    @Test(arguments: ["fnf.example.com", "ftp://a", "https://", "https://a/b", "https://a?b", "https://u@a"])
    func `what is no address is refused`(_ address: String) async {
        let stage = Stage([.flowWeb: web()])
        #expect(await stage.run("fnfctl ui --address \(address)") == .usage)
        #expect(asked.all.isEmpty)
    }

    @Test func `without a listener there is no link, and the way out is said`() async {
        let stage = Stage([.flowWeb: web(addresses: [])])
        #expect(await stage.run("fnfctl ui") == .unreachable)
        #expect(stage.out.isEmpty && stage.err.contains("fnf-flow-web-http.socket"))
    }

    @Test func `open starts the browser where there is one, and never with the link as an argument`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ui-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let launched = Seen<[String]>()
        let desktop = ["DISPLAY": ":0", "XDG_RUNTIME_DIR": folder.path]
        for (environment, terminal) in [
            (desktop, Terminal.plain),
            (["XDG_RUNTIME_DIR": folder.path], Terminal(columns: 80, hasColours: false)),
            (desktop, Terminal(columns: 80, hasColours: false)),
        ] {
            let stage = Stage([.flowWeb: web()], environment: environment, terminal: terminal)
            var session = stage.session
            session.launch = { arguments in
                launched.note(arguments)
                return true
            }
            #expect(await Program.run(["ui", "--open"], in: session) == .ok)
            #expect(stage.err.contains("no display") == launched.all.isEmpty)
        }
        #expect(launched.all == [["xdg-open", "\(folder.path)/fnf-ui.html"]])
        let file = folder.appendingPathComponent("fnf-ui.html")
        #expect(
            try String(contentsOf: file, encoding: .utf8).contains("url=http://127.0.0.1:8080/signin/0123"))
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `sessions are listed and ended by their ids, or all`() async {
        let stage = Stage([.flowWeb: web()])
        #expect(await stage.run("fnfctl session list") == .ok)
        for text in ["aaaaaaaaaaaa", "operate", "access key", "link", "30 s ago", "in 11 h 50 min"] {
            #expect(stage.out.contains(text), "\(text)")
        }
        #expect(await stage.run("fnfctl session end aaaaaaaaaaaa") == .ok)
        #expect(stage.out.contains("session aaaaaaaaaaaa ended"))
        #expect(await stage.run("fnfctl session end cccccccccccc") == .notFound)
        #expect(stage.err.contains("fnfctl session list"))
        #expect(await stage.run("fnfctl session end --all") == .ok)
        #expect(ended.all == ["aaaaaaaaaaaa", "bbbbbbbbbbbb"])
        #expect(await stage.run("fnfctl session end") == .usage)
        #expect(await stage.run("fnfctl session end aaaaaaaaaaaa --all") == .usage)
        let none = Stage([.flowWeb: web()])
        #expect(await none.run("fnfctl session list") == .ok)
        #expect(none.out.contains("nobody is signed in"))
    }
}
