/// The flows that are measured.
enum BenchFlow {
    private static let head = "type: flow\nversion: v1\nsteps:\n"

    /// Three tasks in a row of the service that answers at once.
    static let threeTasks =
        head
        + ["one", "two", "three"].map { name in
            "  - type: task\n    name: \(name)\n    resourceArn: \(TaskService.resource)\n"
        }.joined()

    /// Ten passes, and nine choices between them that lead on; then the end.
    static let chain =
        head
        + (0..<9).map { turn in
            """
              - type: pass
                name: pass\(turn)
                outputMappings: [{target: n, source: $input.n}]
              - type: choice
                name: choice\(turn)
                choices: [{condition: $.n == 1, goto: pass\(turn + 1)}]

            """
        }.joined() + "  - {type: pass, name: pass9}\n  - {type: succeed, name: done}\n"

    /// Waits for a report, then calls the service.
    static let callback =
        head + """
              - type: task
                name: ask
                resourceArn: \(TaskService.resource)
                pattern: waitForCallback
              - type: task
                name: next
                resourceArn: \(TaskService.resource)

            """
}
