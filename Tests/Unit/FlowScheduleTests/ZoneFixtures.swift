import Primitives
import ZoneDatabase

@testable import FlowSchedule

/// The zones of the tests, as tzdata 2025b has them: what the system has installed may differ.
enum ZoneFixtures {
    static let database = ZoneDatabase(folder: folder)

    static var folder: String {
        "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Zones"
    }

    static func expression(_ text: String) throws -> ScheduleExpression {
        try ScheduleExpression(text, zones: database.lookUp)
    }

    static func zone(_ name: String) throws -> ZoneRules { try ZoneRules(named: name, database.lookUp) }
}

func time(_ text: String) throws -> Timestamp {
    struct NoTime: Error { let text: String }
    guard let time = Timestamp(rfc3339: text) else { throw NoTime(text: text) }
    return time
}
