/// What the engine keeps in memory about schedules; all of it can be read again from the store.
struct ScheduleDesk {
    /// The next time of each enabled schedule, by its key.
    var timers = TimerQueue()
    /// Those that fired in this tick: when the disk refuses it, they fire again.
    var unsure: Set<Int64> = []
    /// Those whose trouble was told; it is told once.
    var troubled: Set<Int64> = []
}
