import Glibc
import OrderDesk
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Crash {
    /// Orders go on while the disk under one service refuses writes, answers them with errors, or fails its syncs, each for
    /// a while.
    @Suite(.serialized) struct FailingDiskTests {
        private enum Trouble: String, CaseIterable {
            case full = "FNF_CRASH_FULL"
            case errors = "FNF_CRASH_EIO"
            case syncs = "FNF_CRASH_NOSYNC"
        }

        private static let ordersEach = 4
        /// While the disk fails; each is asked once and may be refused.
        private static let probes = 20

        @Test(arguments: FnfService.ofOrders)
        func `a disk that fails for a while costs no order and no charge`(_ service: FnfService) async throws
        {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            var options = FnfSystem.Options()
            var variables = ["LD_PRELOAD": try BuildProducts.crashShim()]
            for trouble in Trouble.allCases {
                variables[trouble.rawValue] = "\(folder.path)/\(trouble.rawValue)"
            }
            options.environment[service] = variables
            try await FnfSystem.run(options) { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                var numbers: [String] = []
                for round in 0..<2 * Trouble.allCases.count {
                    let trouble = Trouble.allCases[round % Trouble.allCases.count]
                    numbers += try await shop(
                        system, service, trouble, "\(service.rawValue)-\(round)",
                        "\(folder.path)/\(trouble.rawValue)")
                }
                let exits = system.status(of: service).exits
                print("failing disk: \(service.rawValue): \(numbers.count) orders, exits \(exits)")
                try await expectSingleCharges(system, desk, numbers)
            }
        }

        /// Buys some orders; the disk begins to fail when they have begun, and works again before they have ended.
        private func shop(
            _ system: FnfSystem, _ service: FnfService, _ trouble: Trouble, _ name: String, _ lever: String
        ) async throws -> [String] {
            let desk = OrderDesk(system)
            let numbers = (0..<Self.ordersEach).map { "\(name)-\($0)" }
            let exits = system.status(of: service).exits.count
            async let bought: Void = buy(desk, numbers)
            try Files.put("", lever)
            async let probed = probe(desk, name)
            // A service ends after a failed sync, and can't start before syncs work again: then nobody is answered.
            if trouble == .syncs {
                try await system.wait(for: service) { $0.exits.count > exits }
            } else {
                _ = await probed
            }
            unlink(lever)
            let taken = await probed
            try await bought
            try await buy(desk, taken)
            return numbers + taken
        }

        /// The orders that were taken meanwhile.
        private func probe(_ desk: OrderDesk, _ name: String) async -> [String] {
            var taken: [String] = []
            for probe in 0..<Self.probes {
                let number = "\(name)-probe-\(probe)"
                if (try? await desk.submit(number)) != nil { taken.append(number) }
            }
            return taken
        }

        private func buy(_ desk: OrderDesk, _ numbers: [String]) async throws {
            try await withThrowingDiscardingTaskGroup { group in
                for number in numbers {
                    group.addTask {
                        try await self.patiently { try await desk.submit(number) }
                        try await self.patiently { try await desk.pay(number, "zhifubao") }
                    }
                }
            }
        }

        /// Again until it is answered: the disk works again in a moment.
        private func patiently<Value: Sendable>(_ body: () async throws -> Value) async throws {
            let end = ContinuousClock.now + .seconds(60)
            while true {
                do {
                    _ = try await body()
                    return
                } catch let failure as RPCFailure where failure.isRetryable && ContinuousClock.now < end {
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
        }

        private func expectSingleCharges(
            _ system: FnfSystem, _ desk: OrderDesk, _ numbers: [String]
        ) async throws {
            for number in numbers {
                let order = try await desk.closed(number)
                #expect(order.status == .completed, "\(number): \(order.status) \(order.reason ?? "")")
            }
            let charges = try system.database(of: .paymentGateway).rows("SELECT order_num FROM charges")
            let charged = charges.compactMap { $0["order_num"]?.stringValue }
            for number in numbers { #expect(charged.count { $0 == number } == 1, "\(number)") }
        }
    }
}
