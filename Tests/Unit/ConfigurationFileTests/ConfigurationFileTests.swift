import ConfigurationFile
import Glibc
import Primitives
import Testing

private enum Mode: String, CaseIterable { case refuse, full }

@Suite struct ConfigurationFileTests {
    private func reader(_ text: String) throws -> ConfigurationReader {
        ConfigurationReader(try ConfigurationFile.parse(text, file: "t.yaml"))
    }

    private func problems(_ text: String, _ body: (ConfigurationReader) -> Void) throws -> [String] {
        let reader = try reader(text)
        body(reader)
        do throws(ConfigurationFault) { try reader.finish() } catch {
            return error.problems.map(\.description)
        }
        return []
    }

    @Test func `typed values are read and missing ones keep their defaults`() throws {
        let reader = try reader(
            """
            logLevel: debug
            idleExitSeconds: 300
            discounts:
              zhifubao: "0.8"
              weixin: 0.90
            methods: [a, b]
            rules:
              - name: first
                on: true
            """)
        #expect(reader.string("logLevel", default: "info") == "debug")
        #expect(reader.integer("idleExitSeconds", default: 0) == 300)
        #expect(reader.integer("other", default: 7) == 7)
        let discounts = reader.section("discounts")
        #expect(discounts.freeKeys() == ["zhifubao", "weixin"])
        #expect(discounts.optionalDecimal("weixin") == DecimalNumber("0.9"))
        #expect(reader.strings("methods") == ["a", "b"])
        #expect(reader.sections("rules").map { $0.requiredString("name") } == ["first"])
        #expect(reader.sections("rules").map { $0.boolean("on", default: false) } == [true])
        #expect(reader.section("absent").boolean("x", default: true))
        #expect(reader.word("mode", default: Mode.refuse) == .refuse)
    }

    @Test func `all problems are told at once, each with place, path and way out`() throws {
        let found = try problems(
            """
            idleExitSecond: 5
            frameBytesMax: lots
            limit: 99
            mode: ful
            rules:
              - nam: x
            """
        ) { reader in
            _ = reader.integer("idleExitSeconds", default: 0)
            _ = reader.integer("frameBytesMax", default: 1)
            _ = reader.integer("limit", default: 1, in: 1...10)
            _ = reader.word("mode", default: Mode.refuse)
            for rule in reader.sections("rules") { _ = rule.requiredString("name") }
        }
        #expect(
            found == [
                "t.yaml:1:1: idleExitSecond: is not a known key; did you mean idleExitSeconds?",
                "t.yaml:2:16: frameBytesMax: expected an integer, found a text 'lots'",
                "t.yaml:3:8: limit: 99 is out of range: from 1 to 10",
                "t.yaml:4:7: mode: 'ful' is none of refuse, full; did you mean full?",
                "t.yaml:6:5: rules[0]: the key name is missing; add the line `name: …` to this mapping",
                "t.yaml:6:5: rules[0].nam: is not a known key; did you mean name?",
            ])
    }

    @Test func `a bare number where a text is meant must be quoted`() throws {
        let found = try problems("flow: 12\nname: true") { reader in
            _ = reader.string("flow", default: "")
            _ = reader.optionalString("name")
        }
        #expect(found.first == "t.yaml:1:7: flow: expected a text, found an integer 12; write it in quotes")
        #expect(found.count == 2)
    }

    @Test func `only true and false are booleans`() throws {
        let value = try ConfigurationFile.parse(
            #"[yes, "true", true, ~, 1.5, 1e400, 0x10, 007, -3, .5, inf]"#, file: "t")
        #expect(value.json == ["yes", "true", true, nil, 1.5, "1e400", "0x10", 7, -3, 0.5, "inf"])
    }

    @Test(arguments: [
        ("a: [1", 1...2), ("a: b: c", 1...1), ("a:\n\t- x", 2...2), ("a: 1\na: 2", 1...2),
        ("? [x]\n: 1", 1...1), ("a: *nobody", 1...1),
        ("a: \"x", 1...2),
    ])
    func `bad YAML is a fault with its line`(text: String, lines: ClosedRange<Int>) {
        let fault = #expect(throws: ConfigurationFault.self) {
            try ConfigurationFile.parse(text, file: "bad.yaml")
        }
        let position = fault?.problems.first?.position
        #expect(position?.file == "bad.yaml")
        #expect(lines.contains(position?.line ?? 0))
    }

    @Test func `a document that is no mapping is a fault`() throws {
        #expect(
            try problems("- a") { _ in } == [
                "t.yaml:1:1: expected a mapping, found a list; write it as `key: value` lines"
            ])
        #expect(try problems("# nothing") { _ in }.isEmpty)
    }

    @Test func `aliases that multiply are stopped`() {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        for level in 1...8 {
            text +=
                "a\(level): &a\(level) ["
                + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",") + "]\n"
        }
        #expect(throws: ConfigurationFault.self) { try ConfigurationFile.parse(text, file: "t") }
    }

    @Test func `a missing file says nothing, a folder or a foreign file is a fault`() throws {
        #expect(try ConfigurationFile.load("/tmp/fnf-there-is-no-such-file.yaml").json == [:])
        let fault = #expect(throws: ConfigurationFault.self) { try ConfigurationFile.load("/tmp") }
        #expect(fault?.description.hasPrefix("/tmp: can't be read: Is a directory") == true)
    }

    @Test func `a folder is read in the order of names and tells the problems of all its files`() throws {
        let folder = try temporaryFolder()
        defer { remove(folder) }
        try write("b: 2", to: "\(folder)/20-b.yaml")
        try write("a: 1", to: "\(folder)/10-a.yaml")
        try write("c: [", to: "\(folder)/notes.txt")
        #expect(try ConfigurationFile.loadFolder(folder).map(\.json) == [["a": 1], ["b": 2]])
        try write("x: [", to: "\(folder)/30.yaml")
        try write("x: \"", to: "\(folder)/40.yaml")
        let fault = #expect(throws: ConfigurationFault.self) { try ConfigurationFile.loadFolder(folder) }
        #expect(fault?.problems.map(\.position.file) == ["\(folder)/30.yaml", "\(folder)/40.yaml"])
        #expect(try ConfigurationFile.loadFolder("\(folder)/none").isEmpty)
    }

    private func temporaryFolder() throws -> String {
        var template = Array("/tmp/fnf-conf-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        return String(cString: try #require(made))
    }

    private func write(_ text: String, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    }

    private func remove(_ folder: String) {
        for name in ["10-a.yaml", "20-b.yaml", "30.yaml", "40.yaml", "notes.txt"] {
            unlink("\(folder)/\(name)")
        }
        rmdir(folder)
    }
}
