import PaymentGatewayAPI
import Primitives
import RPCProtocol
import Synchronization
import Testing

@testable import FnfctlCommands

/// A service that is restarted while somebody calls it.
@Suite struct StoppingServiceTests {
    /// A gateway that ends for so many calls before its successor answers.
    private func gateway(stopping calls: Int) -> HandlerTable {
        let left = Countdown(calls)
        var table = HandlerTable()
        table.on(ListPayments.self) { (_, _) async throws(RPCError) in
            guard left.next() else { throw .stopping }
            return ListPayments.Result()
        }
        return table
    }

    private final class Countdown: Sendable {
        private let left: Mutex<Int>
        init(_ count: Int) { left = Mutex(count) }

        /// True when the count is over.
        func next() -> Bool {
            left.withLock { left in
                left -= 1
                return left < 0
            }
        }
    }

    @Test func `a call that meets the end of a service is taken to its successor`() async {
        let stage = Stage([.paymentGateway: gateway(stopping: 3)])
        #expect(await stage.run("fnfctl payment list -o json") == .ok)
        #expect(stage.pauseCount == 3 && stage.err.isEmpty)
    }

    @Test func `a service that never ends stopping is told of after a bounded time`() async {
        let stage = Stage([.paymentGateway: gateway(stopping: .max)])
        #expect(await stage.run("fnfctl payment list") == .unreachable)
        #expect(stage.err.contains("the service is stopping"))
        #expect(stage.pauseCount == 100)
    }
}
