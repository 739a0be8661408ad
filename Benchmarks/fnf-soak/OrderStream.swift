import FlowEngineAPI
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import RPCTransport
import Synchronization

/// Orders that begin at a steady rate, whatever becomes of those before: each is submitted, paid and followed to its end, and
/// every call is repeated until it is answered.
final class OrderStream: Sendable {
    /// Orders under way; more would only measure how long the line is.
    static let inFlightMax = 4096
    /// How long an order may take with all its services being killed now and then.
    static let patience = Duration.seconds(60)

    private struct State {
        var begun = 0
        var ended = 0
        var inFlight = 0
        var late = 0
        /// Units: milliseconds.
        var times: [Double] = []
        var faults: [String] = []
    }

    private let system: SoakSystem
    private let rate: Double
    private let name: String
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init(_ system: SoakSystem, rate: Double, name: String = "soak") {
        self.system = system
        self.rate = rate
        self.name = name
    }

    var orders: Int { state.withLock { $0.ended } }

    var faults: [String] {
        state.withLock { state in
            var faults = state.faults
            if state.late > 0 {
                faults.append("\(state.late) orders could not begin: \(Self.inFlightMax) were under way")
            }
            if state.begun != state.ended { faults.append("\(state.begun - state.ended) orders did not end") }
            return faults
        }
    }

    /// What ended since it was asked last, and how long each took.
    func takeMinute() -> [Double] {
        state.withLock { state in
            defer { state.times = [] }
            return state.times
        }
    }

    func wait(until time: Duration) async throws { try await Task.sleep(until: start + time) }

    /// Returns when all orders have ended.
    func run(for duration: Duration) async throws {
        try await withTaskExecutorPreference(LoopExecutor.shared) {
            try await withThrowingDiscardingTaskGroup { group in
                var begun = 0
                while ContinuousClock.now < self.start + duration {
                    let due = Int((ContinuousClock.now - self.start).inSeconds * self.rate)
                    while begun < due {
                        let number = begun
                        begun += 1
                        guard self.takePlace() else { continue }
                        group.addTask { await self.order(number) }
                    }
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
        }
    }

    private func takePlace() -> Bool {
        state.withLock { state in
            guard state.inFlight < Self.inFlightMax else {
                state.late += 1
                return false
            }
            state.inFlight += 1
            state.begun += 1
            return true
        }
    }

    private func order(_ number: Int) async {
        let begin = ContinuousClock.now
        do {
            try await buy("\(name)-\(number)", number, until: begin + Self.patience)
            let time = (ContinuousClock.now - begin).inSeconds * 1000
            state.withLock { state in
                state.ended += 1
                state.inFlight -= 1
                state.times.append(time)
            }
        } catch {
            state.withLock { state in
                state.inFlight -= 1
                if state.faults.count < 10 { state.faults.append("order \(name)-\(number): \(error)") }
            }
        }
    }

    private static let methods = ["zhifubao", "weixin"]

    private func buy(_ order: String, _ turn: Int, until end: ContinuousClock.Instant) async throws {
        let submit = SubmitOrder.Params.with {
            $0.orderNum = order
            $0.supplier = "haidilao"
            $0.products = "beef,lotus root"
            $0.address = "West Lake 1"
        }
        _ = try await insist("order-store", turn, SubmitOrder.self, submit, until: end)
        let pay = PayOrder.Params.with {
            $0.orderNum = order
            $0.paymentMethod = Self.methods[turn % 2]
            $0.price = DecimalNumber(Int64(1 + turn % 1000))
        }
        var payment: PaymentRecord
        repeat {
            payment = try await insist("payment-gateway", turn, PayOrder.self, pay, until: end)
        } while payment.state == .accepted
        guard payment.state == .confirmed || payment.state == .charged else {
            throw SoakFault("its payment became \(payment.state.rawValue): \(payment.reason ?? "no reason")")
        }
        let wait = DescribeExecution.Params.with {
            $0.flowName = SoakSystem.flow
            $0.executionName = order
            $0.waitTimeSeconds = 20
        }
        var execution: ExecutionRecord
        repeat {
            execution = try await insist("flow-engine", turn, DescribeExecution.self, wait, until: end)
        } while execution.stoppedTime.isEmpty
        guard execution.status == "Succeeded" else {
            throw SoakFault("it ended \(execution.status): \(execution.error ?? "no error given")")
        }
    }

    private func insist<Method: RPCMethod>(
        _ service: String, _ turn: Int, _: Method.Type, _ params: Method.Params,
        until end: ContinuousClock.Instant
    ) async throws -> Method.Result {
        let caller = try system.caller(service, turn)
        while true {
            do { return try await caller.call(Method.self, params) } catch {
                guard error.isRetryable, ContinuousClock.now < end else {
                    throw SoakFault("\(Method.name) at \(service): \(error)")
                }
                let pause = error.answer?.details["retryAfterMs"]?.integerValue ?? 20
                try await Task.sleep(for: .milliseconds(pause))
            }
        }
    }
}

// MARK: - The peak

extension OrderStream {
    /// Orders a second with so many buyers that never rest. Takes a quarter of a minute.
    static func peak(_ system: SoakSystem) async throws -> Double {
        let stream = OrderStream(system, rate: 0, name: "peak")
        let (warm, end) = (Duration.seconds(3), Duration.seconds(15))
        try await withTaskExecutorPreference(LoopExecutor.shared) {
            try await withThrowingDiscardingTaskGroup { group in
                for buyer in 0..<64 {
                    group.addTask { try await stream.buyWithoutRest(buyer, of: 64, from: warm, to: end) }
                }
            }
        }
        let peak = Double(stream.takeMinute().count) / (end - warm).inSeconds
        guard peak >= 1 else { throw SoakFault("no order ended while the peak was measured") }
        return peak
    }

    private func buyWithoutRest(
        _ buyer: Int, of buyers: Int, from warm: Duration, to end: Duration
    ) async throws {
        var number = buyer
        while ContinuousClock.now < start + end {
            let begin = ContinuousClock.now
            try await buy("peak-\(number)", number, until: begin + Self.patience)
            system.noteMeasured(1)
            let now = ContinuousClock.now
            if now > start + warm, now < start + end {
                state.withLock { $0.times.append((now - begin).inSeconds) }
            }
            number += buyers
        }
    }
}

extension Duration {
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
