import FlowEngineAPI
import FlowStore
import FlowStoreSQLite
import LoopSupport
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct AdminVerbTests {
    private func engine(sound: Bool) -> HandlerTable {
        var table = HandlerTable()
        table.on(stream: VerifyJournal.self) { (_, _, sink) async throws(RPCError) in
            if !sound { try sink.send(VerifyJournal.exampleItem) }
            return .with {
                $0.sound = sound
                $0.rows = 2
            }
        }
        table.on(stream: ApplyRetention.self) { (params, _, _) async throws(RPCError) in
            var result = ApplyRetention.exampleResult
            result.rows = params.dryRun ? 0 : 24
            return result
        }
        table.on(stream: ExportExecution.self) { (_, _, sink) async throws(RPCError) in
            try sink.send(ExportExecution.exampleItem)
            return NoFields()
        }
        return table
    }

    @Test func `verify ends with 1 when something is damaged, and names it`() async {
        let sound = Stage([.flowEngine: engine(sound: true)])
        #expect(await sound.run("admin verify") == .ok)
        #expect(sound.sockets == ["flow-engine.sock"])
        let damaged = Stage([.flowEngine: engine(sound: false)])
        #expect(await damaged.run("admin verify -o json") == .failed)
        #expect(damaged.outJSON?["Found"]?.arrayValue?.first?["Sequence"]?.integerValue == 2)
    }

    @Test func `verify reads a file that no engine has open`() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/e.sqlite"
        let store = try SQLiteStore(path: path)
        try store.append([JournalRow(sequence: 1, execution: 1, previous: 0, kind: .starts, body: [1])])
        try store.close()
        let stage = Stage()
        #expect(await stage.run("admin verify --file \(path) -o json") == .failed)
        #expect(stage.outJSON?["Sound"]?.boolValue == false)
        #expect(await stage.run("admin verify --file \(folder.path)/nothing") == .notFound)
    }

    @Test func `retention removes only when it is told to`() async {
        let stage = Stage([.flowEngine: engine(sound: true)])
        #expect(await stage.run("admin retention") == .ok)
        #expect(stage.out.contains("Would be removed") && !stage.out.contains("24 rows"))
        #expect(await stage.run("admin retention --now") == .ok)
        #expect(stage.out.contains("24 rows"))
        #expect(stage.sockets.allSatisfy { $0 == "flow-engine-admin.sock" })
    }

    @Test func `an export is lines on standard output`() async {
        let stage = Stage([.flowEngine: engine(sound: true)])
        #expect(await stage.run("execution export Greeting run-1") == .ok)
        #expect(stage.out == ExportExecution.exampleItem.line + "\n")
    }

    @Test func `a backup that can't be made leaves nothing`() async throws {
        let folder = try TemporaryFolder()
        let stage = Stage()
        #expect(await stage.run("admin backup \(folder.path)/b") != .ok)
        #expect(await stage.run("admin restore \(folder.path)/b --check") == .conflict)
        #expect(!TextArgument.isFile("\(folder.path)/b") && !TextArgument.isFile("\(folder.path)/b.partial"))
    }
}
