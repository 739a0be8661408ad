/// The bounds of signing in with a browser; flow-web.yaml may set them. Each default says why that number.
package struct SessionSettings: Sendable, Hashable {
    /// From signing in to the end, whatever happens. A working day with its breaks.
    package var lifetime = Duration.seconds(12 * 3600)
    /// Without a request from the browser. Longer than a lunch.
    package var idleMax = Duration.seconds(2 * 3600)
    /// All are in memory, about 1 KiB each; beyond that the one that was idle longest ends.
    package var sessionsMax = 1_000
    /// Of one access key, so that its holder can't end those of others by signing in again and again.
    package var sessionsPerKeyMax = 100
    /// Attempts that fail, from one address (IPv6: from one /64): more than anybody mistypes.
    package var failuresPerMinuteMax = 10
    /// The same from everywhere together: what a guesser with many addresses gets.
    package var failuresPerMinuteOverallMax = 300
    /// How long a one-time link is good if its maker does not say.
    package var linkLifetime = Duration.seconds(5 * 60)
    package var linkLifetimeMax = Duration.seconds(3600)
    /// Links that nobody has used yet. An operator makes one at a time.
    package var linksMax = 100

    package init() {}
}
