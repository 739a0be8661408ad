import FlowCore
import FlowModel
import Primitives
import Testing

/// The history of each way a task goes, event by event. Source: fdl §8.
struct GoldenTaskTests {
    @Test func `a task whose answer is its result`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: task
                name: work
                resourceArn: acs:fc:::services/S/functions/f
                timeoutSeconds: 60
                serviceParams: {Body: $, Priority: 1}
            """)
        try scenario.start(["n": 1])
        try scenario.answer(["r": 2], at: 1)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{"n":1}}
                2←1 StepEntered work +0 {"input":{"n":1},"local":{}}
                3←2 TaskScheduled work +0 {"attempt":0,"deadline":"2025-11-23T10:11:00.000Z","input":{"n":1},"parameters":{"Body":"$","Priority":1},"pattern":"requestResponse","resourceArn":"acs:fc:::services/S/functions/f"}
                4←3 TaskStarted work +1 {}
                5←4 TaskSucceeded work +1 {"output":{"r":2}}
                6←5 StepExited work +1 {"local":{"r":2}}
                7←6 ExecutionSucceeded +1 {"output":{"r":2}}
                """#)
    }

    @Test func `a callback task whose holder of the token reports`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: task
                name: ask
                resourceArn: acs:mns:::/topics/t/messages
                pattern: waitForCallback
                inputMappings: [{target: token, source: $context.task.token}]
            """)
        try scenario.start()
        try scenario.answer(["MessageId": "m"], at: 1)
        try scenario.report(["r": 2], key: "k", at: 2)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered ask +0 {"input":{},"local":{}}
                3←2 TaskScheduled ask +0 {"attempt":0,"input":{"token":"token-F-1-3"},"pattern":"waitForCallback","resourceArn":"acs:mns:::/topics/t/messages"}
                4←3 TaskStarted ask +1 {}
                5←4 TaskSubmitted ask +1 {"output":{"MessageId":"m"}}
                6←5 TaskSucceeded ask +2 {"output":{"r":2},"reportKey":"k"}
                7←6 StepExited ask +2 {"local":{"r":2}}
                8←7 ExecutionSucceeded +2 {"output":{"r":2}}
                """#)
    }

    @Test func `a task that waits for the end of what it began`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: task
                name: child
                resourceArn: acs:fnf:::flow/Child
                pattern: sync
                outputMappings: [{target: r, source: $local.Output}]
            """)
        try scenario.start()
        try scenario.answer(["Name": "c"], at: 1)
        try scenario.report(["Output": 2], at: 2)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered child +0 {"input":{},"local":{}}
                3←2 TaskScheduled child +0 {"attempt":0,"input":{},"pattern":"sync","resourceArn":"acs:fnf:::flow/Child"}
                4←3 TaskStarted child +1 {}
                5←4 TaskSubmitted child +1 {"output":{"Name":"c"}}
                6←5 TaskSucceeded child +2 {"output":{"Output":2}}
                7←6 StepExited child +2 {"local":{"r":2}}
                8←7 ExecutionSucceeded +2 {"output":{"r":2}}
                """#)
    }

    @Test func `a submission that fails fails the attempt`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: task
                name: ask
                resourceArn: acs:mns:::/topics/t/messages
                pattern: waitForCallback
            """)
        try scenario.start()
        let id = try scenario.task()
        let failure = FlowFailure(error: "Refused", cause: "no such topic")
        try scenario.step(.taskSubmitFailed(scheduledEventID: id, failure), at: 1)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered ask +0 {"input":{},"local":{}}
                3←2 TaskScheduled ask +0 {"attempt":0,"input":{},"pattern":"waitForCallback","resourceArn":"acs:mns:::/topics/t/messages"}
                4←3 TaskStarted ask +1 {}
                5←4 TaskSubmitFailed ask +1 {"cause":"no such topic","error":"Refused"}
                6←5 StepFailed ask +1 {"cause":"no such topic","error":"Refused"}
                7←6 ExecutionFailed +1 {"cause":"no such topic","error":"Refused"}
                """#)
    }

    @Test func `a failed attempt is repeated after its pause`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: task
                name: work
                resourceArn: acs:fc:::f
                retry: [{errors: [E], intervalSeconds: 5, maxAttempts: 1}]
            """)
        try scenario.start()
        try scenario.refuse("E", at: 1)
        try scenario.step(.timerFired, at: 6)
        try scenario.answer(["r": 1], at: 7)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered work +0 {"input":{},"local":{}}
                3←2 TaskScheduled work +0 {"attempt":0,"input":{},"pattern":"requestResponse","resourceArn":"acs:fc:::f"}
                4←3 TaskStarted work +1 {}
                5←4 TaskFailed work +1 {"cause":"why","error":"E","retryAt":"2025-11-23T10:10:06.000Z","retryPolicy":0}
                6←5 TaskScheduled work +6 {"attempt":1,"input":{},"pattern":"requestResponse","resourceArn":"acs:fc:::f"}
                7←6 TaskStarted work +7 {}
                8←7 TaskSucceeded work +7 {"output":{"r":1}}
                9←8 StepExited work +7 {"local":{"r":1}}
                10←9 ExecutionSucceeded +7 {"output":{"r":1}}
                """#)
    }

    @Test func `a failure that is caught goes to the step of its catch`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - type: task
                name: work
                resourceArn: acs:fc:::f
                catch: [{errors: [FnF.ALL], goto: repair}]
                errorMappings: [{target: error, source: $local.error}]
              - {type: pass, name: skipped}
              - {type: pass, name: repair}
            """)
        try scenario.start()
        try scenario.refuse("E", at: 1)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered work +0 {"input":{},"local":{}}
                3←2 TaskScheduled work +0 {"attempt":0,"input":{},"pattern":"requestResponse","resourceArn":"acs:fc:::f"}
                4←3 TaskStarted work +1 {}
                5←4 TaskFailed work +1 {"cause":"why","error":"E"}
                6←5 StepExited work +1 {"goto":"repair","local":{"error":"E"}}
                7←6 StepEntered repair +1 {"input":{},"local":{"error":"E"}}
                8←7 StepStarted repair +1 {"input":{"error":"E"}}
                9←8 StepSucceeded repair +1 {"output":{}}
                10←9 StepExited repair +1 {"local":{"error":"E"}}
                11←10 ExecutionSucceeded +1 {"output":{"error":"E"}}
                """#)
    }

    @Test func `a failure that nobody catches fails the flow`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - {type: task, name: work, resourceArn: 'acs:fc:::f'}
            """)
        try scenario.start()
        try scenario.refuse("E", at: 1)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered work +0 {"input":{},"local":{}}
                3←2 TaskScheduled work +0 {"attempt":0,"input":{},"pattern":"requestResponse","resourceArn":"acs:fc:::f"}
                4←3 TaskStarted work +1 {}
                5←4 TaskFailed work +1 {"cause":"why","error":"E"}
                6←5 StepFailed work +1 {"cause":"why","error":"E"}
                7←6 ExecutionFailed +1 {"cause":"why","error":"E"}
                """#)
    }

    @Test func `a task without a result in time times out`() throws {
        var scenario = try Scenario(
            """
            version: v1
            type: flow
            steps:
              - {type: task, name: work, resourceArn: 'acs:fc:::f', timeoutSeconds: 10}
            """)
        try scenario.start()
        try scenario.step(.timerFired, at: 10)
        #expect(
            scenario.golden == #"""
                1←0 ExecutionStarted +0 {"input":{}}
                2←1 StepEntered work +0 {"input":{},"local":{}}
                3←2 TaskScheduled work +0 {"attempt":0,"deadline":"2025-11-23T10:10:10.000Z","input":{},"pattern":"requestResponse","resourceArn":"acs:fc:::f"}
                4←3 TaskTimedOut work +10 {"cause":"no result within 10 s","error":"FnF.TaskTimeout"}
                5←4 StepFailed work +10 {"cause":"no result within 10 s","error":"FnF.TaskTimeout"}
                6←5 ExecutionFailed +10 {"cause":"no result within 10 s","error":"FnF.TaskTimeout"}
                """#)
    }
}
