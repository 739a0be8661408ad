import Primitives
import RPCProtocol
import Synchronization

@testable import FnfctlCommands

/// Services in this process, and what fnfctl said on both of its streams.
final class Stage: Sendable {
    static let now = Timestamp(rfc3339: "2026-11-23T09:30:00.000Z") ?? Timestamp(microseconds: 0)

    private let tables: [ServiceName: HandlerTable]
    private let output = Mutex("")
    private let messages = Mutex("")
    private let doorsUsed = Mutex<[String]>([])
    private let pauses = Mutex(0)
    let environment: [String: String]
    let terminal: Terminal

    /// - Parameter tables: a service without one is down.
    init(
        _ tables: [ServiceName: HandlerTable] = [:], environment: [String: String] = [:],
        terminal: Terminal = .plain
    ) {
        self.tables = tables
        self.environment = environment
        self.terminal = terminal
    }

    var out: String { output.withLock { $0 } }
    var err: String { messages.withLock { $0 } }
    /// The sockets that were connected to, by their file names.
    var sockets: [String] { doorsUsed.withLock { $0 } }
    /// How often it waited before it called again.
    var pauseCount: Int { pauses.withLock { $0 } }
    var outJSON: JSONValue? { try? JSONParser.parse(out) }

    /// Runs one command line, written as in a shell.
    func run(_ line: String) async -> CommandStatus {
        await Program.run(Stage.words(line), in: session)
    }

    var session: Session {
        var session = Session(
            terminal: terminal, errorTerminal: .plain,
            write: { text in self.output.withLock { $0 += text } },
            tell: { text in self.messages.withLock { $0 += text } },
            connect: { path, _ in self.caller(path) })
        session.environment = { [environment] in environment[$0] }
        session.world = StillWorld()
        session.pause = { _ in self.pauses.withLock { $0 += 1 } }
        return session
    }

    private func caller(_ path: String) -> any RPCCaller {
        let file = path.split(separator: "/").last.map(String.init) ?? ""
        doorsUsed.withLock { $0.append(file) }
        for (service, table) in tables {
            for door in RPCDoor.allCases where door.socketName(of: service.rawValue) == file {
                return InProcessCaller(table, door: door)
            }
        }
        return DownCaller(path: path)
    }

    /// Without the program's name; quotes as a shell has them.
    static func words(_ line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            if character == quote {
                quote = nil
            } else if let open = quote, open != character {
                word = (word ?? "") + String(character)
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character == " " {
                if let whole = word { words.append(whole) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words.first == "fnfctl" ? Array(words.dropFirst()) : words
    }
}

/// A clock that stands, so that "3 min ago" is a fact.
struct StillWorld: World {
    var now: Timestamp { Stage.now }
    func entropy(_ count: Int) -> [UInt8] { LiveWorld().entropy(count) }
}

/// A socket that nobody listens at.
struct DownCaller: RPCCaller {
    let path: String

    private var failure: RPCFailure {
        .unreachable("there is no socket \(path); see systemctl status fnf-x.socket")
    }

    func call(_: String, _: JSONValue, meta _: RPCMeta) async throws(RPCFailure) -> JSONValue {
        throw failure
    }

    func stream(
        _: String, _: JSONValue, meta _: RPCMeta, onItem _: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue { throw failure }
}

/// A value that handlers leave for the test.
final class Seen<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    func note(_ value: Value) { values.withLock { $0.append(value) } }
    var all: [Value] { values.withLock { $0 } }
}
