import FlowDefinition
import FlowModel
import FlowParsing
import Primitives
import Testing

/// What published definitions are written like: as exports, by template tools, by hand.
struct WrittenFormTests {
    private static let plain = """
        version: v1
        type: flow
        steps:
          - type: task
            name: a
            resourceArn: acs:fc:::services/s/functions/f
            retry:
              - {errors: [E], intervalSeconds: 3, maxAttempts: 2}
          - type: task
            name: b
            resourceArn: acs:fc:::services/s/functions/f
            retry:
              - {errors: [E], intervalSeconds: 3}
        """

    private func read(_ text: String) throws -> FlowDefinition {
        let result = FlowParser.parse(text)
        return try #require(
            result.definition, "\(result.diagnostics.map { $0.text(file: "f", source: text) })")
    }

    @Test(arguments: ["\u{FEFF}TEXT", "---\nTEXT\n...\n", "%YAML 1.1\n---\nTEXT", "TEXT\n---\n", "CRLF"])
    func `marks around a definition mean nothing`(form: String) throws {
        let text =
            form == "CRLF"
            ? Self.plain.replacing("\n", with: "\r\n") : form.replacing("TEXT", with: Self.plain)
        #expect(try FlowDifference(from: read(Self.plain), to: read(text)).isEmpty)
    }

    @Test func `merge keys take what is not there from other maps, the first of them first`() throws {
        let merged = """
            version: v1
            type: flow
            x-retry: &retry {intervalSeconds: 3, maxAttempts: 9}
            steps:
              - &call
                type: task
                name: a
                resourceArn: acs:fc:::services/s/functions/f
                retry:
                  - <<: *retry
                    errors: [E]
                    maxAttempts: 2
              - <<: [{name: b}, *call, {name: c}]
                retry: [{<<: {intervalSeconds: 3}, errors: [E]}]
            """
        #expect(try FlowDifference(from: read(Self.plain), to: read(merged)).isEmpty)
        #expect(FlowParser.validate(merged).diagnostics == [])
    }

    @Test(arguments: ["<<: 1", "<<: [1]", "<<: *gone", "<<:"])
    func `a merge of what is no map is a fault`(line: String) {
        #expect(FlowParser.parse("\(Self.plain)\n\(line)").definition == nil)
    }

    @Test func `merged aliases count as what they stand for`() {
        var bomb = "a0: &a0 {k0: x, l0: x}\n"
        for level in 1..<60 {
            bomb += "a\(level): &a\(level) {m: {<<: *a\(level - 1)}, n: {<<: *a\(level - 1)}}\n"
        }
        #expect(FlowParser.parse(bomb).diagnostics.map(\.code) == ["too-many-nodes"])
    }

    @Test func `only a plain << merges`() throws {
        let text = "{version: v1, type: flow, steps: [{type: pass, name: a, outputMappings: "
        let flow = try read(text + "[{target: t, source: {\"<<\": 1}}]}]}")
        #expect(flow.steps[0].outputMappings?.first?.source == .constant(["<<": 1]))
        let merged = try read(text + "[{target: t, source: {<<: {a: 1}, b: 2}}]}]}")
        #expect(merged.steps[0].outputMappings?.first?.source == .constant(["a": 1, "b": 2]))
    }

    @Test func `JSON keeps its places, also with escapes that YAML lacks`() throws {
        let text = """
            {
            \t"version": "v1", "type": "flow",
            \t"steps": [{"type": "pass", "name": "a", "timeout": 1,
            \t\t"outputMappings": [{"target": "x", "source": "\\u4e2d\\ud83d\\ude00\\/"}]}]
            }
            """
        let result = FlowParser.parse(text)
        #expect(
            result.definition?.steps[0].outputMappings?.first?.source == .constant("\u{4E2D}\u{1F600}/"))
        #expect(result.diagnostics.map { "\($0.line):\($0.column) \($0.code)" } == ["3:42 unknown-key"])
    }

    @Test func `a reference of a template tool is the function that it stands for`() throws {
        let text = Self.plain.replacing("acs:fc:::services/s/functions/f", with: "!Ref s/f")
        #expect(try FlowDifference(from: read(Self.plain), to: read(text)).isEmpty)
        let found = FlowParser.parse(text).diagnostics
        #expect(found.map(\.code) == ["template-tag", "template-tag"])
        #expect(found.first?.fix == "write resourceArn: acs:fc:::services/s/functions/f")
    }

    @Test(arguments: [
        ("<resource-arn>", "acs:template:::<resource-arn>"), ("'{{ arn }}'", "acs:template:::{{arn}}"),
        ("${Service.Arn}", "acs:template:::${Service.Arn}"), ("!GetAtt A.Arn", "acs:template:::A.Arn"),
        ("acs:fc:::services/s-<suffix>/functions/f", "acs:fc:::services/s-<suffix>/functions/f"),
    ]) func `a placeholder is read as a resource that is not bound`(text: String, arn: String) throws {
        let flow = Self.plain.replacing("acs:fc:::services/s/functions/f", with: text)
        #expect(try read(flow).resourceArns.map(\.arn) == [arn, arn])
        #expect(
            FlowParser.parse(flow).diagnostics.allSatisfy {
                ["placeholder", "template-tag"].contains($0.code)
            })
        #expect(FlowParser.parse(flow).diagnostics.count == 2)
    }

    @Test(arguments: [
        "acs:fc:{region}:{account}:services/s/functions/f", "acs:fc:::functions/f/LATEST",
        "acs:fc:cn-hangzhou:1:services/s.LATEST/functions/f", "acs:mns:::/queues/q/messages",
        "acs:mns:::/topics/t/messages", "acs:fnf:::flow/f", "acs:fnf:::flows/f", "acs:oos:::x",
    ]) func `a resource name in one of its forms is no cause for a warning`(arn: String) {
        #expect(Validated.codes("- {type: task, name: t, resourceArn: '\(arn)'}") == [])
    }

    @Test(arguments: [
        ("acs:mns:::queues/q/messages", "acs:mns:::/queues/q/messages"),
        ("acs:mns:r:a:/queue/q", "acs:mns:r:a:/queues/q/messages"),
        ("acs:mns:::/topics/t/message", "acs:mns:::/topics/t/messages"),
        ("acs:fnf:::/flows/f", "acs:fnf:::flow/f"), ("acs:fnf:::/flow/f", "acs:fnf:::flow/f"),
    ]) func `a resource name that is nearly one is told the form`(arn: String, fix: String) {
        let found = Validated.diagnostics("- {type: task, name: t, resourceArn: '\(arn)'}")
        #expect(found.map(\.code) == ["unusual-arn"] && found.first?.fix == "write \(fix)")
    }

    @Test(arguments: [
        ("f", "acs:fc:::services/S/functions/F"), ("arn:aws:lambda:x:1:function:f", "Amazon"),
        ("acs:fc::functions/f", "four colons"), (" acs:fc:::functions/f", "write acs:fc:::functions/f"),
        ("$.arn", "a constant"),
    ]) func `a text that is no resource name is told what is`(text: String, fix: String) {
        let found = Validated.diagnostics("- {type: task, name: t, resourceArn: '\(text)'}")
        #expect(found.map(\.code) == ["bad-arn"] && found.first?.fix?.contains(fix) == true)
    }

    @Test func `a tag elsewhere is a warning`() {
        let found = Validated.diagnostics("- " + Validated.sets("a", "{target: x, source: !Sub '${y}'}"))
        #expect(found.map { "\($0.line) \($0.code)" } == ["4 template-tag"])
    }

    @Test(arguments: ["1", "1.0", "v1.0", "v2"]) func `another version is read as v1, with a warning`(
        version: String
    ) throws {
        let result = FlowParser.parse("version: \(version)\ntype: flow\nsteps: []")
        #expect(result.definition != nil && result.diagnostics.map(\.code) == ["unknown-version"])
    }

    @Test(arguments: [
        ("!!str 5", "5" as JSONValue), ("!!int \"5\"", 5), ("!!float \"5\"", 5), ("!!bool 'true'", true),
        ("!!null ''", nil), ("!!str yes", "yes"), ("yes", "yes"), ("012", 12), ("1_000", "1_000"),
        ("2001-01-01", "2001-01-01"), (".inf", ".inf"), ("+5", 5), ("1e3", 1000.0), ("'5'", "5"), ("~", nil),
    ]) func `a constant is what YAML says that it is`(text: String, value: JSONValue) throws {
        let flow =
            "{version: v1, type: flow, steps: [{type: pass, name: a, outputMappings: [{target: t, source: \(text)}]}]}"
        #expect(try read(flow).steps[0].outputMappings?.first?.source == .constant(value))
        let written = try FlowFormatter.format(flow)
        #expect(try read(written).steps[0].outputMappings?.first?.source == .constant(value), "\(written)")
    }

    @Test func `an integer may be written with a point`() throws {
        let text = "{version: v1, type: flow, timeoutSeconds: 60.0, steps: []}"
        #expect(try read(text).timeoutSeconds == 60)
        #expect(
            FlowParser.parse(text.replacing("60.0", with: "60.5")).diagnostics.map(\.code) == ["wrong-type"])
    }
}
