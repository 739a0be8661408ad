import FlowStore
import Primitives

extension NotifyStrategy {
    /// How long after a try that failed the next one follows; nil: no more tries. Source: MNS 2015-06-06,
    /// "NotifyStrategy".
    ///
    /// - Parameter failures: tries that failed so far, from 1.
    func pause(after failures: Int64, world: any World) -> Duration? {
        switch self {
        case .backoff:
            guard failures <= 3 else { return nil }
            return .seconds(10) + .seconds(10) * Int(world.entropy(1).first ?? 0) / 255
        case .exponential:
            guard failures < 176 else { return nil }
            return .seconds(1 << min(failures - 1, 9))
        }
    }
}
