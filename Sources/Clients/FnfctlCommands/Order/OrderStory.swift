import FlowEngineAPI
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// An order with what the engine and the payment gateway know of it.
struct OrderStory: Sendable {
    struct Trouble: Sendable {
        let service: ServiceName
        let sentence: String
    }

    let order: OrderRecord
    var tasks: [OpenTask] = []
    var payments: [PaymentRecord] = []
    /// What could not be asked.
    var troubles: [Trouble] = []

    /// The order itself must be there; what the other two say is added when they answer.
    static func read(_ number: String, _ peers: Peers) async throws(CommandFailure) -> OrderStory {
        var story = OrderStory(
            order: try await peers.call(DescribeOrder.self, .with { $0.orderNum = number }, on: .orderStore))
        if story.order.started, !story.order.status.isClosed {
            do throws(CommandFailure) {
                story.tasks = try await OpenTasks.list(story.order.flow, number, peers)
            } catch {
                story.add(error, of: .flowEngine)
            }
        }
        do throws(CommandFailure) {
            story.payments = try await peers.call(
                ListPayments.self, .with { $0.orderNum = number }, on: .paymentGateway
            ).payments
        } catch {
            story.add(error, of: .paymentGateway)
        }
        return story
    }

    private mutating func add(_ failure: CommandFailure, of service: ServiceName) {
        // An execution that ended meanwhile waits for nothing.
        if failure.status == .notFound { return }
        troubles.append(Trouble(service: service, sentence: "\(service.rawValue): \(failure.sentence)"))
    }

    /// Shape: `{order, waitsFor: [OpenTask without token], payments, servicesDown: {service: sentence}}`.
    var json: JSONValue {
        let waits = tasks.map { task -> JSONValue in
            var task = task
            // A story is pasted into mails; a live token is the right to end the task.
            task.taskToken = nil
            return task.wire
        }
        return [
            "order": order.wire, "waitsFor": .array(waits), "payments": .array(payments.map(\.wire)),
            "servicesDown": .object(JSONObject(troubles.map { ($0.service.rawValue, .string($0.sentence)) })),
        ]
    }
}
