import Glibc
import OrderDesk
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import ServiceSupervisor
import TestHost
import Testing

extension Integration {
    /// A disk that is full, and one that dies.
    @Suite(.serialized) struct DiskTests {
        /// A system in which one service's disk can be broken by making a file.
        private func broken(
            _ service: FnfService, _ variable: String,
            _ body: (FnfSystem, OrderDesk, _ switch: String) async throws -> Void
        ) async throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            var options = FnfSystem.Options()
            let lever = "\(folder.path)/broken"
            options.environment[service] = ["LD_PRELOAD": try BuildProducts.crashShim(), variable: lever]
            try await FnfSystem.run(options) { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                try await body(system, desk, lever)
            }
        }

        @Test(arguments: [FnfService.orderStore, .paymentGateway])
        func `a full disk refuses what is new by name, loses nothing, and goes on when there is room`(
            _ service: FnfService
        ) async throws {
            try await broken(service, "FNF_CRASH_FULL") { system, desk, lever in
                let number = try await desk.submit()
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                try Files.put("", lever)
                let refusal = await #expect(throws: RPCFailure.self) {
                    if service == .orderStore {
                        try await desk.submit()
                    } else {
                        try await desk.pay(number, "weixin")
                    }
                }
                #expect(refusal?.answer?.name == .serviceUnavailable, "\(refusal as Any)")
                #expect(refusal?.answer?.retryable == true)
                #expect(
                    refusal?.answer?.message.contains("\(service.rawValue).sqlite") == true,
                    "\(refusal as Any)")
                // Reading goes on.
                #expect(try await desk.describe(number).status == .awaitingPayment)
                unlink(lever)
                try await desk.pay(number, "weixin")
                #expect(try await desk.closed(number).status == .completed)
                #expect(system.status(of: service).exits.isEmpty)
            }
        }

        @Test func `a full disk under the engine holds orders back and loses none`() async throws {
            try await broken(.flowEngine, "FNF_CRASH_FULL") { system, desk, lever in
                let waiting = try await desk.submit()
                try await desk.recorded(waiting, "TaskSubmitted", step: "payment")
                try Files.put("", lever)
                let number = try await desk.submit()
                let troubled = try await desk.reaching(number) { $0.trouble != nil }
                #expect(troubled.trouble?.contains("flow-engine.sqlite") == true, "\(troubled.trouble ?? "")")
                #expect(try await desk.pay(waiting, "weixin").state == .accepted)
                unlink(lever)
                try await desk.pay(number, "weixin")
                #expect(try await desk.closed(number).status == .completed)
                #expect(try await desk.closed(waiting).status == .completed)
            }
        }

        @Test(arguments: [FnfService.flowEngine, .orderStore, .paymentGateway])
        func `after a failed sync a service starts again from its disk`(_ service: FnfService) async throws {
            try await broken(service, "FNF_CRASH_NOSYNC") { system, desk, lever in
                let number = try await desk.submit()
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                let before = system.status(of: service)
                try Files.put("", lever)
                // Whatever writes first meets the dying disk; no answer may promise anything.
                async let attempts: Void = repeatedly { try await desk.pay(number, "zhifubao") }
                if service == .orderStore { _ = try? await desk.submit("dies", flow: "None") }
                try await system.wait(for: service) { $0.exits.count > before.exits.count }
                unlink(lever)
                try await attempts
                #expect(try await desk.closed(number).status == .completed)
                #expect(try await desk.payment(of: number)?.charged == DecimalNumber(80))
            }
        }

        private func repeatedly<Value>(_ body: () async throws -> Value) async throws {
            while true {
                do {
                    _ = try await body()
                    return
                } catch let failure as RPCFailure where failure.isRetryable {
                    continue
                }
            }
        }
    }
}
