import FlowWebAPI
import Primitives
import RPCProtocol

/// How links and sessions are shown.
enum SessionReport {
    static func link(_ link: CreateSignInLink.Result, url: String) -> Report {
        let json: JSONObject = [
            "Url": .string(url), "Role": .string(link.role.rawValue),
            "ExpiresTime": .string(link.expiresTime),
        ]
        return Report(json: .object(json), names: [url], blocks: [.text(url)])
    }

    static func list(_ sessions: [SessionRecord], now: Timestamp) -> Report {
        let rows = sessions.map { session -> [Cell] in
            [
                Cell(session.sessionID), Cell(session.name), Cell(session.role.rawValue),
                Cell(session.flows.isEmpty ? "all" : session.flows.joined(separator: " ")),
                Cell(session.accessKeyID == nil ? "link" : "access key"),
                Cell(TimeText.relative(session.createdTime, now: now)),
                Cell(TimeText.relative(session.lastSeenTime, now: now)),
                Cell(TimeText.relative(session.expiresTime, now: now)),
            ]
        }
        let table = Table(
            columns: [
                "Session", .init("Name", isElastic: true), "Role", .init("Flows", isElastic: true), "By",
                "Signed in", "Last seen", "Ends",
            ], rows: rows, empty: "nobody is signed in; fnfctl ui makes a link that signs in")
        return Report(
            json: ["Sessions": .array(sessions.map(\.wire))], names: sessions.map(\.sessionID),
            blocks: [.table(table)])
    }
}
