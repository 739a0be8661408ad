import Primitives
import Testing

@Suite struct DecimalSumTests {
    private func sum(_ texts: String...) -> String {
        var sum = DecimalSum()
        for text in texts { if let number = DecimalNumber(text) { sum.add(number) } }
        return sum.description
    }

    @Test func `a sum is exact`() {
        #expect(sum() == "0")
        #expect(sum("0.1", "0.2") == "0.3")
        #expect(sum("79.90", "20.1") == "100")
        #expect(sum("0.00000000000000001", "999999999999999999") == "999999999999999999.00000000000000001")
    }

    @Test func `a sum has more digits than a decimal where it needs them`() {
        let most = String(repeating: "9", count: 18)
        #expect(sum(most, most, most, "3") == "3000000000000000000")
    }

    @Test func `what is subtracted is gone, below nothing too`() {
        var sum = DecimalSum()
        for (text, sign, left) in [
            ("100", 1, "100"), ("0.01", -1, "99.99"), ("99.99", -1, "0"), ("0.25", -1, "-0.25"),
            ("1", -1, "-1.25"),
            ("-1.25", -1, "0"),
        ] {
            guard let number = DecimalNumber(text) else { preconditionFailure("\(text) is a decimal") }
            if sign > 0 { sum.add(number) } else { sum.subtract(number) }
            #expect(sum.description == left)
        }
        #expect(sum.isZero)
        #expect(sum == DecimalSum())
    }

    @Test(arguments: [
        "0", "1", "-1", "0.5", "-0.5", "-1.25", "123456789012345678901234.000000000000000001",
        "-0.000000000000000001",
    ])
    func `a text is the sum it came from`(_ text: String) throws {
        #expect(try #require(DecimalSum(text)).description == text)
    }

    @Test(arguments: ["", "-", ".", "1.", ".5", "1.2.3", "+1", "1e3", "0.0000000000000000001", "１"])
    func `anything else is no sum`(_ text: String) {
        #expect(DecimalSum(text) == nil)
    }

    @Test func `sums are added, and shown with as many places as asked`() throws {
        var sum = DecimalSum(DecimalNumber(80))
        #expect(sum.formatted(minimumScale: 2) == "80.00")
        sum.add(try #require(DecimalSum("-80.5")))
        #expect(sum.formatted(minimumScale: 2) == "-0.50")
    }
}
