/// The six fields in their order.
enum CronField: Int, CaseIterable, Sendable {
    case seconds, minutes, hours, days, months, weekdays

    var title: String {
        switch self {
        case .seconds: "seconds"
        case .minutes: "minutes"
        case .hours: "hours"
        case .days: "day of month"
        case .months: "month"
        case .weekdays: "day of week"
        }
    }

    /// Sunday may be written 0 and 7.
    var range: ClosedRange<Int> {
        switch self {
        case .seconds, .minutes: 0...59
        case .hours: 0...23
        case .days: 1...31
        case .months: 1...12
        case .weekdays: 0...7
        }
    }

    /// The words for its numbers, from the smallest number on.
    var names: [String] {
        switch self {
        case .months:
            ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        case .weekdays: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
        case .seconds, .minutes, .hours, .days: []
        }
    }

    /// What may stand in it, for the sentence that refuses something else.
    var allowed: String {
        let numbers = "\(range.lowerBound) to \(range.upperBound)"
        switch self {
        case .seconds: return "write one number, \(numbers): the smallest interval is one minute"
        case .minutes, .hours: return "write numbers \(numbers), *, ranges a-b, steps */n, lists a,b"
        case .days: return "write numbers \(numbers), *, ?, ranges a-b, steps */n, lists a,b"
        case .months: return "write numbers \(numbers) or JAN to DEC, *, ranges a-b, steps */n, lists a,b"
        case .weekdays:
            return "write numbers \(numbers) or SUN to SAT, *, ?, ranges such as MON-FRI, lists a,b"
        }
    }
}
