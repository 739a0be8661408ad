import Crypto
import FlowDefinition
import FlowModel
import FlowParsing
import FlowStore

/// A definition's text and what it says.
final class PinnedDefinition: Sendable {
    let id: String
    let text: String
    let flow: FlowDefinition

    init(id: String, text: String, flow: FlowDefinition) {
        self.id = id
        self.text = text
        self.flow = flow
    }
}

/// Parsed definitions by the id of their content: parsing costs a thousand times what a step does.
struct DefinitionCache {
    private let catalog: any Catalog
    private let limits: FlowLimits
    private let countMax: Int
    private var byID: [String: PinnedDefinition] = [:]

    init(catalog: any Catalog, limits: FlowLimits, countMax: Int) {
        self.catalog = catalog
        self.limits = limits
        self.countMax = countMax
    }

    /// The id under which a text is pinned: equal texts are stored once.
    static func id(of text: String) -> String {
        var text = text
        var hash = SHA256()
        text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    mutating func definition(_ id: String) throws(StoreError) -> PinnedDefinition {
        if let known = byID[id] { return known }
        let place = "the definition \(id)"
        guard let text = try catalog.definitionText(id) else {
            throw .unreadable(place: place, reason: "the catalog has no text for it")
        }
        let (flow, diagnostics) = FlowParser.parse(text, limits: limits)
        guard let flow else {
            let faults = diagnostics.map(\.message).joined(separator: "; ")
            throw .unreadable(place: place, reason: "this release refuses it: \(faults)")
        }
        let definition = PinnedDefinition(id: id, text: text, flow: flow)
        add(definition)
        return definition
    }

    mutating func add(_ definition: PinnedDefinition) {
        if byID.count >= countMax, let any = byID.keys.first { byID[any] = nil }
        byID[definition.id] = definition
    }
}
