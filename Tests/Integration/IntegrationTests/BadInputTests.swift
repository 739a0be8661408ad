import FlowEngineAPI
import OrderDesk
import Primitives
import RPCProtocol
import RPCTransport
import ServiceSupervisor
import TestHost
import Testing

extension Integration {
    /// Every service is told nonsense; it answers in its place, and nobody else is disturbed.
    @Suite(.serialized) struct BadInputTests {
        @Test func `bad frames are answered by name, and the service goes on`() async throws {
            try await FnfSystem.run { system in
                for service in FnfService.allCases {
                    let path = system.socketPath(service)
                    let connection = RawConnection(path)
                    let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
                    let nonsense: [(String, String)] = [
                        ("no json at all", "ParseError"), ("[]", "InvalidRequest"), ("7", "InvalidRequest"),
                        (#"{"jsonrpc":"2.0","id":1,"method":"rpc.ping","id":2}"#, "ParseError"),
                        (#"{"jsonrpc":"2.0","id":1,"method":"rpc.ping","params":\#(deep)}"#, "ParseError"),
                        (#"{"jsonrpc":"1.0","id":1,"method":"rpc.ping"}"#, "InvalidRequest"),
                        (#"{"jsonrpc":"2.0","id":1,"method":7}"#, "InvalidRequest"),
                        (#"{"jsonrpc":"2.0","method":"rpc.ping"}"#, "InvalidRequest"),
                        (#"{"jsonrpc":"2.0","id":1,"method":"rpc.ping","params":[]}"#, "InvalidRequest"),
                        (#"{"jsonrpc":"2.0","id":1,"method":"rpc.pong"}"#, "MethodNotFound"),
                        (#"{"jsonrpc":"2.0","id":1,"method":"rpc.ping","params":{"x":1}}"#, "InvalidParams"),
                        (#"{"jsonrpc":"2.0","id":99999999999999999999,"method":"rpc.ping"}"#, "ParseError"),
                        ("{\"jsonrpc\":\"2.0\",\"id\":1e999,\"method\":\"rpc.ping\"}", "ParseError"),
                    ]
                    for (frame, name) in nonsense {
                        connection.send(frame: frame)
                        let answer = try #require(try connection.receive())
                        #expect(
                            answer["error"]?["data"]?["name"] == .string(name),
                            "\(service) \(frame): \(answer)")
                    }
                    connection.send(frame: #"{"jsonrpc":"2.0","id":"still","method":"rpc.ping"}"#)
                    #expect(try connection.receive()?["id"] == "still")

                    for declared in [0, 64 << 20 + 1, 0xFFFF_FFFF] {
                        let long = RawConnection(path)
                        long.send(bytes: RawConnection.length(declared))
                        #expect(try long.receive()?["error"]?["data"]?["name"] == "FrameTooLarge")
                        #expect(try long.receive() == nil)
                    }
                    let cut = RawConnection(path)
                    cut.send(bytes: RawConnection.length(50) + Array("{\"json".utf8))
                    cut.halfClose()
                    #expect(try cut.receive() == nil)
                }
                for service in FnfService.allCases { #expect(system.status(of: service).exits.isEmpty) }
            }
        }

        @Test func `bad definitions are refused with place, reason and way out`() async throws {
            try await FnfSystem.run { system in
                let cases: [(String, String)] = [
                    ("version: v1\ntype: flow\nsteps: [", "4:1"),
                    ("version: v1\ntype: flow\nsteps:\n  - type: jump\n    name: a\n", "4:"),
                    (
                        "version: v1\ntype: flow\nsteps:\n  - type: pass\n    name: a\n  - type: pass\n    name: a\n",
                        "7:"
                    ),
                    (
                        """
                        version: v1
                        type: flow
                        steps:
                          - type: choice
                            name: a
                            choices:
                              - condition: $.x == 1
                                goto: nowhere

                        """, "nowhere"
                    ),
                    (
                        "version: v1\ntype: flow\nsteps:\n  - type: choice\n    name: a\n    choices:\n      - condition: $.x ==\n",
                        "7:"
                    ),
                ]
                for (definition, place) in cases {
                    let refusal = await #expect(throws: RPCFailure.self) {
                        try await system.caller(.flowEngine, .admin).call(
                            CreateFlow.self,
                            .with {
                                $0.name = "Bad"
                                $0.definition = definition
                            })
                    }
                    #expect(refusal?.answer?.name == .invalidArgument)
                    #expect(
                        refusal?.answer?.message.contains(place) == true, "\(refusal as Any) lacks \(place)")
                }
                let file = "\(system.folder)/bad.yaml"
                try Files.put(cases[1].0, file)
                let apply = try await system.fnfctl("flow", "apply", "-f", file, "--name", "Bad")
                #expect(apply.exitCode == 8, "\(apply)")
                #expect(apply.errorOutput.contains("\(file):4:"), "\(apply)")
            }
        }

        @Test func `a door gives its right and no other`() async throws {
            try await FnfSystem.run { system in
                let refused: [(FnfService, RPCDoor, String)] = [
                    (.flowEngine, .client, "CreateFlow"), (.flowEngine, .report, "StopExecution"),
                    (.orderStore, .client, "RecordPayment"), (.orderStore, .internal, "CompleteOrder"),
                    (.orderStore, .task, "RecordPayment"), (.paymentGateway, .client, "ChargeOrder"),
                    (.supplierRules, .client, "SetSupplierRule"), (.supplierRules, .task, "SetSupplierRule"),
                ]
                for (service, door, method) in refused {
                    let failure = await #expect(throws: RPCFailure.self) {
                        try await system.transport(service, door).call(method, [:], meta: RPCMeta())
                    }
                    #expect(
                        failure?.answer?.name == .accessDenied,
                        "\(service) \(door) \(method): \(failure as Any)")
                }
            }
        }
    }
}
