import Primitives
import Testing

@Suite struct DecimalNumberTests {
    private func decimal(_ text: String) throws -> DecimalNumber { try #require(DecimalNumber(text)) }

    @Test(arguments: [
        ("100", "100"), ("79.90", "79.9"), ("0.00", "0"), ("-0", "0"), ("-1.50", "-1.5"), ("007", "7"),
    ])
    func `a decimal has one text`(written: String, text: String) throws {
        #expect(try decimal(written).description == text)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1e2", "+1", "1,5", " 1", "1 ", "--1", "1.2.3", "1234567890123456789", "٣",
    ])
    func `what is no plain decimal is refused`(text: String) {
        #expect(DecimalNumber(text) == nil)
    }

    @Test func `equal values are equal however they were written`() throws {
        #expect(try decimal("80.00") == decimal("80"))
        #expect(try decimal("80.00").hashValue == decimal("80").hashValue)
        #expect(try decimal("0.30") > decimal("0.29999999999999999"))
        #expect(try decimal("-2") < decimal("-1.9"))
    }

    @Test func `a tenth ten times is one`() throws {
        var sum = DecimalNumber.zero
        for _ in 0..<10 { sum = try #require(sum.adding(decimal("0.1"))) }
        #expect(sum == DecimalNumber(1))
    }

    @Test(arguments: [
        ("100", "0.8", "80"), ("0.05", "0.5", "0.03"), ("-0.05", "0.5", "-0.03"), ("0.04", "0.5", "0.02"),
        ("33.33", "0.8", "26.66"),
        ("99999999.99", "0.8", "79999999.99"),
    ])
    func `a product is rounded half away from zero`(price: String, factor: String, result: String) throws {
        #expect(try decimal(price).multiplied(by: decimal(factor), roundedTo: 2) == decimal(result))
    }

    @Test func `more digits than there are places for is no silent wrap`() throws {
        let large = try decimal("999999999999999999")
        #expect(large.adding(DecimalNumber(1)) == nil)
        #expect(large.multiplied(by: large, roundedTo: 2) == nil)
    }

    @Test func `the extremes of Int64 are decimals of their own`() {
        #expect(DecimalNumber(Int64.min).description == "-9223372036854775808")
        #expect(DecimalNumber(Int64.min) < DecimalNumber(Int64.max))
        #expect(DecimalNumber(Int64.min).adding(.zero) == nil)
    }

    @Test func `a price can be shown with two places`() throws {
        #expect(try decimal("80").formatted(minimumScale: 2) == "80.00")
        #expect(try decimal("0.5").formatted(minimumScale: 2) == "0.50")
        #expect(try decimal("-0.005").formatted(minimumScale: 2) == "-0.005")
    }
}
