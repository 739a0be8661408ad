import HTTPMessage
import Primitives

/// How often signing in may fail: from one address, and from everywhere.
///
/// An attempt takes a token first and gets it back when it was right, so that many guesses at once find no
/// more room than one after the other.
struct SignInThrottle: Sendable {
    private let perSecond: Double
    private let burst: Int
    private let overallPerSecond: Double
    private let overallBurst: Int
    private var overall: TokenBucket
    /// An address has a bucket while it lacks tokens. Bounded: each that lacks was taken from `overall`.
    private var peers: [String: TokenBucket] = [:]
    private var sweptAt = 64

    init(_ settings: SessionSettings, at now: Timestamp) {
        burst = settings.failuresPerMinuteMax
        perSecond = Double(burst) / 60
        overallBurst = settings.failuresPerMinuteOverallMax
        overallPerSecond = Double(overallBurst) / 60
        overall = TokenBucket(burst: overallBurst, at: now)
    }

    /// Nil: go on. Else how long to wait.
    mutating func take(_ peer: String, at now: Timestamp) -> Duration? {
        let place = Self.place(of: peer)
        var bucket = peers[place] ?? TokenBucket(burst: burst, at: now)
        if let wait = bucket.take(perSecond: perSecond, burst: burst, at: now) { return wait }
        if let wait = overall.take(perSecond: overallPerSecond, burst: overallBurst, at: now) { return wait }
        peers[place] = bucket
        if peers.count > sweptAt { sweep(at: now) }
        return nil
    }

    mutating func giveBack(_ peer: String) {
        overall.giveBack()
        peers[Self.place(of: peer)]?.giveBack()
    }

    /// Addresses that are remembered.
    var placeCount: Int { peers.count }

    private mutating func sweep(at now: Timestamp) {
        peers = peers.filter { !$0.value.isFull(perSecond: perSecond, burst: burst, at: now) }
        sweptAt = max(64, peers.count * 2)
    }

    /// Whoever has an IPv6 address has all of its /64.
    static func place(of peer: String) -> String {
        guard case .v6(let high, let low)? = IPAddress(peer) else { return peer }
        // ::ffff:a.b.c.d, as a socket of both families names IPv4.
        return high == 0 && low >> 32 == 0xFFFF ? peer : "\(high)/64"
    }
}
