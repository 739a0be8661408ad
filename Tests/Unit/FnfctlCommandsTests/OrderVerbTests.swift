import FlowEngineAPI
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct OrderVerbTests {
    private static func order(_ number: String, _ status: OrderStatus) -> OrderRecord {
        .with {
            $0.orderNum = number
            $0.supplier = "haidilao"
            $0.products = "beef,lotus root"
            $0.address = "West Lake 1"
            $0.flow = "OrderDemo-Jiyuan"
            $0.status = status
            $0.paymentMethods = ["zhifubao", "weixin"]
            $0.submittedTime = "2026-11-23T09:29:00.000Z"
            $0.started = true
            $0.changes = [
                .with {
                    $0.time = "2026-11-23T09:29:00.000Z"
                    $0.status = "submitted"
                }
            ]
        }
    }

    private func store(_ status: OrderStatus = .awaitingPayment) -> HandlerTable {
        var table = HandlerTable()
        table.on(SubmitOrder.self) { params, _ in Self.order(params.orderNum, .submitted) }
        table.on(DescribeOrder.self) { (params, _) throws(RPCError) in
            guard params.orderNum != "none" else { throw RPCError(.orderNotExists, "there is no order none") }
            return Self.order(params.orderNum, status)
        }
        table.on(stream: WatchOrder.self) { (params, _, sink) throws(RPCError) in
            var order = Self.order(params.orderNum, .submitted)
            try sink.send(order)
            order.changes.append(
                .with {
                    $0.time = "2026-11-23T09:31:00.000Z"
                    $0.status = "completed"
                    $0.note = "all done"
                })
            order.status = .completed
            try sink.send(order)
            return order
        }
        return table
    }

    private func engine(ending status: String = "Succeeded") -> HandlerTable {
        var table = HandlerTable()
        table.on(ListOpenTasks.self) { _, _ in .with { $0.tasks = [ExecutionVerbTests.openTask] } }
        table.on(DescribeExecution.self) { params, _ in
            .with {
                $0.flowName = params.flowName
                $0.name = params.executionName
                $0.status = status
            }
        }
        return table
    }

    private func gateway(_ state: PaymentState, reason: String? = nil) -> HandlerTable {
        let payment = PaymentRecord.with {
            $0.paymentId = "p-1"
            $0.orderNum = "o-1"
            $0.paymentMethod = "zhifubao"
            $0.price = DecimalNumber(100)
            $0.state = state
            $0.reason = reason
        }
        var table = HandlerTable()
        table.on(PayOrder.self) { _, _ in payment }
        table.on(ListPayments.self) { _, _ in .with { $0.payments = [payment] } }
        return table
    }

    private static let submit =
        #"fnfctl order submit --supplier haidilao --products "beef,lotus root" --address "West Lake 1""#

    @Test func `submit prints the order number and nothing else`() async {
        let stage = Stage([.orderStore: store()])
        #expect(await stage.run(Self.submit + " --order o-1") == .ok)
        #expect(stage.out == "o-1\n")
        #expect(stage.err.isEmpty)
    }

    @Test func `submit makes a number when none is given`() async {
        let stage = Stage([.orderStore: store()])
        #expect(await stage.run(Self.submit) == .ok)
        #expect(stage.out.count == 37)
        #expect(stage.sockets == ["order-store.sock"])
    }

    @Test func `submit with --wait tells the changes beside the number`() async {
        let stage = Stage([.orderStore: store(), .flowEngine: engine()])
        #expect(await stage.run(Self.submit + " --order o-1 --wait") == .ok)
        #expect(stage.out == "o-1\n")
        #expect(stage.err.contains("submitted"))
        #expect(stage.err.contains("completed        all done"))
        let failed = Stage([.orderStore: store(), .flowEngine: engine(ending: "Stopped")])
        #expect(await failed.run(Self.submit + " --order o-1 --wait") == .executionEndedBadly)
    }

    @Test func `show joins what three services know`() async {
        let stage = Stage([.orderStore: store(), .flowEngine: engine(), .paymentGateway: gateway(.accepted)])
        #expect(await stage.run("fnfctl order show o-1") == .ok)
        #expect(stage.out.contains("Status:           awaitingPayment"))
        #expect(stage.out.contains("Payment methods:  zhifubao, weixin"))
        #expect(stage.out.contains("Payment:          accepted, 100.00 by zhifubao"))
        #expect(
            stage.out.contains(
                "Waits for:        payment, a callback, until 2026-11-23 09:34:10Z (in 4 min 10 s)"))
        #expect(stage.out.contains("Changes"))
        #expect(!stage.out.contains("tOkEn"))
    }

    @Test func `show in JSON gives no live token away`() async throws {
        let stage = Stage([.orderStore: store(), .flowEngine: engine(), .paymentGateway: gateway(.accepted)])
        #expect(await stage.run("fnfctl order show o-1 -o json") == .ok)
        let story = try #require(stage.outJSON)
        #expect(story["order"]?["status"] == "awaitingPayment")
        #expect(story["waitsFor"]?[0]?["StepName"] == "payment")
        #expect(story["payments"]?[0]?["price"] == "100")
        #expect(!stage.out.contains("tOkEn"))
    }

    @Test func `show works while the engine is down, and says so`() async {
        let stage = Stage([.orderStore: store(), .paymentGateway: gateway(.accepted)])
        #expect(await stage.run("fnfctl order show o-1") == .ok)
        #expect(stage.out.contains("Status:           awaitingPayment"))
        #expect(stage.out.contains("Service down:     flow-engine: there is no socket"))
    }

    @Test func `show without the order's own service is unreachable`() async {
        let stage = Stage([.flowEngine: engine()])
        #expect(await stage.run("fnfctl order show o-1") == .unreachable)
        #expect(await Stage([.orderStore: store()]).run("fnfctl order show none") == .notFound)
    }

    @Test(arguments: [
        (PaymentState.confirmed, CommandStatus.ok), (.charged, .ok), (.accepted, .ok), (.voided, .conflict),
        (.refundDue, .conflict),
    ]) func `what became of the payment is the exit status`(state: PaymentState, status: CommandStatus) async
    {
        let stage = Stage([.paymentGateway: gateway(state, reason: "the order is closed")])
        #expect(await stage.run("fnfctl order pay o-1 --method zhifubao --price 100") == status)
        #expect(stage.out.contains("State:     \(state.rawValue)"))
        if state == .voided { #expect(stage.err.contains("the order is closed")) }
    }

    @Test func `watch tells each change once`() async {
        let stage = Stage([.orderStore: store()])
        #expect(await stage.run("fnfctl order watch o-1 -o name") == .ok)
        #expect(stage.out == "submitted\ncompleted\n")
    }
}
