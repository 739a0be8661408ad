import BenchReport
import Testing

@Suite struct NumberTextTests {
    @Test(arguments: [
        (1234.5678, "1235", "1,235"), (123.456, "123.5", "123.5"), (12.3456, "12.35", "12.35"),
        (1.23456, "1.235", "1.235"), (0.0004, "0.000", "0.000"), (0, "0.000", "0.000"),
        (12_345_678, "12345678", "12,345,678"), (-1500, "-1500.000", "-1,500"),
    ])
    func `four digits count`(value: Double, brief: String, grouped: String) {
        if value >= 0 { #expect(value.brief == brief) }
        #expect(value.grouped == grouped)
    }

    @Test(arguments: [(3000, "3000"), (0.05, "0.05"), (1.5, "1.5"), (0, "0"), (0.9, "0.9")])
    func `a bound has no digits that say nothing`(value: Double, text: String) {
        #expect(value.short == text)
    }

    @Test func `what is no number is a dash`() {
        #expect(Double.infinity.brief == "-")
        #expect(Double.nan.fixed(2) == "-")
    }

    @Test func `durations are told in milliseconds and seconds`() {
        #expect(Duration.microseconds(1500).milliseconds == 1.5)
        #expect(Duration.milliseconds(250).inSeconds == 0.25)
    }
}
