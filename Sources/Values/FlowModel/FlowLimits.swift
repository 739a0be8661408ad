/// How large and how long things may be. Each default says why that number; "cloud" is the limit of the
/// published service (Source: fdl §9), which a single host has no reason to keep where memory is the only
/// cost.
package struct FlowLimits: Sendable, Hashable {
    package static let standard = FlowLimits()

    /// Units: bytes of JSON text. Input, output and local of one step together. Cloud: 32 KiB, for its event
    /// table; here a foreach over 10,000 items of 50 bytes with results as long fits, and so does an event
    /// with all of it into a frame.
    package var stepDataBytesMax = 1024 * 1024
    /// Objects and arrays within each other in a step's input, local or output. Cloud: not known. A mapping
    /// in a loop can put data into itself without end; 100 fits, with what is written around it, into a
    /// document that every reader of JSON here takes.
    package var dataDepthMax = 100
    /// Events of one execution. Cloud: 5,000. A foreach over 10,000 items with a task each makes 70,000
    /// events and a loop of 100,000 steps 800,000; a million is about 300 MB of journal and stops a flow that
    /// runs away.
    package var historyEventsMax: Int64 = 1_000_000
    /// Events of one transition. A loop without a task would otherwise be one endless transition; after so
    /// many the machine lets others run and goes on when its timer, due at once, fires.
    package var transitionEventsMax = 1_000

    /// Units: bytes of the definition's text. Cloud: not known; the largest published flow has 20 KB.
    package var definitionBytesMax = 1024 * 1024
    /// Units: bytes of a text that the engine judges when it is put in, for warnings; the validator looks at
    /// every way through a flow, and others wait meanwhile. `fnfctl flow validate` judges any.
    package var judgedBytesMax = 32 * 1024
    /// Warnings in an answer of the engine.
    package var judgedWarningsMax = 100
    /// Steps within steps. Cloud: not known; 32 is deeper than anybody reads.
    package var nestingMax = 32
    /// Steps of a definition, nested ones included. Cloud: not known.
    package var stepsMax = 10_000
    /// YAML nodes of a definition with aliases written out, so that a few nested aliases cannot make
    /// billions.
    package var definitionNodesMax = 200_000
    /// Branches of a parallel step. Cloud: 100.
    package var branchesMax = 100
    /// Iterations of one foreach at one time; further ones wait for a place. Cloud: 100.
    package var iterationsAtOnceMax = 100

    /// Units: bytes. Cloud: 128 characters.
    package var errorBytesMax = 128
    /// Units: bytes. Cloud: 4096 characters.
    package var causeBytesMax = 4096
    /// Units: seconds. Cloud: 2 days, which bounds its timers; here a wait costs one row, so a year, as long
    /// as a flow.
    package var waitSecondsMax: Int64 = 366 * 86_400
    /// Units: seconds, of a task and of a flow. Cloud: 1 year.
    package var timeoutSecondsMax: Int64 = 366 * 86_400
    /// Units: seconds, of an Express execution. Cloud: 5 minutes.
    package var expressSecondsMax: Int64 = 300
    /// Executions that wait for one another, each started by a task of the one before. Cloud: not known; a
    /// flow that calls itself without end is then told so while it is small.
    package var childDepthMax: Int64 = 64
    /// Units: seconds. Cloud: 86,400.
    package var retryIntervalSecondsMax: Int64 = 86_400
    /// Retries of one policy. Cloud: not known.
    package var retryAttemptsMax: Int64 = 10_000
    /// Members of `labels` of one execution.
    package var labelsMax = 8

    /// A mapping or parameter whose path is not there gets null instead of failing its step. Cloud: not
    /// known; for flows that were written where it was so.
    package var missingPathIsNull = false

    package init() {}
}
