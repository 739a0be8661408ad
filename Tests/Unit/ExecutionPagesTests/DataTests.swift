import FlowModel
import FlowSimulation
import Primitives
import Testing

@testable import ExecutionPages

struct DataTests {
    private func kinds(_ before: JSONObject, _ after: JSONObject) -> [String] {
        JSONChange.changes(from: before, to: after).changes.map { "\($0.kind.rawValue) \($0.path)" }
    }

    @Test func `a difference names places, deep in objects and arrays`() {
        let before: JSONObject = ["a": 1, "b": ["c": [1, 2, ["d": "x"]]], "gone": true, "same": nil]
        let after: JSONObject = ["a": 1.5, "b": ["c": [1, 3, ["d": "y", "e": 0]]], "new": [:], "same": nil]
        #expect(
            kinds(before, after) == [
                "changed a", "changed b.c[1]", "changed b.c[2].d", "added b.c[2].e", "removed gone",
                "added new", "kept same",
            ])
        #expect(kinds(["a": [1, 2, 3]], ["a": [1]]) == ["removed a[1]", "removed a[2]"])
        #expect(kinds(["a": [1]], ["a": ["x": 1]]) == ["changed a"])
        #expect(kinds([:], [:]).isEmpty)
    }

    @Test func `a difference beyond its bound is counted`() {
        let many = JSONObject((0..<500).map { ("key\($0)", JSONValue.integer(Int64($0))) })
        let (changes, more) = JSONChange.changes(from: [:], to: many, countMax: 80)
        #expect(changes.count == 80 && more == 420)
    }

    @Test func `no task token is shown, wherever it stands`() {
        let token = TaskToken(flow: "f", execution: "e", scheduledEventID: 7, keyID: "k", mac: Array(0..<32))
        let value: JSONValue = ["a": [["t": .string(token.text)]], "b": .string("long but " + token.text)]
        let masked = TokenText.masked(value)
        #expect(masked["a"]?[0]?["t"] == .string(TokenText.mask))
        #expect(masked["b"] == value["b"])
    }
}

struct TimeScaleTests {
    private func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: Int64(seconds * 1e6)) }

    @Test func `an idle time is drawn short, with its length`() {
        let scale = TimeScale([0, 0.5, 1, 1.5, 2, 2.5, 3, 303, 303.5, 304, 304.5].map(at))
        #expect(scale.breaks.map(\.length) == [.seconds(300)])
        let width = scale.place(of: at(303)) - scale.place(of: at(3))
        #expect(width < 0.1)
        #expect(scale.place(of: at(0)) == 0 && scale.place(of: at(304.5)) == 1)
        #expect(scale.place(of: at(151)) > scale.place(of: at(3)))
    }

    @Test func `the little that happens around one long wait does not fill the line`() {
        let scale = TimeScale([0, 0.002, 600, 600.002].map(at))
        #expect(scale.place(of: at(600)) - scale.place(of: at(0.002)) > 0.7)
    }

    @Test func `two idle times are both drawn short`() {
        let scale = TimeScale([0, 0.1, 60, 60.2, 120, 120.1].map(at))
        #expect(scale.breaks.count == 2)
    }

    @Test func `times of one size are drawn as they are`() {
        let scale = TimeScale([0, 1, 2, 3, 4].map(at))
        #expect(scale.breaks.isEmpty)
        #expect(abs(scale.place(of: at(1)) - 0.25) < 1e-9)
    }

    @Test func `places grow with time and stay within the line`() {
        for run in StoryTests.runs {
            let times = run.outcome.events.map(\.time)
            let scale = TimeScale(times)
            let places = Set(times).sorted().map(scale.place)
            #expect(places.allSatisfy { (0...1).contains($0) })
            #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(scale.marks(apart: 0.17).count <= 7)
        }
    }

    @Test func `no time and one time have a place`() {
        #expect(TimeScale([]).place(of: at(1)) == 0)
        #expect(TimeScale([at(1)]).place(of: at(1)) == 0)
    }
}
