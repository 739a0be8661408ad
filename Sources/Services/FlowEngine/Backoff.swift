import Primitives

/// Pauses that double up to a longest one, each shortened by chance by up to a half, so that what failed
/// together is not repeated together.
struct Backoff {
    let first: Duration
    let longest: Duration

    /// - Parameter failures: how often in a row it went wrong, from 1.
    func pause(after failures: Int64, world: any World) -> Duration {
        let doublings = Int(min(max(failures - 1, 0), 20))
        let full = min(first * (1 << doublings), longest)
        let chance = Int(world.entropy(1).first ?? 0)
        return full / 2 + full * chance / 512
    }
}
