import HTTPMessage
import Testing

struct FormParametersTests {
    @Test func `empty values and parameters without a value are kept`() throws {
        let form = try FormParameters("SignatureType=&Name=a%3Db&Flag&x=1=2")
        #expect(form.pairs.map(\.name) == ["SignatureType", "Name", "Flag", "x"])
        #expect(form.pairs.map(\.value) == ["", "a=b", "", "1=2"])
    }

    @Test func `a combining mark behind a cut hides it not`() throws {
        let form = try FormParameters("a=1&\u{301}b=\u{301}2&&c")
        #expect(form.pairs.map(\.name) == ["a", "\u{301}b", "c"])
        #expect(form.pairs.map(\.value) == ["1", "\u{301}2", ""])
    }

    @Test func `a flood of parameters is refused`() {
        let text = String(repeating: "a=1&", count: FormParameters.countMax + 1)
        #expect(throws: FormParameters.Fault.self) { try FormParameters(text) }
    }
}
