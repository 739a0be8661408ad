package import Primitives

/// A time line whose idle gaps are short: times of an execution as places from 0 to 1.
package struct TimeScale: Sendable, Equatable {
    /// A gap that is drawn shorter than it was.
    package struct Break: Sendable, Equatable {
        package let from: Double
        package let to: Double
        package let length: Duration
    }

    /// Shorter ones are never idle.
    private static let idleMin = Duration.seconds(2)
    /// How much longer than all shorter gaps together a gap must be to be drawn short.
    private static let factor = 15.0
    private static let breakWidth = 0.07
    private static let breaksWidthMax = 0.5
    /// What a gap that is not idle may take at most, so that the little that happens around one long wait
    /// does not fill the line.
    private static let activeWidth = 0.12

    private let times: [Timestamp]
    private let places: [Double]
    package let breaks: [Break]

    /// - Parameter times: of all events, in any order; the first and the last are the ends.
    package init(_ times: some Sequence<Timestamp>) {
        let times = Array(Set(times)).sorted()
        self.times = times
        guard times.count > 1 else {
            (places, breaks) = (times.map { _ in 0 }, [])
            return
        }
        let gaps = zip(times, times.dropFirst()).map { $0.duration(to: $1) }
        let idle = Self.idleFrom(gaps)
        let count = gaps.count { $0 >= idle }
        let active = gaps.filter { $0 < idle }.reduce(0.0) { $0 + Self.seconds($1) }
        let short = min(Self.breakWidth * Double(count), Self.breaksWidthMax)
        let share = max(short, 1 - Self.activeWidth * Double(gaps.count - count))
        let width = count == 0 ? 0 : share / Double(count)
        var places = [0.0]
        var breaks: [Break] = []
        for gap in gaps {
            let from = places[places.count - 1]
            guard gap >= idle else {
                let room = count == 0 ? 1 : 1 - share
                places.append(from + Self.seconds(gap) / active * room)
                continue
            }
            places.append(from + width)
            breaks.append(Break(from: from, to: from + width, length: gap))
        }
        // The sum of many fractions is not quite the whole.
        places[places.count - 1] = 1
        (self.places, self.breaks) = (places, breaks)
    }

    /// The shortest gap that is out of proportion to all shorter ones together; longer than any when there is
    /// none.
    private static func idleFrom(_ gaps: [Duration]) -> Duration {
        let sorted = gaps.sorted()
        var sum = 0.0
        for gap in sorted {
            if gap >= idleMin, seconds(gap) > factor * sum, gaps.count > 1 { return gap }
            sum += seconds(gap)
        }
        return .seconds(Int64.max / 2)
    }

    /// A time between two events lies between them; one outside is at the end that is nearer.
    package func place(of time: Timestamp) -> Double {
        guard let first = times.first, let last = times.last, first < last else { return 0 }
        if time <= first { return 0 }
        if time >= last { return 1 }
        var (low, high) = (0, times.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle } else { high = middle }
        }
        let part =
            Self.seconds(times[low].duration(to: time)) / Self.seconds(times[low].duration(to: times[high]))
        return places[low] + (places[high] - places[low]) * part
    }

    /// Times worth naming, no two nearer than `apart`: the beginning, and where something begins behind a
    /// break.
    package func marks(apart: Double) -> [(place: Double, time: Timestamp)] {
        guard let first = times.first else { return [] }
        var marks = [(place: 0.0, time: first)]
        for (place, time) in zip(places, times) {
            guard let last = marks.last, place - last.place >= apart, place <= 1 - apart / 2 else { continue }
            guard !breaks.contains(where: { $0.from < place && place < $0.to }) else { continue }
            marks.append((place, time))
        }
        return marks
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
