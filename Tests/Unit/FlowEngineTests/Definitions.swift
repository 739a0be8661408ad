/// The flows of the tests.
enum Definitions {
    static let pass = """
        version: v1
        type: flow
        steps:
          - type: pass
            name: hello
            outputMappings:
              - target: greeting
                source: hello
        """

    /// A task that ends by a report, within 300 seconds.
    static let ask = """
        version: v1
        type: flow
        steps:
          - type: task
            name: ask
            resourceArn: acs:mns:::/topics/ask/messages
            pattern: waitForCallback
            timeoutSeconds: 300
            inputMappings:
              - target: taskToken
                source: $context.task.token
              - target: order
                source: $input.order
            outputMappings:
              - target: answer
                source: $local.answer
            serviceParams:
              MessageBody: $
        """

    /// A task that ends by the service's answer.
    static func work(_ more: String = "") -> String {
        """
        version: v1
        type: flow
        steps:
          - type: task
            name: work
            resourceArn: acs:fc:::services/Shop.LATEST/functions/work
        \(more)
        """
    }

    /// A report, then a function.
    static let askThenWork =
        ask + """

              - type: task
                name: work
                resourceArn: acs:fc:::services/Shop/functions/work
            """

    static func calling(_ arn: String, pattern: String = "requestResponse") -> String {
        """
        version: v1
        type: flow
        steps:
          - type: task
            name: call
            pattern: \(pattern)
            resourceArn: \(arn)
        """
    }

    static let wait = """
        version: v1
        type: flow
        steps:
          - type: wait
            name: rest
            duration: 60
        """

    static let flowTimeout = """
        version: v1
        type: flow
        timeoutSeconds: 30
        steps:
          - type: wait
            name: rest
            duration: 60
        """
}
