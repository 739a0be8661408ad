import Primitives

/// One member of an action's answer, as published: texts are always there, empty when nothing is known.
indirect enum CloudMember: Sendable {
    case text(String)
    case integer(String)
    case boolean(String)
    /// Left out when the engine leaves it out: `NextToken`, and what few flows have.
    case ifAny(String)
    case list(String, of: [CloudMember])
    case record(String, [CloudMember])

    func add(to answer: inout JSONObject, from result: JSONValue) {
        switch self {
        case .text(let name): answer[name] = result[name] ?? ""
        case .integer(let name): answer[name] = result[name] ?? 0
        case .boolean(let name): answer[name] = result[name] ?? false
        case .ifAny(let name): answer[name] = result[name]
        case .list(let name, let members):
            let items = result[name]?.arrayValue ?? []
            answer[name] = .array(items.map { .object(members.answer($0)) })
        case .record(let name, let members): answer[name] = .object(members.answer(result[name] ?? [:]))
        }
    }

    var name: String {
        switch self {
        case .text(let name), .integer(let name), .boolean(let name), .ifAny(let name), .list(let name, _),
            .record(let name, _):
            name
        }
    }
}

extension [CloudMember] {
    func answer(_ result: JSONValue) -> JSONObject {
        var answer: JSONObject = [:]
        for member in self { member.add(to: &answer, from: result) }
        return answer
    }
}
