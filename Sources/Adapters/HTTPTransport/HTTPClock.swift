import HTTPMessage
import Primitives

/// The `Date` of answers, written once a second.
final class HTTPClock {
    private let world: any World
    private var second: Int64 = .min
    private var text = ""

    init(world: any World) { self.world = world }

    var date: String {
        let now = world.now
        if now.microseconds / 1_000_000 != second {
            second = now.microseconds / 1_000_000
            text = HTTPDate.text(now)
        }
        return text
    }
}
