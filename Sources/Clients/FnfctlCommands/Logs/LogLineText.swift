import Primitives

/// One log line for people: `09:30:00.123 order-store: message (order=o-1, …)`.
enum LogLineText {
    private static let shownElsewhere: Set = ["time", "priority", "service", "message", "messageID"]
    /// SGR codes that tell the services apart on dark and light ground.
    private static let colours = ["36", "35", "34", "32", "94", "96"]
    private static let strangers = "33"

    /// - Parameter known: values that the reader asked for and need not see in each line.
    static func text(_ fields: JSONObject, _ terminal: Terminal, known: Set<String> = []) -> String {
        let service = fields["service"]?.stringValue ?? "?"
        let message = (fields["message"]?.stringValue ?? "").printable()
        let rest = fields.filter { key, value in
            !shownElsewhere.contains(key) && !known.contains(value.stringValue ?? "")
        }.map { key, value in "\(key)=\(value.stringValue ?? value.text)".printable() }
        let detail = rest.isEmpty ? "" : " " + terminal.paint("(\(rest.joined(separator: ", ")))", .faint)
        return head(service, time: fields["time"]?.stringValue, terminal)
            + terminal.paint(message, tone(fields["priority"]?.integerValue ?? 6)) + detail
    }

    /// `09:30:00.123 order-store: `, as wide for every service.
    static func head(_ service: String, time: String?, _ terminal: Terminal) -> String {
        let clock = time.map { String($0.dropFirst(11).prefix(12)) } ?? "            "
        let pad = String(repeating: " ", count: max(1, 16 - service.count))
        return "\(terminal.paint(clock.printable(), .faint)) "
            + terminal.coloured("\(service.printable()):", colour(of: service)) + pad
    }

    private static func colour(of service: String) -> String {
        guard let known = ServiceName.allCases.firstIndex(where: { $0.rawValue == service }) else {
            return strangers
        }
        return colours[known % colours.count]
    }

    /// - Parameter priority: of syslog.
    private static func tone(_ priority: Int64) -> Cell.Tone {
        switch priority {
        case ...3: .bad
        case 4: .warning
        case 5, 6: .plain
        default: .faint
        }
    }
}
