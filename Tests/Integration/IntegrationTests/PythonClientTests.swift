import OrderDesk
import Primitives
import TestHost
import Testing

extension Integration {
    @Suite struct PythonClientTests {
        @Test func `thirty lines of Python speak the protocol`() async throws {
            try await FnfSystem.run { system in
                let desk = OrderDesk(system)
                try await desk.applyFlow()
                let number = try await desk.submit()
                try await desk.recorded(number, "TaskSubmitted", step: "payment")
                let client = "\(BuildProducts.repository)/docs/clients/fnf_client.py"
                let answer = try await RunningCommand(
                    "/usr/bin/env",
                    [
                        "python3", client, system.socketPath(.orderStore), "DescribeOrder",
                        #"{"orderNum":"\#(number)"}"#,
                    ],
                    environment: [:], timeout: .seconds(30)
                ).result().expecting()
                #expect(try JSONParser.parse(answer.output)["status"] == "awaitingPayment")
                try await desk.pay(number, "weixin")
                let watch = try await RunningCommand(
                    "/usr/bin/env",
                    [
                        "python3", client, system.socketPath(.orderStore), "WatchOrder",
                        #"{"orderNum":"\#(number)"}"#,
                    ],
                    environment: [:], timeout: .seconds(30)
                ).result().expecting()
                #expect(watch.output.contains("completed"))
                let refused = try await RunningCommand(
                    "/usr/bin/env",
                    ["python3", client, system.socketPath(.orderStore), "DescribeOrder", "{}"],
                    environment: [:], timeout: .seconds(30)
                ).result()
                #expect(refused.exitCode == 1)
                #expect(refused.errorOutput.contains("InvalidParams: orderNum: is required"))
            }
        }
    }
}
