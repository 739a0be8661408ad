import Primitives
package import RPCProtocol

/// Looks at everything the engine keeps: each row of the journal and its checksum, each history replayed and
/// compared with the index and its segments, each definition, the file itself. Ours: the cloud has no such
/// action.
///
/// It goes on in small turns between the engine's work, and changes nothing. Items tell how far it is.
package enum VerifyJournal: RPCStreamMethod {
    package struct Params: WireRecord {
        package var fileToo: Bool?

        package init() {}

        package static let fields: [WireField<Params>] = [
            .optional("FileToo", \.fileToo, "Also the structure of the file; true when missing")
        ]
    }

    package struct Item: WireRecord {
        package var rows: Int64 = 0
        package var executions: Int64 = 0
        package var sequence: Int64 = 0
        package var through: Int64 = 0
        package var findings: [VerifyFinding] = []

        package init() {}

        package static let fields: [WireField<Item>] = [
            .required("Rows", \.rows, "Looked at so far"), .required("Executions", \.executions),
            .required("Sequence", \.sequence, "Of the row looked at last"),
            .required("Through", \.through, "Of the last that is looked at"),
            .defaulted("Findings", \.findings, "New ones"),
        ]
    }

    package struct Result: WireRecord {
        package var sound = true
        package var rows: Int64 = 0
        package var executions: Int64 = 0
        package var segments: Int64 = 0
        package var definitions: Int64 = 0
        package var findings: Int64 = 0

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Sound", \.sound), .required("Rows", \.rows),
            .required("Executions", \.executions, "Replayed"),
            .required("Segments", \.segments, "Compared with the replayed state"),
            .required("Definitions", \.definitions),
            .required("Findings", \.findings, "In all; the first thousand were told"),
        ]
    }

    package static let summary = "Verifies journal, index, segments, definitions and file"
    package static let roles: Set<RPCRole> = [.operate]
    package static let errors: [RPCErrorName] = [.resourceThrottled, .serviceUnavailable, .slowConsumer]
    package static let exampleParams = Params()
    package static let exampleItem = Item.with {
        $0.rows = 2
        $0.executions = 1
        $0.sequence = 2
        $0.through = 2
        $0.findings = [
            VerifyFinding.with {
                $0.kind = "row"
                $0.sequence = 2
                $0.message = "row 2 of the journal cannot be read: its checksum is wrong"
            }
        ]
    }
    package static let exampleResult = Result.with {
        $0.rows = 2
        $0.executions = 1
    }
}

/// Something that is not as it was written.
package struct VerifyFinding: WireRecord {
    package var kind = ""
    package var sequence: Int64?
    package var flowName: String?
    package var executionName: String?
    package var message = ""

    package init() {}

    package static let fields: [WireField<VerifyFinding>] = [
        .required("Kind", \.kind, "row, lost, history, index, segment, definition or file"),
        .optional("Sequence", \.sequence, "Of the row it is about"), .optional("FlowName", \.flowName),
        .optional("ExecutionName", \.executionName), .required("Message", \.message),
    ]
}
