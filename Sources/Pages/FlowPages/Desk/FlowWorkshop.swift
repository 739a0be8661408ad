import Synchronization
import WebPages

/// Where definitions are read, compared, drawn and simulated: beside the service's loop, which nothing may
/// hold for long.
final class FlowWorkshop: Sendable {
    /// Jobs at one time; each holds the data of its page.
    static let jobsMax = 8

    private let jobs = Atomic<Int>(0)

    /// Throws: there are as many jobs as there may be.
    func work<Result: Sendable>(
        _ language: Language, _ body: @escaping @Sendable () -> Result
    ) async throws(Problem) -> Result {
        guard jobs.wrappingAdd(1, ordering: .relaxed).newValue <= Self.jobsMax else {
            jobs.wrappingSubtract(1, ordering: .relaxed)
            throw Problem(
                503, language("Too busy just now", "系统繁忙"),
                language(
                    "\(Self.jobsMax) definitions are being read already.",
                    "已有 \(Self.jobsMax) 个流程定义正在处理。"),
                advice: language("Try it again in a moment.", "请稍后再试。"))
        }
        defer { jobs.wrappingSubtract(1, ordering: .relaxed) }
        // Detached: a task of the loop would run it on the loop.
        return await Task.detached { body() }.value
    }
}
