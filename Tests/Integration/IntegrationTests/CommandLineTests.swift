import Glibc
import Primitives
import TestHost
import Testing

extension Integration {
    /// What a person types, against `fnfctl up`.
    @Suite(.serialized) struct CommandLineTests {
        /// A system that a person started, in the foreground of another terminal.
        private func up(
            _ body: (_ fnfctl: ([String]) async throws -> CommandResult, _ folder: String) async throws ->
                Void
        )
            async throws
        {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let program = try BuildProducts.path(of: "fnfctl")
            let system = try RunningCommand(
                program, ["up", "--dir", "\(folder.path)/d", "--config", BuildProducts.defaultConfiguration],
                timeout: .seconds(300))
            try await system.waitUntilPrinted("ready")
            let environment = ["FNF_RUNTIME_DIR": "\(folder.path)/d/run"]
            do {
                try await body(
                    { try await RunningCommand(program, $0, environment: environment).result() },
                    "\(folder.path)/d")
            } catch {
                system.signal(SIGTERM)
                print(await system.result())
                throw error
            }
            system.signal(SIGINT)
            let ended = await system.result()
            #expect(ended.exitCode == 130, "\(ended)")
            #expect(!Files.exists("\(folder.path)/d/run/flow-engine.sock"))
        }

        @Test func `the lines of the manual work as they stand`() async throws {
            try await up { fnfctl, folder in
                func run(_ line: String..., code: Int32 = 0) async throws -> String {
                    try await fnfctl(line).expecting(exitCode: code).output
                }
                let flow = "OrderDemo-Jiyuan"
                _ = try await run("flow", "apply", "-f", BuildProducts.orderDemoFlow, "--name", flow)
                let submitted = try await run(
                    "order", "submit", "--supplier", "haidilao", "--products", "beef,lotus root", "--address",
                    "West Lake 1",
                    "--total", "100")
                let order = String(submitted.dropLast())
                #expect(submitted == "\(order)\n" && order.count == 36)
                _ = try await run("order", "pay", order, "--method", "zhifubao", "--price", "100")
                _ = try await run("execution", "describe", flow, order, "--wait")
                let shown = try await run("order", "show", order)
                #expect(shown.contains("completed") || shown.contains("paid"), "\(shown)")
                let history = try await run("execution", "history", flow, order)
                #expect(history.contains("ExecutionSucceeded") && history.contains("paymentCombination"))
                let json = try JSONParser.parse(
                    try await run("execution", "history", flow, order, "-o", "json"))
                #expect(
                    (json.arrayValue ?? json["Events"]?.arrayValue ?? json["events"]?.arrayValue)?.isEmpty
                        == false)
                for verb in [
                    ["execution", "list", flow], ["execution", "describe", flow, order], ["flow", "list"],
                    ["flow", "describe", flow], ["flow", "validate", BuildProducts.orderDemoFlow],
                    ["supplier", "list"],
                    ["supplier", "show", "haidilao"], ["supplier", "explain", "haidilao"],
                    ["payment", "list"], ["status"],
                    ["call", "order-store", "DescribeOrder", #"{"orderNum":"\#(order)"}"#],
                    ["discover", "flow-engine"],
                    ["metrics", "flow-engine"], ["order", "list"], ["order", "show", order, "-o", "yaml"],
                ] {
                    #expect(try await !fnfctl(verb).expecting().output.isEmpty, "\(verb)")
                }
                let logs = try await run("logs", order)
                #expect(logs.contains("flow-engine") && logs.split(separator: "\n").count >= 4, "\(logs)")
                #expect(Files.exists("\(folder)/log"))
            }
        }

        @Test func `wrong words end with the documented codes`() async throws {
            try await up { fnfctl, folder in
                _ = try await fnfctl(["flow", "apply", "-f", BuildProducts.orderDemoFlow, "--name", "F"])
                    .expecting()
                let cases: [([String], Int32)] = [
                    (["order", "sumbit"], 2), (["order", "pay", "x"], 2), (["order", "show", "nobody"], 3),
                    (["execution", "describe", "F", "nobody"], 3), (["flow", "describe", "G"], 3),
                    (["call", "order-store", "DescribeOrder", "{"], 2),
                    (["call", "order-store", "RecordPayment", "{}", "--door", "client"], 4),
                    (["flow", "validate", "/nowhere.yaml"], 1), (["supplier", "unset", "nobody"], 3),
                ]
                for (words, code) in cases {
                    let result = try await fnfctl(words)
                    #expect(result.exitCode == code, "\(result)")
                    #expect(result.output.isEmpty && !result.errorOutput.isEmpty, "\(result)")
                }
                let unbound = "\(folder)/unbound.yaml"
                try Files.put(
                    (Files.text(BuildProducts.orderDemoFlow) ?? "")
                        .split(separator: "payment-fnf-demo-jiyuan").joined(
                            separator: "paymant-fnf-demo-jiyuan"), unbound)
                let refused = try await fnfctl(["flow", "apply", "-f", unbound, "--name", "U"])
                #expect(refused.exitCode == 8)
                #expect(
                    refused.errorOutput.contains("payment-fnf-demo-jiyuan"), "no nearest name: \(refused)")
                _ = try await fnfctl(["flow", "apply", "-f", unbound, "--name", "U", "--allow-unbound"])
                    .expecting()
            }
        }
    }
}
