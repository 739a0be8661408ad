import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// What a page of a search asks for, read from its parameters.
struct ExecutionQuery {
    var search = ExecutionSearch()
    /// The text of the search, which is not part of `search` while input and output are looked into.
    let text: TextNeedle?
    let limit: Int
    /// Only executions older than this one are looked at; nil: from the newest.
    let before: Int64?
    /// Names, labels and errors are done, input and output are looked into.
    let isInPayloads: Bool

    private static let textBytesMax = 200
    private static let payloadMark = "payload-"

    init(_ params: SearchExecutions.Params, now: Timestamp) throws(RPCError) {
        limit = Int(try params.limit.inRange(1...100, parameter: "Limit") ?? 60)
        let token = params.nextToken ?? ""
        isInPayloads = token.hasPrefix(Self.payloadMark)
        let number = isInPayloads ? String(token.dropFirst(Self.payloadMark.count)) : token
        before = number == "all" ? nil : try Optional(number).number(parameter: "NextToken")
        text = try Self.needle(params.text)
        guard !isInPayloads || text != nil else {
            throw .argument("NextToken", "\"\(token)\" was given by a search with a Text")
        }
        search.text = isInPayloads ? nil : text
        search.flowName = try Self.name(params.flowName)
        search.stepName = params.stepName.flatMap { $0.isEmpty ? nil : $0 }
        search.statuses = try Self.statuses(params.statuses ?? [])
        search.condition = try Self.condition(params.condition ?? "")
        try readLabel(params)
        try readTimes(params, now: now)
    }

    /// With which the next page goes on behind this execution.
    func token(before: Int64?) -> String {
        (isInPayloads ? Self.payloadMark : "") + (before.map { "\($0)" } ?? "")
    }

    /// With which the look into input and output begins.
    static var payloadToken: String { payloadMark + "all" }

    private static func needle(_ text: String?) throws(RPCError) -> TextNeedle? {
        guard let text, !text.isEmpty else { return nil }
        guard text.utf8.count <= textBytesMax else {
            throw .argument("Text", "it has \(text.utf8.count) bytes; at most \(textBytesMax) are allowed")
        }
        return TextNeedle(text)
    }

    private static func name(_ name: String?) throws(RPCError) -> String? {
        guard let name, !name.isEmpty else { return nil }
        if let fault = NameRule.check(name, kind: .flow) { throw .argument("FlowName", fault) }
        return name
    }

    private static func statuses(_ words: [String]) throws(RPCError) -> Set<ExecutionStatus> {
        var statuses: Set<ExecutionStatus> = []
        for word in words {
            guard let status = ExecutionStatus(rawValue: word), status != .starting else {
                let names = ExecutionStatus.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")
                throw .argument("Statuses", "\"\(word)\" is none of \(names)")
            }
            statuses.insert(status)
        }
        return statuses
    }

    private static func condition(_ word: String) throws(RPCError) -> OpenConditions {
        switch word {
        case "": []
        case "waitingForCallback": .waitingForCallback
        case "retrying": .retrying
        case "delivering": .delivering
        default:
            throw .argument(
                "Condition", "\"\(word)\" is none of waitingForCallback, retrying, delivering")
        }
    }

    private mutating func readLabel(_ params: SearchExecutions.Params) throws(RPCError) {
        search.labelName = params.labelName.flatMap { $0.isEmpty ? nil : $0 }
        search.labelValue = params.labelValue
        guard search.labelName != nil || search.labelValue == nil else {
            throw .argument("LabelValue", "it needs a LabelName")
        }
    }

    private mutating func readTimes(_ params: SearchExecutions.Params, now: Timestamp) throws(RPCError) {
        search.startedFrom = try Self.time(params.startedTimeBegin, parameter: "StartedTimeBegin")
        search.startedUntil = try Self.time(params.startedTimeEnd, parameter: "StartedTimeEnd")
        let seconds = try params.olderThanSeconds.inRange(0...4_000_000_000, parameter: "OlderThanSeconds")
        guard let seconds else { return }
        let latest = now.advanced(by: .seconds(-seconds))
        search.startedUntil = search.startedUntil.map { min($0, latest) } ?? latest
    }

    private static func time(_ text: String?, parameter: String) throws(RPCError) -> Timestamp? {
        guard let text, !text.isEmpty else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw .argument(parameter, "\"\(text)\" is no time such as 2026-11-23T09:30:00.000Z")
        }
        return time
    }
}
