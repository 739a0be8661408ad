import RPCProtocol
import HTTPMessage
import FlowEngineAPI
import Testing
import WebPages

@testable import OperationPages

@Suite struct HomeTests {
    private func reading(_ change: (inout SystemReading) -> Void = { _ in }) -> SystemReading {
        var reading = SystemReading(
            counts: CountExecutions.Result(), engine: DescribeEngine.Result(), units: .known([]))
        change(&reading)
        return reading
    }

    @Test func `one sentence says whether it is all right`() {
        #expect(
            Verdict(reading { $0.counts?.summary.running = 1 }).sentence
                == "All is well: 1 execution runs, nothing is retrying, nothing failed in the last hour.")
        let odd = Verdict(
            reading {
                $0.counts?.summary.retrying = 2
                $0.counts?.summary.lastHour.failed = 1
            })
        #expect(odd.tone == .wait)
        #expect(odd.sentence == "2 executions are retrying and 1 execution failed in the last hour.")
        let broken = Verdict(
            reading {
                $0.units = .known([
                    UnitState(name: "order-store", condition: .failed, word: "failed (failed)")
                ])
                $0.counts?.summary.retrying = 1
            })
        #expect(broken.tone == .bad)
        #expect(broken.sentence == "Order-store has failed and 1 execution is retrying.")
        let full = Verdict(
            reading {
                $0.engine?.storage.diskBytes = 100 << 30
                $0.engine?.storage.freeBytes = 4 << 30
            })
        #expect(full.sentence == "The disk has only 4.0 GiB left.")
    }

    @Test func `a service that sleeps is no reason to worry, one that nobody tells of is said so`()
        async throws
    {
        let asleep = try await Console().page("/console")
        #expect(asleep.contains("All is well"))
        #expect(asleep.contains("its first call starts it"))
        let denied = Console.Sleepers(reading: .unknown(reason: "The bus is <denied>.", advice: nil))
        let unknown = try await Console(units: denied).page("/console")
        #expect(unknown.contains("The bus is &lt;denied&gt;."))
        #expect(!unknown.contains("class=\"units\""))
    }

    @Test func `figures lead to what is behind them`() async throws {
        let console = try await Console()
        try await console.flow("Sleepy", Flows.rest)
        try await console.flow("Sold", Flows.fail)
        try await console.start("Sleepy", "o-1")
        try await console.start("Sold", "o-2")
        let page = try await console.page("/console", as: "read")
        #expect(page.contains("1 execution failed in the last hour."))
        #expect(page.contains("href=\"/console/executions?status=Running\""))
        #expect(page.contains("href=\"/console/executions?flow=Sold&amp;status=Failed\""))
    }

    @Test func `numbers are written for people`() {
        #expect(CountText.grouped(1_234_567) == "1,234,567")
        #expect(CountText.grouped(-1000) == "-1,000")
        #expect(CountText.micros(850) == "0.8 ms")
        #expect(CountText.micros(38_400) == "38 ms")
        #expect(CountText.micros(1_250_000) == "1.2 s")
        #expect(ByteText.text(1023) == "1023 B")
        #expect(ByteText.text(1_536) == "1.5 KiB")
        #expect(ByteText.text(200 << 30) == "200 GiB")
    }
}
