import FlowDefinition
import FlowParsing
import Synchronization

/// The definitions that were read last: a page is asked for again with each event of its execution.
final class DefinitionShelf: Sendable {
    private static let countMax = 16

    /// Newest last.
    private let read = Mutex<[(text: String, definition: FlowDefinition)]>([])

    /// Nil when the text can't be read, e.g. one of a later release.
    func definition(_ text: String) -> FlowDefinition? {
        if let known = read.withLock({ $0.last { $0.text == text }?.definition }) { return known }
        guard let definition = FlowParser.parse(text).definition else { return nil }
        read.withLock { read in
            if read.count >= Self.countMax { read.removeFirst() }
            read.append((text, definition))
        }
        return definition
    }
}
