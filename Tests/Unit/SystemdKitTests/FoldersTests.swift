import Glibc
import SystemdKit
import Testing

@Suite struct FoldersTests {
    private func environment(_ values: [String: String]) -> EnvironmentLookup {
        { values[$0] }
    }

    @Test func `the state folder is the one that systemd names`() throws {
        let scratch = try Scratch()
        let state = try StateDirectory(environment: environment(["STATE_DIRECTORY": scratch.path]))
        #expect(state.file("order-store.sqlite") == "\(scratch.path)/order-store.sqlite")
        let list = try StateDirectory(environment: environment(["STATE_DIRECTORY": "\(scratch.path):/other"]))
        #expect(list.path == scratch.path)
    }

    @Test func `a state folder that can not be used is refused with the reason`() throws {
        let scratch = try Scratch()
        let file = try scratch.write("file", [])
        #expect(throws: HostingError.self) { try StateDirectory(environment: environment([:])) }
        let cases = [(file, "not a folder"), ("\(scratch.path)/none", "does not exist")]
        for (path, reason) in cases {
            let error = #expect(throws: HostingError.self) {
                try StateDirectory(environment: environment(["STATE_DIRECTORY": path]))
            }
            #expect("\(try #require(error))".contains(reason))
        }
    }

    @Test func `sockets and configuration have their places by default`() throws {
        let standard = RuntimeEnvironment(environment: environment([:]))
        #expect(try standard.socketPath("flow-engine.sock") == "/run/fnf/flow-engine.sock")
        #expect(standard.configurationPath("flow-engine.yaml") == "/etc/fnf/flow-engine.yaml")
        let own = RuntimeEnvironment(
            environment: environment(["FNF_RUNTIME_DIR": "/tmp/x/", "FNF_CONFIG_DIR": "/tmp/y"]))
        #expect(try own.socketPath("a.sock") == "/tmp/x/a.sock")
        #expect(own.configurationFolder == "/tmp/y")
    }

    @Test func `a socket path may have 107 bytes and no more`() throws {
        let folder = "/" + String(repeating: "x", count: 99)
        let runtime = RuntimeEnvironment(environment: environment(["FNF_RUNTIME_DIR": folder]))
        #expect(try runtime.socketPath("ab.sck").utf8.count == 107)
        #expect(
            throws: HostingError.socketPathTooLong(path: "\(folder)/ab.sock", bytes: 108, bytesMax: 107)
        ) { try runtime.socketPath("ab.sock") }
    }

    @Test func `a credential is read whole and within its limit`() throws {
        let scratch = try Scratch()
        let path = try scratch.write("api-key", Array("secret\n".utf8))
        let credentials = Credentials(environment: environment(["CREDENTIALS_DIRECTORY": scratch.path]))
        #expect(try credentials.bytes("api-key") == Array("secret\n".utf8))
        #expect(try credentials.text("api-key") == "secret")
        #expect(try credentials.bytes("api-key", bytesMax: 7).count == 7)
        #expect(throws: CredentialsError.tooLarge(path: path, bytesMax: 6)) {
            try credentials.bytes("api-key", bytesMax: 6)
        }
    }

    @Test func `a credential that is not there names the line of the unit`() throws {
        let scratch = try Scratch()
        let credentials = Credentials(environment: environment(["CREDENTIALS_DIRECTORY": scratch.path]))
        try scratch.write("bytes", [0xff, 0xfe])
        #expect(throws: CredentialsError.notFound(path: "\(scratch.path)/key")) {
            try credentials.text("key")
        }
        #expect(throws: CredentialsError.notText(path: "\(scratch.path)/bytes")) {
            try credentials.text("bytes")
        }
        #expect(throws: CredentialsError.unreadable(path: "\(scratch.path)/folder", errno: EISDIR)) {
            mkdir("\(scratch.path)/folder", 0o700)
            return try credentials.bytes("folder")
        }
        for name in ["../shadow", "", ".hidden"] {
            #expect(throws: CredentialsError.invalidName(name)) { try credentials.text(name) }
        }
        #expect(throws: CredentialsError.noFolder(name: "key")) {
            try Credentials(environment: environment([:])).text("key")
        }
        #expect("\(CredentialsError.noFolder(name: "key"))".contains("LoadCredential=key:"))
    }
}
