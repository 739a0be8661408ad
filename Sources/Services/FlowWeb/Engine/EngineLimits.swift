/// The bounds of the calls to the flow engine; each default says why that number.
package struct EngineLimits: Sendable, Hashable {
    /// Calls that wait for a fact: as many as the HTTP listener has connections, so that each may poll.
    package var waitsMax = 16_384
    /// A connection to the engine takes 1,024 calls in flight. Half: the places of calls that were given up
    /// are free only when the engine has heard of it.
    package var waitsPerConnection = 512
    /// How long a call is repeated that meets the end of an engine's process. The cloud's libraries read for
    /// 10 s; a service that drains longer is killed by its unit.
    package var patience: Duration = .seconds(8)
    /// Between two repeats.
    package var pause: Duration = .milliseconds(100)
    /// How long the answer to a call that works may take, on a disk that is slow.
    package var answerTimeout: Duration = .seconds(30)
    /// The same of one that waits: twice the longest Express execution, and the margin.
    package var waitTimeout: Duration = .seconds(660)

    package init() {}
}
