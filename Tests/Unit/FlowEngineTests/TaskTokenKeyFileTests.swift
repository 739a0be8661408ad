import FlowModel
import Foundation
import LoopSupport
import Primitives
import Testing

@testable import FlowEngine

@Suite struct TaskTokenKeyFileTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/token.key" }

    init() throws { folder = try TemporaryFolder() }

    private func token(_ keys: TaskTokenKeys) -> String {
        keys.mint(execution: 1).token(flow: "F", execution: "e", scheduledEventID: 2)
    }

    @Test func `the first start makes a key that only its owner reads, later starts use it`() throws {
        let first = try TaskTokenKeyFile.open(in: folder.path, world: LiveWorld())
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let second = try TaskTokenKeyFile.open(in: folder.path, world: LiveWorld())
        #expect(token(first) == token(second))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["token.key"])
    }

    @Test func `two engines do not share a key`() throws {
        let other = try TemporaryFolder()
        let keys = try [folder, other].map { try TaskTokenKeyFile.open(in: $0.path, world: LiveWorld()) }
        #expect(token(keys[0]) != token(keys[1]))
    }

    @Test func `a draft that a crash left behind is replaced`() throws {
        try Data("half".utf8).write(to: URL(fileURLWithPath: "\(path).part"))
        _ = try TaskTokenKeyFile.open(in: folder.path, world: LiveWorld())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["token.key"])
    }

    @Test func `after a rotation new tokens use the new key and old ones are accepted`() throws {
        let old = try TaskTokenKeyFile.open(in: folder.path, world: LiveWorld())
        let oldLine = try String(contentsOfFile: path, encoding: .utf8)
        let newLine = "k2 \(Base64URL.encode(Array(repeating: 9, count: 32))) # rotated\n"
        let rotated = try TaskTokenKeyFile.parse("# keys\n" + newLine + oldLine, path)
        #expect(try TaskToken(text: token(rotated)).keyID == "k2")
        #expect(rotated.isGenuine(try TaskToken(text: token(old)), execution: 1))
    }

    @Test(arguments: ["", "# nothing\n", "k1\n", "k1 short\n", "k 1 x\n"])
    func `a file that holds no key is refused with its path`(_ text: String) throws {
        let error = #expect(throws: TaskTokenKeyFile.Fault.self) { try TaskTokenKeyFile.parse(text, path) }
        #expect(error?.description.contains(path) == true)
    }

    @Test func `a key that others may read is refused`() throws {
        _ = try TaskTokenKeyFile.open(in: folder.path, world: LiveWorld())
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let error = #expect(throws: TaskTokenKeyFile.Fault.self) {
            try TaskTokenKeyFile.open(in: folder.path, world: LiveWorld())
        }
        #expect(error?.description.contains("chmod 600") == true)
    }
}
