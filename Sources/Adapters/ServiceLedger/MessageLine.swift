/// Messages that wait, in order. Taking from the front and putting back there stays cheap when thousands
/// wait.
struct MessageLine: Sendable {
    private var messages: [OutboxMessage] = []
    /// What lies before has been taken.
    private var start = 0

    var isEmpty: Bool { start == messages.count }

    mutating func append(_ message: OutboxMessage) { messages.append(message) }

    mutating func putBack(_ message: OutboxMessage) {
        if start > 0 {
            start -= 1
            messages[start] = message
        } else {
            messages.insert(message, at: 0)
        }
    }

    /// Takes the first messages that `mayGo` lets pass, at most so many.
    mutating func take(_ countMax: Int, where mayGo: (OutboxMessage) -> Bool) -> [OutboxMessage] {
        var taken: [OutboxMessage] = []
        var index = start
        while taken.count < countMax, index < messages.count {
            guard mayGo(messages[index]) else {
                index += 1
                continue
            }
            if index == start {
                taken.append(messages[index])
                start += 1
                index += 1
            } else {
                taken.append(messages.remove(at: index))
            }
        }
        if start == messages.count || start > 1024 {
            messages.removeFirst(start)
            start = 0
        }
        return taken
    }
}
