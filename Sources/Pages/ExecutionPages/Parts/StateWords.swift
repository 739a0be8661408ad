import FlowModel
import HTMLMarkup
import Primitives
import WebPages

extension StoryState {
    var tone: Tone {
        switch self {
        case .succeeded: .good
        case .failed: .bad
        case .retrying, .waiting, .caught: .wait
        case .running: .run
        case .ahead, .stopped, .skipped: .still
        }
    }

    var word: String {
        switch self {
        case .ahead: "not reached yet"
        case .running: "running"
        case .waiting: "waiting"
        case .retrying: "retrying"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .caught: "caught"
        case .stopped: "stopped"
        case .skipped: "never reached"
        }
    }
}

/// `12:00:03.250`
func clock(_ time: Timestamp) -> String { String(time.description.dropFirst(11).prefix(12)) }

/// A length of time as on the time line: `0 s`, `1.3 s`, `5 min`, `2 h 5 min`.
func span(_ duration: Duration) -> String {
    let milliseconds =
        duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    switch milliseconds {
    case 0: return "0 s"
    case ..<1000: return "\(milliseconds) ms"
    case ..<60_000:
        let tenths = milliseconds / 100
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    case ..<3_600_000:
        let (minutes, seconds) = (milliseconds / 60_000, milliseconds / 1000 % 60)
        return seconds == 0 ? "\(minutes) min" : "\(minutes) min \(seconds) s"
    case ..<172_800_000:
        let (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60)
        return minutes == 0 ? "\(hours) h" : "\(hours) h \(minutes) min"
    default: return "\(milliseconds / 86_400_000) d \(milliseconds / 3_600_000 % 24) h"
    }
}

func counted(_ count: Int, _ one: String) -> String { count == 1 ? "1 \(one)" : "\(count) \(one)s" }
