/// A call as its caller saw it. Units of the times: any, from one clock that never goes back.
package struct CallRecord<Call: Sendable, Answer: Sendable>: Sendable {
    package var client: Int
    package var begin: Int64
    /// nil: no answer came; the call may have had its effect at any time since it began, or never.
    package var end: Int64?
    package var call: Call
    package var answer: Answer?

    package init(client: Int, begin: Int64, end: Int64?, call: Call, answer: Answer?) {
        self.client = client
        self.begin = begin
        self.end = answer == nil ? nil : end
        self.call = call
        self.answer = answer
    }
}

/// What one object does when its calls come one after the other.
package protocol SequentialModel: Sendable {
    associatedtype State: Hashable
    associatedtype Call: Sendable
    associatedtype Answer: Sendable

    var initial: State { get }

    /// The states that the call can lead to when this was its answer; none: it can't have been answered so here.
    ///
    /// - Parameter answer: nil: whatever it was, nobody heard it.
    func next(_ state: State, _ call: Call, _ answer: Answer?) -> [State]
}
