import FlowWebAPI
package import RPCProtocol

/// Decode, call, encode: what flow-web answers at its own doors.
package enum FlowWebMethods {
    package static func table(_ desk: AccessDesk, _ sessions: SessionDesk) -> HandlerTable {
        var table = HandlerTable()
        table.on(CreateAccessKey.self) { (params, context) throws(RPCError) in
            try await desk.create(params, by: context.peer)
        }
        table.on(ListAccessKeys.self) { (params, _) throws(RPCError) in try await desk.list(params) }
        table.on(EnableAccessKey.self) { (params, context) throws(RPCError) in
            try await desk.setEnabled(params.accessKeyID, true, by: context.peer)
        }
        table.on(DisableAccessKey.self) { (params, context) throws(RPCError) in
            try await desk.setEnabled(params.accessKeyID, false, by: context.peer)
        }
        table.on(DeleteAccessKey.self) { (params, context) throws(RPCError) in
            try await desk.delete(params.accessKeyID, by: context.peer)
        }
        table.on(CreateSignInLink.self) { (params, context) throws(RPCError) in
            try await sessions.createLink(params, by: context.peer)
        }
        table.on(ListSessions.self) { (params, _) throws(RPCError) in try await sessions.list(params) }
        table.on(EndSession.self) { (params, context) throws(RPCError) in
            try await sessions.end(params, by: context.peer)
        }
        return table
    }
}
