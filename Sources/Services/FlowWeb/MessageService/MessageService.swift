package import HTTPMessage
import MessageXML
package import Primitives
import RequestSigning

/// The message service's API as its library speaks it: queues and topics over HTTP and XML, at the root of
/// the endpoint. Source: MNS 2015-06-06.
///
/// It holds nothing: each request is admitted, read, and becomes calls to the engine, which has the queues.
package struct MessageService: WebEndpoint {
    let engine: any EnginePort
    private let gate: any AccessGate
    private let world: any World

    package init(engine: any EnginePort, gate: any AccessGate, world: any World) {
        self.engine = engine
        self.gate = gate
        self.world = world
    }

    package func bodyBytesMax(of head: WebHead) -> Int {
        head.method == "POST" ? MessageRange.messageDocumentBytesMax : MessageRange.documentBytesMax
    }

    package func answer(_ request: WebRequest) async -> WebAnswer {
        let id = newRequestID()
        do throws(MessageFault) {
            let grant = try await admit(request.head)
            let call = try MessageCall(request, grant: grant)
            return try await reply(to: call).answer(requestID: id)
        } catch {
            return MessageReply(error, requestID: id, host: MessageOrigin(request.head)).answer(requestID: id)
        }
    }

    package func refusal(of fault: WebFault, head: WebHead?) -> WebAnswer {
        let id = newRequestID()
        let reply = MessageReply(MessageFault(fault), requestID: id, host: MessageOrigin(head))
        return reply.answer(requestID: id)
    }

    /// Shape: as the service writes them, 32 hexadecimal digits.
    private func newRequestID() -> String { makeUUID(from: world).filter { $0 != "-" }.uppercased() }

    private func admit(_ head: WebHead) async throws(MessageFault) -> AccessGrant {
        let request: SignedRequest
        do throws(SigningFault) { request = try MessageSignature.read(head) } catch {
            throw MessageFault(error)
        }
        do throws(AccessFault) { return try await gate.admit(request) } catch { throw MessageFault(error) }
    }

    private func reply(to call: MessageCall) async throws(MessageFault) -> MessageReply {
        switch call.resource {
        case .account: try account(call)
        case .queues: try await queues(call)
        case .queue(let name): try await queue(call, name)
        case .queueMessages(let name): try await messages(call, name)
        case .topics: try await topics(call)
        case .topic(let name): try await topic(call, name)
        case .topicMessages(let name): try await publish(call, name)
        case .subscriptions(let topic): try await subscriptions(call, of: topic)
        case .subscription(let topic, let name): try await subscription(call, topic, name)
        }
    }
}
