import LoopSupport
import Primitives
import RPCProtocol

/// A peer that takes messages; a test can hold its answers back.
actor Peer {
    enum Put: RPCMethod {
        struct Params: WireRecord {
            var text = ""

            static let fields: [WireField<Params>] = [.required("text", \.text)]
        }

        typealias Result = NoFields

        static let summary = "Takes a text"
        static let roles: Set<RPCRole> = [.service]
        static let errors: [RPCErrorName] = []
        static let exampleParams = Params.with { $0.text = "a" }
        static let exampleResult = NoFields()
    }

    private let loop: TestLoop
    /// The texts whose call has come, in order, and those that were answered with a result.
    private(set) var come: [String] = []
    private(set) var taken: [String] = []
    private var refusals: [String: [RPCError]] = [:]
    private var held: Set<String> = []
    private var waiting: [String: CheckedContinuation<Void, Never>] = [:]

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ loop: TestLoop) { self.loop = loop }

    /// The next call with this text is refused.
    func refuse(_ text: String, _ error: RPCError) { refusals[text, default: []].append(error) }

    func hold(_ text: String) { held.insert(text) }

    func release(_ text: String) {
        held.remove(text)
        waiting.removeValue(forKey: text)?.resume()
    }

    private func put(_ text: String) async throws(RPCError) {
        come.append(text)
        if held.contains(text) { await withCheckedContinuation { waiting[text] = $0 } }
        if var next = refusals[text], !next.isEmpty {
            let error = next.removeFirst()
            refusals[text] = next
            throw error
        }
        taken.append(text)
    }

    nonisolated var caller: UnsteadyCaller {
        var table = HandlerTable()
        table.on(Put.self) { (params, _) throws(RPCError) in
            try await self.put(params.text)
            return NoFields()
        }
        return UnsteadyCaller(InProcessCaller(table, door: .internal))
    }
}
