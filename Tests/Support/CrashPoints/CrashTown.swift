import FaultyDisk
import FlowEngine
import FlowSchedule
import FlowStoreSQLite
import Logging
import Primitives
import RPCProtocol

/// The processes of one run, and what was said between them.
package final class CrashTown: @unchecked Sendable { // touched by the one thread of its stage only
    static let engine = "flow-engine"

    let stage = Stage()
    private(set) var processes: [String: HostProcess] = [:]
    private(set) var faults: [String] = []
    /// Set while the planned fault is a failed sync of a write-ahead log: who met it must say nothing more.
    var isSyncFailurePlanned = false
    /// The processes were asked to end: one whose sync fails now ends anyway.
    var isDraining = false
    let acknowledged = Acknowledged()
    let desk: TaskDesk

    init(answers: [String: [TaskAnswer]]) {
        desk = TaskDesk(answers)
        desk.town = self
    }

    func process(_ name: String) -> HostProcess? { processes[name] }

    func fault(_ text: String) { if faults.count < 20 { faults.append(text) } }

    func add(_ name: String, disk: FaultyDisk?, build: @escaping HostProcess.Build) {
        processes[name] = HostProcess(name, disk: disk, town: self, build: build)
    }

    /// A process has answered somebody.
    func noteReply(of process: HostProcess) {
        if isSyncFailurePlanned, process.hasMetFault {
            fault("\(process.name) answers after a sync has failed")
        }
    }

    func startAll() { for name in processes.keys.sorted() { processes[name]?.start() } }

    /// After a run: the memory of its processes goes when nothing of them waits any more.
    func bury(_ client: StageLoop) {
        for process in processes.values { process.end() }
        desk.answerTheSilent()
        client.bury()
        let loops = processes.values.flatMap { $0.bury() } + [client]
        for _ in 0..<1000 {
            let busy = loops.filter(\.hasWork)
            if busy.isEmpty { break }
            for loop in busy { loop.turn() }
        }
        processes = [:]
        desk.client = nil
    }

    static let quiet = Logger(label: "crash points") { _ in SwiftLogNoOpLogHandler() }
    static let keys = TaskTokenKeys(current: .init(id: "k1", bytes: Array(repeating: 7, count: 32)))

    /// flow-engine as its executable wires it.
    func addEngine(_ disk: FaultyDisk, bindings: [ResourceBinding]) {
        add(Self.engine, disk: disk) { process, loop in
            let store = try SQLiteStore(path: disk.path(CrashTown.databaseName))
            let engine = FlowEngineService(
                store: store, keys: Self.keys, resolver: ResourceResolver(bindings),
                callers: {
                    Wire(town: self, from: process, fromLoop: loop, to: $0.description, door: .task)
                }, world: StageWorld(self.stage, salt: process.starts), loop: loop, logger: Self.quiet,
                metrics: MetricSet(), zones: { _ in .unknown(nearest: []) }
            ) { process.die("broken: \($0)") }
            return HostProcess.Service(
                methods: engine.methods, recover: { try await engine.recover() },
                start: { await engine.start() }, drain: { await engine.drain() })
        }
    }

    static let databaseName = "flow-engine.sqlite"
}

/// The stage's clock, and chance that is the same in each run but not in each incarnation.
struct StageWorld: World {
    private let stage: Stage
    private let generator: Generator

    private final class Generator: @unchecked Sendable { // as its stage
        var state: UInt64
        init(_ state: UInt64) { self.state = state }
    }

    init(_ stage: Stage, salt: Int) {
        self.stage = stage
        generator = Generator(UInt64(salt) &* 0x9E37_79B9_7F4A_7C15)
    }

    var now: Timestamp { stage.now }

    func entropy(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in
            generator.state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = generator.state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return UInt8(truncatingIfNeeded: mixed >> 56)
        }
    }
}
