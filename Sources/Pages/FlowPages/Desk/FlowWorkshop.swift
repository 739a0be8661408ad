import Synchronization
import WebPages

/// Where definitions are read, compared, drawn and simulated: beside the service's loop, which nothing may
/// hold for long.
final class FlowWorkshop: Sendable {
    /// Jobs at one time; each holds the data of its page.
    let jobsMax: Int

    private let jobs = Atomic<Int>(0)

    init(jobsMax: Int = 8) { self.jobsMax = jobsMax }

    /// Throws: there are as many jobs as there may be.
    func work<Result: Sendable>(
        _ language: Language, _ body: @escaping @Sendable () -> Result
    ) async throws(Problem) -> Result {
        guard jobs.wrappingAdd(1, ordering: .relaxed).newValue <= jobsMax else {
            jobs.wrappingSubtract(1, ordering: .relaxed)
            throw Problem(
                503, language("Too busy just now", "系统繁忙"),
                language(
                    "\(jobsMax) definitions are being read already.",
                    "已有 \(jobsMax) 个流程定义正在处理。"),
                advice: language("Try it again in a moment.", "请稍后再试。"))
        }
        defer { jobs.wrappingSubtract(1, ordering: .relaxed) }
        // Detached: a task of the loop would run it on the loop.
        return await Task.detached { body() }.value
    }
}
