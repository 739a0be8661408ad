package import RPCProtocol

/// Something of a definition that is legal and still wrong; docs/validation.md has the codes.
package struct FlowWarning: WireRecord {
    package var code: String = ""
    package var message: String = ""
    package var fix: String?
    package var line: Int64 = 0
    package var column: Int64 = 0
    package var stepPath: String = ""

    package init() {}

    package static let fields: [WireField<FlowWarning>] = [
        .required("Code", \.code),
        .required("Message", \.message),
        .optional("Fix", \.fix, "What to write instead"),
        .required("Line", \.line, "From 1"),
        .required("Column", \.column, "From 1"),
        .defaulted("StepPath", \.stepPath, "The steps around the place, outermost first, joined by /"),
    ]
}
