/// The bounds of who is let in; flow-web.yaml may set them. Each default says why that number.
package struct AccessSettings: Sendable, Hashable {
    /// For each key. More than this host starts executions in a second.
    package var requestsPerSecondMax = 2_000
    /// For each key: what may come at once after a pause. Two seconds' worth.
    package var requestsBurstMax = 4_000
    /// How far a request's time may be from this host's clock, both ways. Source: the cloud's gateway.
    package var clockSkewMax = Duration.seconds(15 * 60)
    /// Nonces remembered for one key: at `requestsPerSecondMax` for as long as one is kept. About 50 bytes of
    /// disk each.
    package var noncesPerKeyMax = 2_400_000
    /// Nonces remembered for all keys together: two that are at their limit.
    package var noncesMax = 4_800_000
    /// All are in memory.
    package var keysMax = 1_000

    package init() {}
}
