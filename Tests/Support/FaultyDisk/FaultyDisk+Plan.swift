import CFaultyDisk

extension FaultyDisk {
    /// What happens in place of an operation. What does not fit the operation's kind is an `error`.
    package enum Fault: Sendable, Hashable {
        /// The process dies before the operation. From then on, until `restart` or `powerCut`, every call on
        /// every file fails.
        case killBefore
        /// The process dies right after it: the operation is done, and nobody is told.
        case killAfter
        /// So many bytes of a write arrive, then the process dies. For other operations as `killBefore`.
        case torn(Int)
        /// EIO. Of a sync: what was unsynced stays so, and a later sync may bring it to the disk.
        case error
        /// ENOSPC. To be had for all writes that let a file grow by `isFull`.
        case full
        /// So many bytes of a write arrive, then ENOSPC.
        case short(Int)
        /// A sync fails, and the kernel takes the pages for clean: reads still show what no later sync will
        /// bring to the disk.
        case syncDrops
        /// A sync fails, and what was unsynced is gone at once.
        case syncLoses
    }

    /// Plans a fault of operation `at` (counted from 1 over the disk's whole life: `operations + 1` is the next
    /// one) and of the `times - 1` that follow it. Of several plans for one operation, the first made holds.
    package func plan(_ fault: Fault, at number: UInt64, times: UInt64 = 1) {
        fnf_disk_plan(disk, number, times, fault.code, fault.kept)
    }

    /// No further fault happens; the dead stay dead.
    package func clearPlan() { fnf_disk_clear_plan(disk) }

    /// While set, writes that let a file grow fail by ENOSPC.
    package func setFull(_ isFull: Bool) { fnf_disk_set_full(disk, isFull) }

    /// While set, a sync says that it was done and does nothing: a fault that tests plant to be found.
    package func setLyingSync(_ isLying: Bool) { fnf_disk_set_lying(disk, isLying) }
}

extension FaultyDisk.Fault {
    var code: Int32 {
        switch self {
        case .killBefore: Int32(FNF_FAULT_KILL_BEFORE)
        case .killAfter: Int32(FNF_FAULT_KILL_AFTER)
        case .torn: Int32(FNF_FAULT_TORN)
        case .error: Int32(FNF_FAULT_ERROR)
        case .full: Int32(FNF_FAULT_FULL)
        case .short: Int32(FNF_FAULT_SHORT)
        case .syncDrops: Int32(FNF_FAULT_SYNC_DROPS)
        case .syncLoses: Int32(FNF_FAULT_SYNC_LOSES)
        }
    }

    var kept: Int64 {
        switch self {
        case .torn(let kept), .short(let kept): Int64(kept)
        default: 0
        }
    }
}
