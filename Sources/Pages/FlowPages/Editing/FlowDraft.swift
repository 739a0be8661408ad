import HTTPMessage
import FlowDefinition
import FlowEngineAPI
import FlowModel
import FlowParsing
import WebPages

/// A definition as it was typed, on its way to be checked and saved.
struct FlowDraft: Sendable {
    /// Units: bytes of a form: each byte of a definition may take three, written as a form.
    static let formBytesMax = 3 * FlowLimits.standard.definitionBytesMax + (64 << 10)

    enum Intent: String, Sendable { case check, save, format }

    /// Nil: the flow is to be made.
    let flow: String?
    var name: String
    var text: String
    var description: String
    var isExpress: Bool
    /// When the flow was changed last, as the writer has seen it.
    var seen: String

    static func blank() -> FlowDraft {
        FlowDraft(flow: nil, name: "", text: sample, description: "", isExpress: false, seen: "")
    }

    init(_ record: FlowRecord) {
        self.init(
            flow: record.name, name: record.name, text: record.definition, description: record.description,
            isExpress: record.executionMode == "Express", seen: record.lastModifiedTime)
    }

    /// - Parameter record: nil: the flow is to be made.
    init(_ request: PageRequest, of record: FlowRecord?) {
        self.init(
            flow: record?.name, name: record?.name ?? request.field("name"),
            text: Self.ownLines(request.form["definition"] ?? ""), description: request.field("description"),
            isExpress: record.map { $0.executionMode == "Express" } ?? (request.field("mode") == "Express"),
            seen: request.field("seen"))
    }

    private init(
        flow: String?, name: String, text: String, description: String, isExpress: Bool, seen: String
    ) {
        self.flow = flow
        self.name = name
        self.text = text
        self.description = description
        self.isExpress = isExpress
        self.seen = seen
    }

    /// Browsers end lines as letters did: with a carriage return.
    private static func ownLines(_ text: String) -> String {
        String(decoding: text.utf8.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }

    private static let sample = """
        version: v1
        type: flow
        steps:
          - type: pass
            name: hello

        """
}

/// What is said of a draft.
struct DraftReport: Sendable {
    var check: CheckedDefinition
    /// Resources that no binding matches, as warnings at their lines.
    var unbound: [Diagnostic] = []
    /// Nil: nothing is in force, or one of the two has errors.
    var difference: FlowDifference?
    /// By lines, with what somebody else has made of it meanwhile.
    var conflict: Conflict?

    struct Conflict: Sendable {
        let time: String
        let lines: LineDifference
    }

    var diagnostics: [Diagnostic] { (check.diagnostics + unbound).sorted { $0.line < $1.line } }
}
