import Primitives
import RPCProtocol

/// The flows that are run with a fault at each operation: every type of step, every pattern of task, every way in which
/// time, children, queues, topics and schedules reach the disk.
package enum Corpus {
    package static let all: [CrashScenario] =
        steps + waiting + [child, concurrent, each, stopped, creation]
        + [queue, messages, topic, schedule]

    static func task(_ name: String, _ more: String = "") -> String {
        """
          - type: task
            name: \(name)
            resourceArn: acs:fc:::services/desk/functions/\(name)
        \(more)
        """
    }

    static func flow(_ steps: String...) -> String {
        "version: v1\ntype: flow\nsteps:\n" + steps.joined(separator: "\n")
    }

    private static let steps: [CrashScenario] = [
        .flow(
            "pass, choice, goto, succeed",
            flow(
                """
                  - {type: pass, name: first, outputMappings: [{target: n, source: 2}]}
                  - type: choice
                    name: which
                    choices:
                      - condition: $.n > 1
                        goto: many
                  - {type: fail, name: few}
                  - {type: pass, name: many, outputMappings: [{target: kind, source: many}]}
                  - {type: succeed, name: done}
                """)),
        .flow(
            "three tasks in a row", flow(task("one"), task("two"), task("three")), input: #"{"order":"o-1"}"#,
            answers: [
                "one": [.result(["a": 1])], "two": [.result(["b": [1, 2]])], "three": [.result(["c": nil])],
            ]),
        .flow(
            "retry, then catch, then fail",
            flow(
                task(
                    "flaky",
                    """
                        retry:
                          - {errors: [Busy], intervalSeconds: 1, maxAttempts: 3}
                    """),
                task(
                    "wrong",
                    """
                        catch:
                          - {errors: [FnF.ALL], goto: mend}
                    """),
                "  - {type: succeed, name: never}", task("mend"),
                "  - {type: fail, name: end, error: Planned}"),
            answers: [
                "flaky": [.failure("Busy"), .failure("Busy"), .result([:])], "wrong": [.failure("Bad")],
                "mend": [.result([:])],
            ]),
    ]

    private static let callback = """
          - type: task
            name: ask
            resourceArn: acs:mns:::/topics/desk/messages
            pattern: waitForCallback
            timeoutSeconds: 600
            inputMappings:
              - {target: token, source: $context.task.token}
            serviceParams: {MessageBody: $}
        """

    private static let waiting: [CrashScenario] = [
        .flow(
            "a report by token", flow(callback, task("after")),
            answers: ["ask": [.report(["answer": 42])], "after": [.result([:])]]),
        .flow(
            "a reported failure, caught",
            flow(callback + "\n    catch:\n      - {errors: [No], goto: after}", task("after")),
            answers: ["ask": [.reportFailure("No")], "after": [.result([:])]]),
        .flow(
            "a service that ends by a report (sync)", flow(task("audit", "    pattern: sync"), task("after")),
            answers: ["audit": [.report(["passed": true])]]),
        .flow(
            "a wait, and a timeout that is caught",
            flow(
                "  - {type: wait, name: rest, duration: 60}",
                task(
                    "slow",
                    """
                        timeoutSeconds: 30
                        catch:
                          - {errors: [FnF.TaskTimeout], goto: late}
                    """),
                "  - {type: succeed, name: intime}", "  - {type: pass, name: late}"),
            answers: ["slow": [.never]]),
        .flow(
            "the whole flow's timeout",
            "version: v1\ntype: flow\ntimeoutSeconds: 20\nsteps:\n  - {type: wait, name: rest, duration: 60}"),
    ]

    private static let child = CrashScenario.flow(
        "a child flow that is awaited",
        flow(
            """
              - type: task
                name: child
                pattern: sync
                resourceArn: acs:fnf:::flow/Child
            """, task("after")), answers: ["ask": [.report(["answer": 42])]],
        others: [("Child", flow(callback))])

    private static let concurrent = CrashScenario.flow(
        "parallel branches",
        flow(
            """
              - type: parallel
                name: both
                branches:
                  - steps:
                      - {type: task, name: left, resourceArn: "acs:fc:::services/desk/functions/left"}
                  - steps:
                      - {type: wait, name: pause, duration: 1}
                      - {type: task, name: right, resourceArn: "acs:fc:::services/desk/functions/right"}
                outputMappings:
                  - {target: all, source: "$local[*].n"}
            """), answers: ["left": [.result(["n": 1])], "right": [.result(["n": 2])]], isConcurrent: true)

    private static let each = CrashScenario.flow(
        "foreach",
        flow(
            """
              - type: foreach
                name: each
                iterationMapping: {collection: $.items, item: item}
                steps:
                  - {type: task, name: work, resourceArn: "acs:fc:::services/desk/functions/work"}
            """), input: #"{"items":["a","b","c"]}"#, isConcurrent: true)
}
