import FlowWebAPI
import Glibc
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Integration {
    /// Signing in to the real process, over its own listener.
    @Suite(.serialized) struct SignInTests {
        private let adminPage = "/shop/merchant/suppliers"

        private func run(_ body: (FnfSystem, UInt16) async throws -> Void) async throws {
            var options = FnfSystem.Options()
            options.plan = { $0.listen(at: TCPAddress(port: 0), as: "http", for: "flow-web") }
            try await FnfSystem.run(options) { system in
                for role in [AccessKeyRole.read, .admin] {
                    let create = CreateAccessKey.Params.with {
                        $0.accessKeyID = "key-\(role.rawValue)"
                        $0.secret = "secret-\(role.rawValue)"
                        $0.role = role
                    }
                    _ = try await system.caller(.flowWeb, .admin).call(CreateAccessKey.self, create)
                }
                try await body(system, try #require(system.supervisor.addresses["http"]).port)
            }
        }

        private func fnfctl(_ system: FnfSystem, _ arguments: String...) async throws -> CommandResult {
            let folder = system.supervisor.plan.layout.runtimeFolder
            return try await RunningCommand(
                try BuildProducts.path(of: "fnfctl"), arguments + ["--socket-dir", folder]
            ).result().expecting()
        }

        @Test func `a key signs in to what its role may, and out again; a kill ends no session`() async throws
        {
            try await run { system, port in
                let admin = WebVisitor(port: port)
                let stranger = try admin.get(adminPage)
                #expect(stranger.status == 303, "\(stranger)")
                #expect(stranger.location == "/signin?to=%2Fshop%2Fmerchant%2Fsuppliers")
                let wrong = try admin.signIn("key-admin", "secret-read")
                #expect(wrong.status == 403 && wrong.text.contains("No key lets in with this secret."))
                #expect(admin.jar["fnf_session"] == nil)
                let signedIn = try admin.signIn("key-admin", "secret-admin", to: adminPage)
                #expect(signedIn.status == 303 && signedIn.location == adminPage, "\(signedIn)")
                #expect(
                    signedIn.cookies.count == 1 && signedIn.cookies[0].contains("; HttpOnly; SameSite=Lax"))
                #expect(try admin.get(adminPage).status == 200)
                let reader = WebVisitor(port: port)
                #expect(try reader.signIn("key-read", "secret-read").location == "/console")
                #expect(try reader.get(adminPage).status == 403)

                system.supervisor.kill("flow-web", SIGKILL)
                #expect(try admin.get(adminPage).status == 200)
                #expect(try reader.get(adminPage).status == 403)
                let disable = DisableAccessKey.Params.with { $0.accessKeyID = "key-read" }
                _ = try await system.caller(.flowWeb, .admin).call(DisableAccessKey.self, disable)
                #expect(try reader.get(adminPage).status == 303)

                #expect(try admin.post("/signout", from: adminPage).location == "/signin")
                #expect(admin.jar["fnf_session"] == nil)
                #expect(try admin.get(adminPage).status == 303)
                #expect(try await fnfctl(system, "session", "list", "-o", "name").output.isEmpty)
            }
        }

        @Test func `fnfctl ui prints a link of the listener that signs in once, and session end ends it`()
            async throws
        {
            try await run { system, port in
                let printed = try await fnfctl(system, "ui", "--role", "admin", "--name", "li", "-o", "name")
                    .output
                let origin = "http://127.0.0.1:\(port)"
                let url = printed.split(separator: "\n").joined()
                #expect(url.hasPrefix("\(origin)/signin/"), "\(printed)")
                let path = String(url.dropFirst(origin.count))
                let visitor = WebVisitor(port: port)
                #expect(try visitor.get(path).text.contains("Sign in as li?"))
                #expect(try visitor.post(path, from: path).location == "/console")
                #expect(try visitor.get(adminPage).status == 200)
                let late = WebVisitor(port: port)
                #expect(try late.get(path).status == 404)
                #expect(try late.post(path, from: "/signin").status == 404)
                let id = try await fnfctl(system, "session", "list", "-o", "name").output
                _ = try await fnfctl(system, "session", "end", String(id.prefix(12)))
                #expect(try visitor.get(adminPage).status == 303)
            }
        }

        @Test func `behind a proxy that ends TLS the cookies are for TLS only`() async throws {
            try await run { _, port in
                let visitor = WebVisitor(port: port, headers: "X-Forwarded-Proto: https\r\n")
                let cookies =
                    try visitor.get("/signin").cookies
                    + visitor.signIn("key-admin", "secret-admin").cookies
                #expect(cookies.count == 2 && cookies.allSatisfy { $0.contains("; Secure") }, "\(cookies)")
                #expect(try visitor.get(adminPage).status == 200)
            }
        }
    }
}
