import ArgumentParser
import FlowModel
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

/// The lines that are promised to people, as they are promised.
@Suite struct CommandLineTests {
    private func parse<Command: ParsableCommand>(_ line: String, as _: Command.Type) throws -> Command {
        let words = LeadingOptions.moved(Stage.words(line))
        return try #require(try Fnfctl.parseAsRoot(words) as? Command)
    }

    @Test func `flow apply takes a file and a name`() throws {
        let verb = try parse(
            "fnfctl flow apply -f order-demo.yaml --name OrderDemo-Jiyuan", as: FlowApply.self)
        #expect(verb.file == "order-demo.yaml")
        #expect(verb.name == "OrderDemo-Jiyuan")
        #expect(!verb.allowUnbound)
        let open = try parse(
            "fnfctl flow apply -f f --name N --description 'a b' --allow-unbound", as: FlowApply.self)
        #expect(open.description == "a b")
        #expect(open.allowUnbound)
    }

    @Test func `order submit takes total and order number when they are given`() throws {
        let line =
            #"fnfctl order submit --supplier haidilao --products "beef,lotus root" --address "West Lake 1""#
        let verb = try parse(line, as: OrderSubmit.self)
        #expect(verb.supplier == "haidilao")
        #expect(verb.products == "beef,lotus root")
        #expect(verb.address == "West Lake 1")
        #expect(verb.total == nil && verb.order == nil && verb.wait == nil)
        let full = try parse(line + " --total 100 --order o-1 --flow F --wait", as: OrderSubmit.self)
        #expect(full.total == DecimalNumber(100))
        #expect(full.order == "o-1")
        #expect(full.flow == "F")
        #expect(full.wait == TimeSpan.endless)
    }

    @Test func `order verbs take the order's number`() throws {
        #expect(try parse("fnfctl order show ORDER", as: OrderShow.self).order == "ORDER")
        #expect(try parse("fnfctl order watch ORDER", as: OrderWatch.self).order == "ORDER")
        let pay = try parse("fnfctl order pay ORDER --method zhifubao --price 100", as: OrderPay.self)
        #expect(pay.order == "ORDER")
        #expect(pay.method == "zhifubao")
        #expect(pay.price == DecimalNumber(100))
        let list = try parse("fnfctl order list --status awaitingPayment", as: OrderList.self)
        #expect(list.status == .awaitingPayment)
    }

    @Test func `execution history takes flow and order, and a form`() throws {
        let verb = try parse(
            "fnfctl execution history OrderDemo-Jiyuan ORDER -o json", as: ExecutionHistory.self)
        #expect(verb.flow == "OrderDemo-Jiyuan")
        #expect(verb.name == "ORDER")
        #expect(verb.form.output == .json)
        #expect(!verb.watch)
        #expect(try parse("fnfctl execution history F E --watch", as: ExecutionHistory.self).watch)
    }

    @Test func `execution start, list and stop take their options`() throws {
        let start = try parse(
            "fnfctl execution start F --name n --input '{\"a\":1}' --label k=v --label l=w --wait",
            as: ExecutionStart.self)
        #expect(start.flow == "F")
        #expect(start.name == "n")
        #expect(start.input == #"{"a":1}"#)
        #expect(start.label == ["k=v", "l=w"])
        #expect(start.wait == TimeSpan.endless)
        let list = try parse(
            "fnfctl execution list F --status Failed --prefix o- --limit 5", as: ExecutionList.self)
        #expect(list.status == .failed)
        #expect(list.prefix == "o-")
        #expect(list.pages.limit == 5)
        #expect(try parse("fnfctl execution list F --all", as: ExecutionList.self).pages.all)
        let stop = try parse("fnfctl execution stop F n --error E --cause 'as asked'", as: ExecutionStop.self)
        #expect(stop.error == "E")
        #expect(stop.cause == "as asked")
    }

    @Test(arguments: [
        "fnfctl execution describe F N --wait 60", "fnfctl execution describe --wait 60 F N",
        "fnfctl execution describe F N --wait=1m",
    ]) func `describe waits as long as it is told`(line: String) throws {
        let verb = try parse(line, as: ExecutionDescribe.self)
        #expect(verb.flow == "F" && verb.name == "N")
        #expect(verb.wait?.duration == .seconds(60))
    }

    @Test(arguments: [
        "fnfctl execution describe F N --wait", "fnfctl execution describe --wait F N",
        "fnfctl execution describe F N --wait -o json",
    ]) func `describe waits without end when no time is given`(line: String) throws {
        let verb = try parse(line, as: ExecutionDescribe.self)
        #expect(verb.flow == "F" && verb.name == "N")
        #expect(verb.wait == TimeSpan.endless)
    }

    @Test func `tasks are named by token or by place`() throws {
        #expect(
            try parse("fnfctl task succeed TOKEN --output '{}'", as: TaskSucceed.self).target.task == [
                "TOKEN"
            ])
        let place = try parse("fnfctl task fail F E S --error X --cause y", as: TaskFail.self)
        #expect(place.target.task == ["F", "E", "S"])
        #expect(place.error == "X")
        #expect(throws: (any Error).self) { try parse("fnfctl task succeed F E", as: TaskSucceed.self) }
    }

    @Test func `flow verbs take names and files`() throws {
        #expect(try parse("fnfctl flow list", as: FlowList.self).form.output == .table)
        #expect(try parse("fnfctl flow describe F --definition", as: FlowDescribe.self).definition)
        #expect(try parse("fnfctl flow delete F", as: FlowDelete.self).flow == "F")
        #expect(try parse("fnfctl flow delete F --stop-running", as: FlowDelete.self).stopsRunning)
        #expect(
            try parse("fnfctl flow validate a.yaml b.yaml", as: FlowValidate.self).files == [
                "a.yaml", "b.yaml",
            ])
        #expect(try parse("fnfctl flow validate -f a.yaml", as: FlowValidate.self).named == ["a.yaml"])
    }

    @Test func `supplier and payment verbs`() throws {
        _ = try parse("fnfctl supplier list", as: SupplierList.self)
        #expect(try parse("fnfctl supplier show haidilao", as: SupplierShow.self).supplier == "haidilao")
        let set = try parse("fnfctl supplier set haidilao zhifubao,unionpay", as: SupplierSet.self)
        #expect(set.listed == ["zhifubao,unionpay"])
        _ = try parse("fnfctl supplier unset haidilao", as: SupplierUnset.self)
        #expect(
            try parse("fnfctl supplier explain h --products beef", as: SupplierExplain.self).products
                == "beef")
        #expect(try parse("fnfctl payment list --state refundDue", as: PaymentList.self).state == .refundDue)
    }

    @Test func `service verbs`() throws {
        _ = try parse("fnfctl status", as: StatusVerb.self)
        let call = try parse(
            "fnfctl call flow-engine ListFlows '{\"Limit\":2}' --door admin", as: CallVerb.self)
        #expect(call.service == .flowEngine)
        #expect(call.params == #"{"Limit":2}"#)
        #expect(call.door == .admin)
        #expect(try parse("fnfctl call order-store ListOrders", as: CallVerb.self).params == "{}")
        #expect(
            try parse("fnfctl discover fnf-order-store.service", as: DiscoverVerb.self).service == .orderStore
        )
        #expect(try parse("fnfctl metrics payment-gateway", as: MetricsVerb.self).service == .paymentGateway)
    }

    @Test func `logs and up`() throws {
        let logs = try parse("fnfctl logs ORDER -f", as: LogsVerb.self)
        #expect(logs.order == "ORDER")
        #expect(logs.follow)
        #expect(try parse("fnfctl logs --execution E --flow F", as: LogsVerb.self).execution == "E")
        #expect(try parse("fnfctl up", as: UpVerb.self).dir == "./.fnf")
        let up = try parse("fnfctl up --dir /tmp/x --config etc", as: UpVerb.self)
        #expect(up.dir == "/tmp/x")
        #expect(up.config == "etc")
    }

    @Test func `options of a verb may stand in front of it`() throws {
        let verb = try parse("fnfctl --socket-dir /x -o json --timeout=5 flow list", as: FlowList.self)
        #expect(verb.global.socketDir == "/x")
        #expect(verb.global.timeout?.duration == .seconds(5))
        #expect(verb.form.output == .json)
    }

    @Test(arguments: [("30", 30_000), ("30s", 30_000), ("500ms", 500), ("2m", 120_000), ("1h", 3_600_000)])
    func `a time is a number with a unit`(text: String, milliseconds: Int64) {
        #expect(TimeSpan(argument: text)?.duration?.milliseconds == milliseconds)
    }

    @Test(arguments: ["", "s", "-1", "1d", "1.5", "99999999999999999999", "F"])
    func `anything else is no time`(text: String) {
        #expect(TimeSpan(argument: text) == nil)
    }
}
