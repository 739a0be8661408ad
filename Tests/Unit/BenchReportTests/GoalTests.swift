import BenchReport
import Testing

@Suite struct GoalTests {
    @Test func `a bound itself is met unless it says below`() {
        #expect(Goal.atLeast(3000).isMet(by: 3000))
        #expect(!Goal.atLeast(3000).isMet(by: 2999.9))
        #expect(Goal.atMost(20).isMet(by: 20))
        #expect(!Goal.atMost(20).isMet(by: 20.001))
        #expect(!Goal.below(0.05).isMet(by: 0.05))
        #expect(Goal.below(0.05).isMet(by: 0.049))
    }

    @Test func `the score is 1 at the bound and grows with what is better`() {
        #expect(Goal.atLeast(1000).score(of: 2000) == 2)
        #expect(Goal.atLeast(1000).score(of: 500) == 0.5)
        #expect(Goal.atMost(10).score(of: 5) == 2)
        #expect(Goal.atMost(10).score(of: 20) == 0.5)
        #expect(Goal.atMost(0).score(of: 0) > 1)
    }

    @Test func `a figure without a goal is neither met nor missed`() {
        #expect(Figure("binary_mib", 65, "MiB").isMet == nil)
        #expect(Figure("idle_rss_mib", 26, "MiB", .atMost(25)).isMet == false)
    }

    @Test func `a figure is told in times of what bounds it`() {
        let sync = Figure("disk_sync_p50_ms", 0.2, "ms")
        let alone = Figure("three_tasks_alone_p50_ms", 1, "ms", limit: "disk_sync_p50_ms")
        #expect([sync, alone].ratioText(alone) == "5.000 × disk_sync_p50_ms")
        #expect([alone].ratioText(alone) == "")
        #expect([sync, alone].ratioText(sync) == "")
    }
}
