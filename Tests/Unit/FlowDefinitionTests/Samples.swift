/// Texts of definitions for the tests of the parser.
enum Samples {
    static let everything = """
        version: v1beta1
        type: flow
        timeoutSeconds: 3600
        steps:
          - type: task
            name: call
            resourceArn: acs:mns:::/topics/t/messages
            pattern: waitForCallback
            timeoutSeconds: 300
            serviceParams: {MessageBody: $, Priority: 1}
            inputMappings:
            - {target: token, source: $context.task.token}
            - {target: list, source: [1, {a: $input.b}]}
            - {target: word, source: yes}
            - {target: minus, source: -1}
            - {target: half, source: 0.5}
            - {target: none, source: ~}
            retry:
              - errors:
                - FC.Unknown
                - 404
                intervalSeconds: 3
                maxIntervalSeconds: 60
                maxAttempts: 10
                multiplier: 1.5
            catch:
              - errors: [FnF.ALL]
                goto: broken
            errorMappings:
              - {target: errMsg, source: $local.cause}
              - {target: errCode, source: $local.error}
          - type: choice
            name: choose
            choices:
              - condition: $.a == "x"
                steps:
                  - type: task
                    name: inner
                    action: fnf:StartExecution
                goto: done
            default:
              goto: broken
          - type: parallel
            name: both
            branches:
              - steps: [{type: pass, name: left}]
              - steps: [{type: pass, name: right, end: true}]
            outputMappings: [{target: result, source: "$local[*].x"}]
          - type: foreach
            name: each
            iterationMapping: {collection: $.names, item: name, index: i}
            steps: [{type: pass, name: one}]
          - {type: wait, name: pause, duration: $.pause}
          - {type: wait, name: until, timestamp: 2030-01-01T00:00:00Z}
          - {type: succeed, name: done}
          - {type: fail, name: broken, error: E, cause: because}
        outputMappings:
          - target: all
            source: $local
        """
}
