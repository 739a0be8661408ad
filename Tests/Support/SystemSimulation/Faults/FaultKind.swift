/// What can go wrong.
package enum FaultKind: String, Sendable, Hashable, CaseIterable {
    /// Of a message: it comes late, twice, out of order, or not at all.
    case delay, duplicate, reorder, lostRequest, lostReply
    /// Of two processes: nothing passes between them for a while.
    case partition
    /// Of a process: it is killed between two events, between two jobs of a turn, or at an operation of the disk.
    case kill, killInTurn, killInCommit
    /// It gets no turn for a while.
    case stall
    /// Of a host: what was not synced is lost or torn, and the process with it.
    case powerCut
    /// Of a disk: each sync takes long; a write or a sync fails; there is no room.
    case slowDisk, diskError, diskFull
    /// Of a host's clock.
    case clockForward, clockBack
}
