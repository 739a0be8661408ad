import ConsoleParts
import HTTPMessage

/// Where the pages of one flow are.
struct FlowPaths: Sendable {
    let flow: String

    var page: String { ConsolePaths.flow(flow) }
    var edit: String { "\(page)/edit" }
    var simulate: String { "\(page)/simulate" }
    var start: String { "\(page)/start" }
    var publish: String { "\(page)/publish" }
    var delete: String { "\(page)/delete" }
    var aliases: String { "\(page)/aliases" }
    var compare: String { "\(page)/compare" }

    func version(_ number: String) -> String { "\(page)/versions/\(PercentCoding.encode(number))" }
    func alias(_ name: String) -> String { "\(aliases)/\(PercentCoding.encode(name))" }

    /// Empty: as it is now.
    func compare(from: String, to: String = "") -> String {
        ConsolePaths.with(compare, [("from", from), ("to", to)])
    }

    func download(_ form: String, version: String? = nil) -> String {
        ConsolePaths.with("\(page)/download", [("form", form), ("version", version)])
    }

    func executions(status: String? = nil) -> String {
        ConsolePaths.with(ConsolePaths.executions, [("flow", flow), ("status", status)])
    }

    static let creation = "\(ConsolePaths.flows)/new"
}
