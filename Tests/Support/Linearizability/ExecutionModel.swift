/// One execution of a flow that awaits one report and ends with it, as the engine's contract describes it.
package struct ExecutionModel: SequentialModel {
    package enum Call: Sendable, Hashable {
        case start(input: String)
        /// - Parameter key: the idempotency key of the report.
        case report(isSuccess: Bool, key: String)
        case stop
        case describe
    }

    package enum Answer: Sendable, Hashable {
        /// The execution's record; `input` is that of the start that made it.
        case record(status: String, input: String)
        case accepted(event: Int64)
        /// A start under a name whose execution has ended.
        case alreadyExists(input: String)
        /// A report or a stop of what has ended.
        case alreadyCompleted
        case notExists
    }

    package enum State: Sendable, Hashable {
        case absent
        case open(input: String)
        /// - Parameter event: nil: it was not answered yet, or there is none.
        case ended(input: String, status: String, key: String?, event: Int64?)
    }

    package init() {}

    package var initial: State { .absent }

    package func next(_ state: State, _ call: Call, _ answer: Answer?) -> [State] {
        switch call {
        case .start(let input): start(state, input, answer)
        case .report(let isSuccess, let key): report(state, isSuccess ? "Succeeded" : "Failed", key, answer)
        case .stop: stop(state, answer)
        case .describe: describe(state, answer)
        }
    }

    private func start(_ state: State, _ input: String, _ answer: Answer?) -> [State] {
        switch (state, answer) {
        case (.absent, nil), (.absent, .record("Running", input)): [.open(input: input)]
        case (.open, nil), (.ended, nil): [state]
        case (.open(let first), .record("Running", let told)): first == told ? [state] : []
        case (.ended(let first, _, _, _), .alreadyExists(let told)): first == told ? [state] : []
        default: []
        }
    }

    private func report(_ state: State, _ status: String, _ key: String, _ answer: Answer?) -> [State] {
        switch (state, answer) {
        case (.absent, .notExists), (.absent, nil), (.ended, nil): [state]
        case (.open(let input), nil): [.ended(input: input, status: status, key: key, event: nil)]
        case (.open(let input), .accepted(let event)):
            [.ended(input: input, status: status, key: key, event: event)]
        case (.ended(let input, status, key, let known), .accepted(let event)):
            // The same report again is answered as the first was.
            known == nil || known == event
                ? [.ended(input: input, status: status, key: key, event: event)] : []
        case (.ended(_, let ended, let first, _), .alreadyCompleted):
            ended == status && first == key ? [] : [state]
        default: []
        }
    }

    private func stop(_ state: State, _ answer: Answer?) -> [State] {
        switch (state, answer) {
        case (.absent, .notExists), (.absent, nil), (.ended, nil), (.ended, .alreadyCompleted): [state]
        case (.open(let input), nil): [.ended(input: input, status: "Stopped", key: nil, event: nil)]
        case (.open(let input), .record("Stopped", let told)) where told == input:
            [.ended(input: input, status: "Stopped", key: nil, event: nil)]
        default: []
        }
    }

    private func describe(_ state: State, _ answer: Answer?) -> [State] {
        switch (state, answer) {
        case (_, nil), (.absent, .notExists): [state]
        case (.open(let input), .record("Running", let told)): told == input ? [state] : []
        case (.ended(let input, let status, _, _), .record(let told, let toldInput)):
            told == status && toldInput == input ? [state] : []
        default: []
        }
    }
}
