import HTMLMarkup
import WebPages

/// What was done before this page was shown; the address names it, the words are ours.
enum FlowNotice {
    static func shown(_ request: PageRequest) -> HTML {
        guard let sentence = sentence(request.asked("said"), request.asked("of")) else { return HTML() }
        return notice(.good) { sentence }
    }

    private static func sentence(_ said: String, _ subject: String) -> String? {
        // Names and numbers only: an address that somebody sends must not put words into our mouth.
        let subject =
            subject.count <= 128
                && subject.unicodeScalars.allSatisfy {
                    $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "-" || $0 == "_")
                }
            ? subject : ""
        return switch said {
        case "created": "The flow is made. Executions can be started."
        case "saved": "Saved. Executions that run keep the definition they began with."
        case "same": "Nothing was changed: this is what was there already."
        case "published": "Published as version \(subject)."
        case "aliased": "The alias \(subject) routes as you said, from the next start on."
        case "unaliased": "The alias \(subject) is deleted. Executions that were started under it go on."
        case "unpublished": "Version \(subject) is deleted; its number is not used again."
        default: nil
        }
    }
}
