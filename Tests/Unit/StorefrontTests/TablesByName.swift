import RPCProtocol
import Synchronization

/// Services come up one after the other and name each other before they are there.
final class TablesByName: Sendable {
    private let tables = Mutex<[String: HandlerTable]>([:])

    func put(_ service: String, _ table: HandlerTable) { tables.withLock { $0[service] = table } }
    func get(_ service: String) -> HandlerTable? { tables.withLock { $0[service] } }
    func take(_ service: String) { tables.withLock { $0[service] = nil } }
}
