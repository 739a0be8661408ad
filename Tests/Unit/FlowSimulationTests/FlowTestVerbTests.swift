import Foundation
import Primitives
import RPCTransport
import Synchronization
import Testing

@testable import FnfctlCommands

/// `fnfctl flow simulate` and `fnfctl flow test` as somebody calls them.
struct FlowTestVerbTests {
    static let examples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../docs/examples").standardizedFileURL.path

    /// What a command said on its two streams.
    private final class Streams: Sendable {
        let out = Mutex("")
        let err = Mutex("")
    }

    private func run(_ arguments: [String]) async -> (status: CommandStatus, out: String, err: String) {
        let streams = Streams()
        let session = Session(
            terminal: .plain, errorTerminal: .plain, write: { text in streams.out.withLock { $0 += text } },
            tell: { text in streams.err.withLock { $0 += text } },
            connect: { SocketCaller(path: $0, connectPatience: $1) })
        let status = await Program.run(["flow"] + arguments, in: session)
        return (status, streams.out.withLock { $0 }, streams.err.withLock { $0 })
    }

    /// A folder of this test alone.
    private func folder(_ files: [String: String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        return folder.path
    }

    @Test func `the tests of the ordering flow hold and cover all of it`() async {
        let result = await run(["test", "\(Self.examples)/order-demo.test.yaml"])
        #expect(result.status == .ok, "\(result.out)\(result.err)")
        #expect(result.out.contains("8 of 8 cases ok; steps 100 %, branches 100 % covered"))
    }

    @Test func `a case that does not hold shows its differences and ends with 1`() async throws {
        let folder = try folder([
            "f.yaml": "version: v1\ntype: flow\nsteps: [{type: pass, name: p}, {type: pass, name: q}]",
            "f.test.yaml": """
            flow: f.yaml
            cases:
              - {name: wrong, expect: {output: {x: 1}, path: [p]}}
              - {name: right}
            """,
        ])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = await run(["test", "\(folder)/f.test.yaml"])
        #expect(result.status == .failed)
        for line in [
            "failed  wrong", "output.x: expected 1, but it is not there", "  + q", "ok      right",
            "1 of 2 cases ok",
        ] { #expect(result.out.contains(line), "\(result.out)") }
        let json = await run(["test", "\(folder)/f.test.yaml", "-o", "json"])
        #expect(try JSONParser.parse(json.out)[0]?["cases"]?[0]?["ok"] == false)
    }

    @Test func `child flows, queues and actions are mocked by their resources, and a result may be null`()
        async throws
    {
        let folder = try folder([
            "f.yaml": """
            version: v1
            type: flow
            steps:
              - type: task
                name: child
                resourceArn: acs:fnf:cn-hangzhou:1:flow/audit
                pattern: sync
                catch: [{errors: [AuditRefused], goto: send}]
              - type: task
                name: send
                resourceArn: acs:mns:::/queues/q/messages
                serviceParams: {MessageBody: $}
                outputMappings: [{target: id, source: $local.MessageId}]
              - type: task
                name: scan
                action: ocr:RecognizeIdentityCard
                outputMappings: [{target: card, source: $local}]
            """,
            "m.yaml": """
            resources:
              acs:fnf:*:*:flow/*: {error: AuditRefused, delay: 1h}
              acs:mns:*:*:/queues/*: {result: {MessageId: m1}}
              ocr:Recognize*: {result: null}
            """,
        ])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = await run(["simulate", "\(folder)/f.yaml", "--mock", "\(folder)/m.yaml", "-o", "json"])
        #expect(result.status == .ok, "\(result.out)\(result.err)")
        #expect(try JSONParser.parse(result.out)["Output"] == ["card": nil, "id": "m1"])
    }

    @Test func `less coverage than the file asks for is a failure`() async throws {
        let folder = try folder([
            "f.yaml": """
            version: v1
            type: flow
            steps:
            - type: choice
              name: c
              choices: [{condition: $.x == 1, steps: [{type: pass, name: one}]}]
              default: {}
            """,
            "f.test.yaml": "flow: f.yaml\ncoverageMin: {branches: 100}\ncases: [{name: other}]\n",
        ])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = await run(["test", "\(folder)/f.test.yaml"])
        #expect(result.status == .failed && result.out.contains("branches: 50 % covered, 100 % wanted"))
        #expect(result.out.contains("not taken: c: $.x == 1") && result.out.contains("not entered: one"))
    }

    @Test func `a test file that is wrong says every fault with its line`() async throws {
        let folder = try folder([
            "f.test.yaml": """
            flow: f.yaml
            cases:
              - name: a
                expct: {}
                expect: {status: Runing, took: soon}
                mocks: {steps: {s: {result: {}, never: true}}, resources: {nonsense: {}}}
            """
        ])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = await run(["test", "\(folder)/f.test.yaml"])
        #expect(result.status == .usage)
        for part in [":4:", "did you mean expect?", "Runing", "is no length of time", "keep one", "nonsense"]
        {
            #expect(result.err.contains(part), "\(result.err)")
        }
    }

    @Test func `simulate shows the history and how it ended`() async throws {
        let folder = try folder([
            "mocks.yaml": "steps: {generateInfo: {never: true}}\ndefault: {result: {canceled: true}}\n"
        ])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let input = #"{"products":"p","supplier":"s","orderNum":"1","address":"a"}"#
        let flow = "\(Self.examples)/order-demo.yaml"
        let arguments = ["simulate", flow, "--input", input, "--mock", "\(folder)/mocks.yaml"]
        let result = await run(arguments)
        #expect(result.status == .ok, "\(result.err)")
        #expect(result.out.contains("TaskTimedOut") && result.out.contains("5 min of virtual time"))
        let json = await run(arguments + ["-o", "json"])
        let value = try JSONParser.parse(json.out)
        #expect(value["Output"] == ["canceled": true] && value["DurationMilliseconds"] == 300_000)
        let failed = await run(["simulate", flow])
        #expect(failed.status == .executionEndedBadly && failed.out.contains("FnF.InvalidMapping"))
    }
}
