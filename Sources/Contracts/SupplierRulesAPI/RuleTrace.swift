package import RPCProtocol

/// How one rule fared.
package struct RuleTrace: WireRecord {
    package var rule: String = ""
    package var source: String = ""
    package var matched: Bool = false
    package var why: String = ""

    package init() {}

    package static let fields: [WireField<RuleTrace>] = [
        .required("rule", \.rule),
        .required("source", \.source),
        .required("matched", \.matched),
        .required("why", \.why, "The condition that decided"),
    ]
}
