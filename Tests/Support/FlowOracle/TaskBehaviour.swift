import FlowModel
package import FlowSimulation
import Primitives

/// Where a call stands: the same words for the oracle and for the machine's driver.
package struct CallPlace: Sendable, Hashable {
    /// `""`, `/each#1[0]`, `/each#1[0]/both#2[1]`
    let thread: String
    let step: String
    /// How often the step has been entered in its thread, from 1.
    let visit: Int
    let attempt: Int64
}

/// How services behave in one case: a pure function of the place.
package struct TaskBehaviour: Sendable {
    /// From here on a step only succeeds and asks for no repetition, so that every loop ends.
    static let visitsMax = 3

    let seed: UInt64
    /// Units: percent.
    let failures: Int
    /// Whether every call is answered in the end, and what comes first does not depend on how long anything takes.
    var isSteady = false

    package func answer(_ place: CallPlace) -> MockAnswer {
        var answer = hasty(place)
        guard isSteady else { return answer }
        answer.submissionDelay = .zero
        answer.delay += .milliseconds(1)
        if answer.ending == .never {
            answer.ending = .result(["again": false, "n": 1, "s": "red", "ok": true])
        }
        if answer.submission == .never { answer.submission = .accepted(["MessageId": .string(place.step)]) }
        return answer
    }

    private func hasty(_ place: CallPlace) -> MockAnswer {
        var generator = SeededGenerator(seed: seed ^ Self.hash(place))
        _ = generator.next()
        var answer = MockAnswer(.never)
        answer.delay = Self.delay(&generator)
        answer.submissionDelay =
            Int.random(in: 0..<3, using: &generator) == 0 ? Self.delay(&generator) : .zero
        answer.submission = .accepted(["MessageId": .string(place.step)])
        let isLast = place.visit >= Self.visitsMax
        let chance = Int.random(in: 0..<100, using: &generator)
        if !isLast, chance < failures {
            answer.ending = .failure(Self.failure(&generator))
            if chance % 3 == 0 { answer.submission = .refused(Self.failure(&generator)) }
        } else if !isLast, chance < failures + 3 {
            if chance % 2 == 0 { answer.submission = .never }
        } else if !isLast, chance < failures + 6 {
            // A report is always an object.
            let plain: JSONValue = [1, "two", .array([1, 2]), nil][chance % 4]
            answer.ending = .result(isSteady ? ["again": false] : plain)
        } else {
            answer.ending = .result(.object(Self.result(place, &generator)))
            if chance % 16 == 0 { answer.submission = .never }
        }
        return answer
    }

    /// No whole seconds but zero, so that an answer and a timeout never come at the same time.
    private static func delay(_ generator: inout SeededGenerator) -> Duration {
        guard Int.random(in: 0..<5, using: &generator) > 0 else { return .zero }
        let milliseconds = Int.random(in: 1..<40_000, using: &generator)
        return .milliseconds(milliseconds % 1000 == 0 ? milliseconds + 1 : milliseconds)
    }

    private static func failure(_ generator: inout SeededGenerator) -> FlowFailure {
        let error = ["E1", "E2", "FC.Unknown"].randomElement(using: &generator) ?? "E1"
        return FlowFailure(error: error, cause: "of \(error)")
    }

    private static func result(_ place: CallPlace, _ generator: inout SeededGenerator) -> JSONObject {
        let again = place.visit < visitsMax && Bool.random(using: &generator)
        var result: JSONObject = [
            "again": .bool(again), "n": .integer(Int64.random(in: 0...9, using: &generator)),
            "s": .string(["red", "green", "blue"].randomElement(using: &generator) ?? ""),
            "ok": .bool(Bool.random(using: &generator)),
        ]
        let extra = Int.random(in: 0..<8, using: &generator)
        if extra < 3 {
            let count = Int64.random(in: 0...4, using: &generator)
            result["list"] = .array((0..<count).map { .object(["n": .integer($0), "s": "in list"]) })
        }
        if extra == 7 { result["s"] = nil }
        return result
    }

    /// FNV-1a over the place's text.
    private static func hash(_ place: CallPlace) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(place.thread)|\(place.step)|\(place.visit)|\(place.attempt)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return hash
    }
}
