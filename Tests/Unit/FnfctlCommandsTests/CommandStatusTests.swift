import ArgumentParser
import Primitives
import RPCProtocol
import Testing

@testable import FnfctlCommands

@Suite struct CommandStatusTests {
    @Test func `the numbers are those that are promised`() {
        #expect(CommandStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130])
    }

    @Test func `the help lists each number with its meaning`() {
        let help = Fnfctl.helpMessage(columns: 200)
        for status in CommandStatus.allCases {
            #expect(help.contains("\(status.rawValue)  \(status.meaning)"))
        }
    }

    @Test(arguments: [
        ("FlowNotExists", CommandStatus.notFound), ("ExecutionNotExists", .notFound),
        ("OrderNotExists", .notFound), ("FlowVersionNotExists", .notFound), ("FlowAliasNotExists", .notFound),
        ("FlowVersionInUse", .conflict), ("FlowAliasAlreadyExists", .conflict),
        ("RuleNotExists", .notFound), ("MethodNotFound", .notFound), ("AccessDenied", .denied),
        ("FlowAlreadyExists", .conflict), ("ExecutionAlreadyExists", .conflict),
        ("ExecutionAlreadyCompleted", .conflict), ("TaskAlreadyCompleted", .conflict),
        ("OrderConflict", .conflict),
        ("OrderClosed", .conflict), ("PaymentConflict", .conflict), ("MethodNotOffered", .conflict),
        ("PriceMismatch", .conflict), ("IdempotencyConflict", .conflict), ("DeadlineExceeded", .timedOut),
        ("ServiceUnavailable", .unreachable), ("ResourceThrottled", .throttled), ("InvalidParams", .usage),
        ("InvalidArgument", .usage), ("InvalidOrder", .usage), ("InvalidPayment", .usage),
        ("Internal", .failed),
        ("ANameOfLaterDays", .failed),
    ]) func `an error's name decides`(name: String, status: CommandStatus) {
        #expect(CommandFailure.status(of: RPCErrorName(name)) == status)
    }

    private func failure(_ failure: RPCFailure, socket: String = "/run/fnf/flow-engine.sock")
        -> CommandFailure
    {
        CommandFailure(
            failure,
            Called(
                service: .flowEngine, door: .client, socket: socket, method: "DescribeFlow",
                params: ["Name": "Greeting"]))
    }

    @Test func `a missing flow tells how to put it in`() {
        let answer = failure(.answered(RPCError("FlowNotExists", "there is no flow Greeting")))
        #expect(answer.status == .notFound)
        #expect(answer.text.contains("fnfctl: there is no flow Greeting\n"))
        #expect(answer.text.contains("fnfctl flow apply -f FILE --name Greeting"))
    }

    @Test func `an unreachable service tells where to look`() {
        let installed = failure(.unreachable("there is no socket /run/fnf/x; see systemctl status x"))
        #expect(installed.status == .unreachable)
        #expect(installed.sentence == "there is no socket /run/fnf/x")
        #expect(installed.next?.contains("systemctl status fnf-flow-engine.socket") == true)
        #expect(installed.next?.contains("fnfctl up") == true)
        let own = failure(.unreachable("no socket"), socket: "/tmp/x/run/flow-engine.sock")
        #expect(own.next?.contains("FNF_RUNTIME_DIR") == true)
    }

    @Test(arguments: [
        (RPCDoor.client, "usermod -aG fnf $USER"), (.admin, "usermod -aG fnf-admin $USER"),
        (.task, "usermod -aG fnf-task $USER"),
    ]) func `a door that is shut names the group that opens it`(door: RPCDoor, advice: String) {
        func called(_ folder: String) -> Called {
            Called(
                service: .flowEngine, door: door, socket: "\(folder)/x.sock", method: "DeleteFlow",
                params: [:])
        }
        #expect(CommandFailure.openDoor(called("/run/fnf")).contains(advice))
        #expect(CommandFailure.openDoor(called("/tmp/x/run")).contains("fnfctl up"))
    }

    @Test func `the ways of having no answer differ`() {
        #expect(failure(.lost("end of stream")).status == .unreachable)
        #expect(failure(.timedOut("no answer within 30 s")).status == .timedOut)
        #expect(failure(.canceled).status == .interrupted)
    }

    @Test func `control characters of a peer do not reach the terminal`() {
        let text = failure(.answered(RPCError("X", "red \u{1B}[31m text\u{202E}"))).text
        #expect(!text.contains("\u{1B}"))
        #expect(!text.contains("\u{202E}"))
    }

    @Test(arguments: [
        "fnfctl bogus", "fnfctl order pay", "fnfctl order pay o --method m --price 0", "fnfctl logs",
    ])
    func `a wrong command line is status 2 and says so on standard error`(line: String) async {
        let stage = Stage()
        #expect(await stage.run(line) == .usage)
        #expect(stage.out.isEmpty)
        #expect(stage.err.contains("Usage: fnfctl"))
    }

    @Test(arguments: [
        "fnfctl --help", "fnfctl", "fnfctl flow", "fnfctl order submit --help", "fnfctl --version",
    ])
    func `help is data`(line: String) async {
        let stage = Stage()
        #expect(await stage.run(line) == .ok)
        #expect(!stage.out.isEmpty)
        #expect(stage.err.isEmpty)
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func `completion scripts are made`(shell: String) async {
        let stage = Stage()
        #expect(await stage.run("fnfctl --generate-completion-script \(shell)") == .ok)
        #expect(stage.out.contains("fnfctl"))
        #expect(stage.out.contains("explain"))
    }
}
