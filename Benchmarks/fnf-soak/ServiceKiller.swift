import ServiceSupervisor
import Synchronization

/// Ends a service at random now and then, and lets the supervisor start it again.
final class ServiceKiller: Sendable {
    private let system: SoakSystem
    private let seed: UInt64
    private let every: Int
    private let kills = Atomic(0)

    init(_ system: SoakSystem, seed: UInt64, every: Int) {
        self.system = system
        self.seed = seed
        self.every = every
    }

    var count: Int { kills.load(ordering: .relaxed) }

    /// Returns when it is canceled.
    func run() async {
        guard every > 0 else { return }
        var state = seed
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        while true {
            let pause = every * 500 + draw(every * 1000)
            do { try await Task.sleep(for: .milliseconds(pause)) } catch { return }
            let victim = SoakSystem.services[draw(SoakSystem.services.count)]
            if system.supervisor.kill(victim) != nil { kills.add(1, ordering: .relaxed) }
        }
    }
}
