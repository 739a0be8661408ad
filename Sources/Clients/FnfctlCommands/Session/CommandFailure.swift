import RPCProtocol

/// Why a verb did not do what it was asked: one sentence, and what to do next.
struct CommandFailure: Error, Sendable, Equatable {
    let status: CommandStatus
    /// Empty when all was said already.
    let sentence: String
    let next: String?
    /// What a service called it, when one answered.
    let errorName: RPCErrorName?

    init(_ status: CommandStatus, _ sentence: String, next: String? = nil, errorName: RPCErrorName? = nil) {
        self.status = status
        self.sentence = sentence
        self.next = next
        self.errorName = errorName
    }

    /// Ends with this status and says nothing more.
    static func silent(_ status: CommandStatus) -> CommandFailure { CommandFailure(status, "") }

    /// What goes to standard error; control characters of a peer's text do not reach the terminal.
    var text: String {
        guard !sentence.isEmpty else { return "" }
        var text = "fnfctl: \(sentence.printable(keepingLines: true))\n"
        if let next { text += "  next: \(next.printable(keepingLines: true))\n" }
        return text
    }
}
