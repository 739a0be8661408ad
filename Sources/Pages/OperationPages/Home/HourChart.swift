import FlowEngineAPI
import HTMLMarkup

/// The last hour as sixty bars: what began, and below the line what ended badly.
enum HourChart {
    private static let height: Int64 = 44
    private static let below: Int64 = 16
    private static let step: Int64 = 10

    static func markup(_ minutes: [MinuteCounts]) -> HTML {
        let top = max(1, minutes.map(\.started).max() ?? 0)
        let worst = max(1, minutes.map { $0.failed + $0.timedOut }.max() ?? 0)
        let started = minutes.reduce(0) { $0 + $1.started }
        let ended = minutes.reduce(0) { $0 + $1.failed + $1.timedOut }
        var bars = ""
        for (index, minute) in minutes.enumerated() {
            let left = Int64(index) * step + 1
            let rise = share(minute.started, of: top, height)
            let fall = share(minute.failed + minute.timedOut, of: worst, below)
            bars += bar("up", left, height - rise, rise) + bar("down", left, height + 2, fall)
        }
        let width = max(1, Int64(minutes.count) * step)
        return el("figure", .class("hour")) {
            HTML(
                trusted: """
                    <svg viewBox="0 0 \(width) \(height + below + 2)" preserveAspectRatio="none" role="img" \
                    aria-label="Executions that began in each of the last sixty minutes: \(started) in all; \
                    \(ended) failed or timed out"><path class="line" \
                    d="M0 \(height + 1)H\(width)"/>\(bars)</svg>
                    """)
            el("figcaption", .class("small muted row apart")) {
                el("span") { "an hour ago" }
                el("span", .class("row")) {
                    el("span", .class("key up")) { "began, at most \(top) a minute" }
                    el("span", .class("key down")) { "failed or timed out" }
                }
                el("span") { "now" }
            }
        }
    }

    private static func bar(_ word: String, _ x: Int64, _ y: Int64, _ tall: Int64) -> String {
        tall == 0
            ? "" : #"<rect class="\#(word)" x="\#(x)" y="\#(y)" width="\#(step - 2)" height="\#(tall)"/>"#
    }

    /// What is there can be seen, however little it is.
    private static func share(_ count: Int64, of most: Int64, _ length: Int64) -> Int64 {
        count == 0 ? 0 : max(2, count * length / most)
    }
}
