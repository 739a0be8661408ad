package import RPCProtocol

/// One service, as pages call it.
package protocol ServicePort: Sendable {
    /// Calls the method through the door that the role opens. A call that meets the end of the service's
    /// process is taken to its successor when that is safe.
    ///
    /// - Parameter role: nil: as somebody who is not signed in, with the rights of the client door.
    func call<Method: RPCMethod>(
        _ method: Method.Type, _ params: Method.Params, as role: VisitorRole?
    ) async throws(RPCFailure) -> Method.Result

    /// Follows a stream over a connection of its own until it ends, the caller is canceled or `onItem`
    /// throws.
    func follow<Method: RPCStreamMethod>(
        _ method: Method.Type, _ params: Method.Params,
        onItem: @escaping @Sendable (Method.Item) async throws -> Void
    ) async throws(RPCFailure) -> Method.Result
}

/// The services that pages are made of.
package struct PageServices: Sendable {
    package let engine: any ServicePort
    package let orders: any ServicePort
    package let payments: any ServicePort
    package let suppliers: any ServicePort

    package init(
        engine: any ServicePort, orders: any ServicePort, payments: any ServicePort,
        suppliers: any ServicePort
    ) {
        self.engine = engine
        self.orders = orders
        self.payments = payments
        self.suppliers = suppliers
    }
}
