package import Primitives

/// Where the log lines of the services can be read.
package protocol JournalLines: Sendable {
    /// The newest lines that the question names, oldest first; bounded by `JournalQuestion.linesMax`.
    func lines(of question: JournalQuestion) async -> JournalReading
}

package struct JournalQuestion: Sendable, Hashable {
    /// More would make a page heavy and tell nobody more.
    package static let linesMax = 100

    package let flow: String
    package let execution: String
    package let from: Timestamp
    package let to: Timestamp

    package init(flow: String, execution: String, from: Timestamp, to: Timestamp) {
        self.flow = flow
        self.execution = execution
        self.from = from
        self.to = to
    }
}

package enum JournalReading: Sendable, Hashable {
    case lines([JournalLine])
    /// Why not, and what to do, in sentences.
    case unreadable(String, advice: String)
}

/// One line of a service's log.
package struct JournalLine: Sendable, Hashable {
    package let time: Timestamp
    package let service: String
    /// Of syslog: 3 and less is an error, 4 a warning.
    package let priority: Int
    package let message: String
    /// The metadata beside the message, by the key it was logged with.
    package let fields: [String: String]

    package init(
        time: Timestamp, service: String, priority: Int, message: String, fields: [String: String] = [:]
    ) {
        self.time = time
        self.service = service
        self.priority = priority
        self.message = message
        self.fields = fields
    }
}
