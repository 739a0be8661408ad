import BenchReport
import FlowEngineAPI
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor
import Synchronization

/// Buyers that submit, pay and wait for the end, so many at a time.
struct OrderLoad: Sendable {
    /// One order's times. Units: milliseconds.
    struct Times: Sendable {
        var submit = 0.0
        var pay = 0.0
        var end = 0.0
        var whole: Double { submit + pay + end }
    }

    struct Outcome: Sendable {
        var times: [Times]
        var elapsed: Duration
        /// Answers that asked to come again.
        var refusals: Int
    }

    let system: OrderSystem
    /// The beginning of the order numbers.
    let name: String
    let inFlight: Int
    let count: Int
    /// No order begins after this.
    var limit: Duration = .seconds(120)

    /// All on the one thread that also serves the connections.
    func run() async throws -> Outcome {
        let state = State()
        let start = ContinuousClock.now
        let times = try await withTaskExecutorPreference(LoopExecutor.shared) {
            try await withThrowingTaskGroup(of: [Times].self) { group in
                let buyers = min(inFlight, count)
                for buyer in 0..<buyers {
                    group.addTask { try await orders(of: buyer, state, until: start + limit) }
                }
                group.addTask {
                    try await watch(state)
                    return []
                }
                var times: [Times] = []
                for _ in 0..<buyers { times += try await group.next() ?? [] }
                group.cancelAll()
                return times
            }
        }
        return Outcome(
            times: times, elapsed: .now - start, refusals: state.refusals.load(ordering: .relaxed))
    }

    private final class State: Sendable {
        let taken = Atomic(0)
        let ended = Atomic(0)
        let refusals = Atomic(0)
        /// The orders under way and what their buyers wait for.
        let open = Mutex<[String: String]>([:])
    }

    /// A system that has lost an order must not look like a slow one.
    ///
    /// Returns: when it is canceled. Throws: no order has ended for a minute.
    private func watch(_ state: State) async throws {
        var last = -1
        while true {
            let ended = state.ended.load(ordering: .relaxed)
            guard ended != last else { break }
            last = ended
            do { try await Task.sleep(for: .seconds(60)) } catch { return }
        }
        let stuck = state.open.withLock { $0 }.sorted { $0.key < $1.key }.prefix(8)
        let services = system.supervisor.statuses.sorted { $0.key < $1.key }
        throw BenchFault(
            "no order ended for a minute, \(last) of \(count) are done (--keep keeps the log); waiting: "
                + stuck.map { "\($0.key) for \($0.value)" }.joined(separator: ", ") + "; "
                + services.map { "\($0.key) is \($0.value)" }.joined(separator: "; "))
    }

    private func orders(
        of buyer: Int, _ state: State, until deadline: ContinuousClock.Instant
    ) async throws -> [Times] {
        var all: [Times] = []
        while ContinuousClock.now < deadline {
            let index = state.taken.add(1, ordering: .relaxed).oldValue
            guard index < count else { break }
            all.append(try await order(index, turn: buyer, state))
            let ended = state.ended.add(1, ordering: .relaxed).newValue
            if ended % 50 == 0 { Progress.show("orders, \(inFlight) in flight: \(ended)/\(count)") }
        }
        return all
    }

    private static let methods = ["zhifubao", "weixin", "unionpay"]

    private func order(_ index: Int, turn: Int, _ state: State) async throws -> Times {
        let number = "\(name)-\(index)"
        // Haidilao offers the first two methods only, everyone else all three.
        let method = Self.methods[index % 3]
        let clock = ContinuousClock()
        var times = Times()
        var mark = clock.now
        func lap() -> Double {
            defer { mark = clock.now }
            return (clock.now - mark).milliseconds
        }
        let submit = SubmitOrder.Params.with {
            $0.orderNum = number
            $0.supplier = method == "unionpay" ? "others" : "haidilao"
            $0.products = "beef,lotus root"
            $0.address = "West Lake \(index)"
        }
        defer { state.open.withLock { $0[number] = nil } }
        func wait(for answer: String) { state.open.withLock { $0[number] = answer } }
        wait(for: SubmitOrder.name)
        _ = try await call("order-store", turn, SubmitOrder.self, submit, state)
        times.submit = lap()
        wait(for: PayOrder.name)
        try await pay(number, method, DecimalNumber(Int64(1 + index % 1000)), turn, state)
        times.pay = lap()
        wait(for: DescribeExecution.name)
        try await awaitEnd(number, turn, state)
        times.end = lap()
        return times
    }

    /// It is paired with the offer whichever comes first, so the buyer need not look before.
    private func pay(
        _ number: String, _ method: String, _ price: DecimalNumber, _ turn: Int, _ state: State
    ) async throws {
        let params = PayOrder.Params.with {
            $0.orderNum = number
            $0.paymentMethod = method
            $0.price = price
        }
        var payment: PaymentRecord
        repeat {
            payment = try await call("payment-gateway", turn, PayOrder.self, params, state)
        } while payment.state == .accepted
        guard payment.state == .confirmed || payment.state == .charged else {
            throw BenchFault(
                "the payment of \(number) became \(payment.state.rawValue): \(payment.reason ?? "no reason")"
            )
        }
    }

    private func awaitEnd(_ number: String, _ turn: Int, _ state: State) async throws {
        let params = DescribeExecution.Params.with {
            $0.flowName = OrderSystem.flow
            $0.executionName = number
            $0.waitTimeSeconds = 60
        }
        var execution: ExecutionRecord
        repeat {
            execution = try await call("flow-engine", turn, DescribeExecution.self, params, state)
        } while execution.status == "Running" || execution.status == "Starting"
        guard execution.status == "Succeeded" else {
            throw BenchFault(
                "the execution \(number) ended \(execution.status): \(execution.error ?? "no error given")")
        }
    }

    /// Comes again when it is asked to, as every client does.
    private func call<Method: RPCMethod>(
        _ service: String, _ turn: Int, _: Method.Type, _ params: Method.Params, _ state: State
    ) async throws -> Method.Result {
        let caller = try system.caller(service, turn: turn)
        var attempts = 0
        while true {
            do { return try await caller.call(Method.self, params) } catch {
                attempts += 1
                guard error.isRetryable, attempts < 200 else {
                    throw BenchFault(
                        "\(Method.name) at \(service) failed after \(attempts) attempts: \(error)")
                }
                state.refusals.add(1, ordering: .relaxed)
                let pause = error.answer?.details["retryAfterMs"]?.integerValue ?? 50
                try await Task.sleep(for: .milliseconds(pause))
            }
        }
    }
}
