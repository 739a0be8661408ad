package import Primitives
package import RPCProtocol

/// The flow engine, as a web request calls it.
package protocol EnginePort: Sendable {
    /// - Parameter role: decides the door that the call goes through.
    /// - Parameter waits: the call may wait for a fact; it then takes a place among the waiting ones, not
    /// among those that work.
    func call(
        _ method: String, _ params: JSONValue, role: AccessGrant.Role, waits: Bool
    ) async throws(RPCFailure) -> JSONValue
}
