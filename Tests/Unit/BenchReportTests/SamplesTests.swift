import BenchReport
import Testing

@Suite struct SamplesTests {
    @Test func `a percentile is a value that was measured, and none beyond its share is smaller`() {
        let samples = Samples((1...100).map(Double.init).shuffled())
        #expect(samples.p50 == 50)
        #expect(samples.p99 == 99)
        #expect(samples.percentile(1) == 100)
        #expect(samples.percentile(0) == 1)
        #expect(samples.largest == 100)
    }

    @Test func `of few values a high percentile is the largest`() {
        #expect(Samples([3, 1, 2]).p99 == 3)
        #expect(Samples([7]).p50 == 7)
    }

    @Test func `without values there is nothing to tell`() {
        #expect(Samples([]).p50 == 0)
        #expect(Samples([]).largest == 0)
    }
}
