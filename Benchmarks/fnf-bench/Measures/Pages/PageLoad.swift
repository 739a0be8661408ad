import BenchReport
import FlowEngineAPI
import FlowWebAPI
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor

/// Pages of shop and console with many executions stored: how soon they begin to arrive, how heavy they are, how
/// soon a change is seen, and what a page costs that waits.
struct PageLoad: Sendable {
    /// Names of figures → paths; `{order}` is an order that waits to be paid.
    private static let pages = [
        ("shop", "/shop"), ("order", "/shop/orders/{order}"), ("merchant", "/shop/merchant"),
        ("home", "/console"), ("executions", "/console/executions"),
        ("search", "/console/executions?q=order-BenchEnded-7"),
        ("execution", "/console/executions/OrderDemo-Jiyuan/{order}"), ("waiting", "/console/waiting"),
        ("flows", "/console/flows"), ("flow", "/console/flows/OrderDemo-Jiyuan"),
    ]
    static let names =
        pages.flatMap { ["page_first_byte_p50_ms_\($0.0)", "page_kib_\($0.0)"] }
        + ["page_assets_kib", "page_event_p50_ms", "page_streams", "page_stream_kib"]
    private static let key = (id: "bench", secret: "bench-secret")

    let place: Workplace
    let count: Int

    func measure(quick: Bool) async throws -> [Figure] {
        Progress.show("pages: starting")
        return try await place.withWeb(in: "pages") { try await measure($0, $1, quick: quick) }
    }

    private func measure(_ supervisor: Supervisor, _ port: UInt16, quick: Bool) async throws -> [Figure] {
        let layout = supervisor.plan.layout
        let admin = SocketCaller(path: layout.socketPath("flow-engine-admin.sock"))
        let flow = CreateFlow.Params.with {
            $0.name = OrderSystem.flow
            $0.definition = place.definition
        }
        _ = try await admin.call(CreateFlow.self, flow)
        let stored = quick ? count / 20 : count
        try await ExecutionStock(layout: layout).fill(ended: stored, open: stored / 10)
        let order = try await submit("pages-1", layout)
        let browser = try await signIn(port, layout)
        var figures = try await Self.pages.asyncFlatMap { name, path in
            try await look(name, path.replacing("{order}", with: order), browser)
        }
        figures.append(try await assets(browser))
        figures.append(try await events(port, layout, quick ? 20 : 100))
        return figures + (try await streams(supervisor, port, order, quick ? 200 : 2000))
    }

    private func submit(_ number: String, _ layout: SupervisorLayout) async throws -> String {
        let store = SocketCaller(path: layout.socketPath("order-store.sock"))
        let order = SubmitOrder.Params.with {
            $0.orderNum = number
            $0.supplier = "haidilao"
            $0.products = "beef,lotus root"
            $0.address = "West Lake 1"
            $0.total = DecimalNumber(100)
        }
        _ = try await store.call(SubmitOrder.self, order)
        _ = try? await store.stream(WatchOrder.self, .with { $0.orderNum = number }) { item in
            if item.status == .awaitingPayment { throw RPCFailure.canceled }
        }
        return number
    }

    /// As a person does: the form with its token, and the cookie from its answer.
    private func signIn(_ port: UInt16, _ layout: SupervisorLayout) async throws -> PageConnection {
        try await layout.createKey(Self.key.id, secret: Self.key.secret)
        let browser = PageConnection(port: port)
        try await browser.open()
        let page = try await browser.ask("GET", "/signin")
        guard let token = page.body.firstMatch(of: /name="csrf" value="([^"]+)"/)?.1 else {
            throw BenchFault("the page to sign in has no form")
        }
        let answer = try await browser.ask(
            "POST", "/signin", form: "csrf=\(token)&key=\(Self.key.id)&secret=\(Self.key.secret)")
        guard answer.status == 303 else { throw BenchFault("signing in was answered \(answer.status)") }
        return browser
    }

    private func look(_ name: String, _ path: String, _ browser: PageConnection) async throws -> [Figure] {
        Progress.show("page \(path)")
        var times: [Double] = []
        var bytes = 0
        for _ in 0..<50 {
            let answer = try await browser.ask("GET", path)
            guard answer.status == 200 else { throw BenchFault("\(path) was answered \(answer.status)") }
            times.append(answer.firstByte)
            bytes = answer.body.utf8.count
        }
        return [
            Figure("page_first_byte_p50_ms_\(name)", Samples(times).p50, "ms"),
            Figure("page_kib_\(name)", Double(bytes) / 1024, "KiB"),
        ]
    }

    /// Style sheet, script and icon, which a browser asks for once.
    private func assets(_ browser: PageConnection) async throws -> Figure {
        let page = try await browser.ask("GET", "/console")
        var bytes = 0
        for match in page.body.matches(of: /"(\/assets\/[^"]+)"/) {
            bytes += try await browser.ask("GET", String(match.1)).body.utf8.count
        }
        return Figure("page_assets_kib", Double(bytes) / 1024, "KiB")
    }

    /// From the reply to a commit at order-store to the event in the browser; it may come before the reply.
    private func events(_ port: UInt16, _ layout: SupervisorLayout, _ count: Int) async throws -> Figure {
        let store = SocketCaller(path: layout.socketPath("order-store-task.sock"))
        var times: [Double] = []
        for number in 0..<count {
            Progress.show("events: \(number)/\(count)")
            let order = try await submit("event-\(number)", layout)
            let listener = PageConnection(port: port)
            try await listener.open()
            try await listener.listen(to: "/shop/orders/\(order)/events")
            // The second and last ring behind the offer: see the shop's topics.
            try await Task.sleep(for: .milliseconds(2200))
            let begin = ContinuousClock.now
            async let event: Void = listener.nextEvent()
            _ = try await store.call(CancelOrder.self, .with { $0.orderNum = order })
            try await event
            times.append((ContinuousClock.now - begin).milliseconds)
            listener.close()
        }
        return Figure("page_event_p50_ms", Samples(times).p50, "ms")
    }

    private func streams(
        _ supervisor: Supervisor, _ port: UInt16, _ order: String, _ count: Int
    ) async throws -> [Figure] {
        guard let pid = supervisor.pid(of: "flow-web") else { throw BenchFault("flow-web does not run") }
        let facts = ProcessFacts(pid: pid)
        let before = facts.ownMiB
        var waiting: [PageConnection] = []
        for number in 0..<count {
            if number % 100 == 0 { Progress.show("streams: \(number)/\(count)") }
            let listener = PageConnection(port: port)
            try await listener.open()
            try await listener.listen(to: "/shop/orders/\(order)/events")
            waiting.append(listener)
        }
        let grown = facts.ownMiB - before
        for listener in waiting { listener.close() }
        return [
            Figure("page_streams", Double(count), "1"),
            Figure("page_stream_kib", grown * 1024 / Double(count), "KiB"),
        ]
    }
}

extension Array {
    fileprivate func asyncFlatMap<Other>(_ transform: (Element) async throws -> [Other]) async rethrows
        -> [Other]
    {
        var all: [Other] = []
        for element in self { all += try await transform(element) }
        return all
    }
}
