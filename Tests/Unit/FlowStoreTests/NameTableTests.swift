import Testing

@testable import FlowStore

@Suite struct NameTableTests {
    @Test func `a name has one number as long as somebody holds it`() {
        var names = NameTable()
        let first = names.hold("payment")
        #expect(names.hold("payment") == first && names[first] == "payment")
        let other = names.hold("ship")
        #expect(other != first && names.number("ship") == other)
        names.release(first)
        #expect(names.number("payment") == first)
        names.release(first)
        #expect(names.number("payment") == nil)
    }

    @Test func `numbers of forgotten names are used again`() {
        var names = NameTable()
        for round in 0..<1_000 {
            let number = names.hold("name-\(round)")
            #expect(number == 0 && names[number] == "name-\(round)")
            names.release(number)
        }
    }

    @Test func `names that only look alike stay apart`() {
        var names = NameTable()
        let composed = names.hold("caf\u{E9}")
        let decomposed = names.hold("cafe\u{301}")
        #expect(composed != decomposed)
        #expect(names[composed].utf8.count == 5 && names[decomposed].utf8.count == 6)
        names.release(composed)
        #expect(names.number("cafe\u{301}") == decomposed)
    }
}
