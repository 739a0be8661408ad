import Glibc
import Primitives

/// How the services are, in a file beside their sockets, for who may not call them because a call would start
/// one; there as long as the supervisor runs.
///
/// Shape: `{"services":[{"name":"flow-engine","state":"ready","pid":41,"starts":1,"failures":0,"since":…}]}`
final class StatusFile {
    private struct Entry: Equatable {
        var state: ProcessStatus.State
        var pid: Int32?
        var starts: Int
        var failures: Int
    }

    private let path: String
    private let services: [String]
    private let world = LiveWorld()
    private var entries: [String: Entry] = [:]
    private var since: [String: Timestamp] = [:]

    init(path: String, services: [String]) {
        self.path = path
        self.services = services
        for service in services { keep(ProcessStatus(), of: service) }
        write()
    }

    deinit { unlink(path) }

    /// Signs of life are not news.
    func note(_ status: ProcessStatus, of service: String) {
        if keep(status, of: service) { write() }
    }

    @discardableResult
    private func keep(_ status: ProcessStatus, of service: String) -> Bool {
        let entry = Entry(
            state: status.state, pid: status.pid, starts: status.starts,
            failures: status.exits.count { !$0.isSuccess })
        guard entries[service] != entry else { return false }
        if entries[service]?.state != entry.state { since[service] = world.now }
        entries[service] = entry
        return true
    }

    /// Appears whole: who reads must not see half of it. A file that can't be written is missing, no more.
    private func write() {
        let list = services.compactMap { name in entries[name].map { json(name, $0) } }
        let root: JSONObject = ["services": .array(list)]
        let partial = "\(path).partial"
        let file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { return }
        let text = JSONValue.object(root).text + "\n"
        let isWhole = Glibc.write(file, text, text.utf8.count) == text.utf8.count
        close(file)
        if !isWhole || rename(partial, path) != 0 { unlink(partial) }
    }

    private func json(_ name: String, _ entry: Entry) -> JSONValue {
        var object: JSONObject = [
            "name": .string(name), "state": .string(entry.state.rawValue),
            "starts": .integer(Int64(entry.starts)),
            "failures": .integer(Int64(entry.failures)),
        ]
        if let pid = entry.pid { object["pid"] = .integer(Int64(pid)) }
        if let since = since[name] { object["since"] = .string(since.description) }
        return .object(object)
    }
}
