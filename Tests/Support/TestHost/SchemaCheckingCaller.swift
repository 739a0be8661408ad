package import Primitives
package import RPCProtocol

/// Carries calls on and checks every reply and item against what the service itself publishes.
package struct SchemaCheckingCaller: RPCCaller {
    private let transport: any RPCCaller
    private let service: String
    private let ledger: SchemaLedger

    package init(_ transport: any RPCCaller, service: String, ledger: SchemaLedger) {
        self.transport = transport
        self.service = service
        self.ledger = ledger
    }

    package func call(_ method: String, _ params: JSONValue, meta: RPCMeta) async throws(RPCFailure)
        -> JSONValue
    {
        try await learn()
        do throws(RPCFailure) {
            let result = try await transport.call(method, params, meta: meta)
            ledger.checkResult(result, service, method)
            return result
        } catch {
            if let answer = error.answer { ledger.checkError(answer, service, method) }
            throw error
        }
    }

    package func stream(
        _ method: String, _ params: JSONValue, meta: RPCMeta,
        onItem: @Sendable (JSONValue) async throws -> Void
    ) async throws(RPCFailure) -> JSONValue {
        try await learn()
        let (ledger, service) = (ledger, service)
        do throws(RPCFailure) {
            let result = try await transport.stream(method, params, meta: meta) { item in
                ledger.checkItem(item, service, method)
                try await onItem(item)
            }
            ledger.checkResult(result, service, method)
            return result
        } catch {
            if let answer = error.answer { ledger.checkError(answer, service, method) }
            throw error
        }
    }

    private func learn() async throws(RPCFailure) {
        if ledger.knows(service) { return }
        ledger.learn(service, try await transport.call("rpc.discover", [:], meta: RPCMeta()))
    }
}
