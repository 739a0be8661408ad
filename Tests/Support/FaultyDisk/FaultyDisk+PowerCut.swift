import CFaultyDisk

/// The end of a process, and the next one.
extension FaultyDisk {
    /// What of the unsynced a power cut leaves.
    package enum Survival: Int32, Sendable, Hashable, CaseIterable {
        case nothing, everything
        /// Of each file the first changes, and the next one torn at a sector's border.
        case prefix
        /// Of each file any of the changes, in whole: a later one without an earlier one.
        case writes
        /// Of each file each sector of 512 bytes as it was at some moment, whatever the others show.
        case sectors
    }

    /// True from a planned kill, or `kill`, until the next `restart` or `powerCut`.
    package var isDead: Bool { fnf_disk_is_dead(disk) }

    /// How often a next process has come. What opened a file before the last boot gets only failures.
    package var boots: UInt64 { fnf_disk_boots(disk) }

    /// The process dies now.
    package func kill() { fnf_disk_kill(disk) }

    /// The next process: it finds what was written, synced or not, as after SIGKILL. Plans stay as they are.
    package func restart() { fnf_disk_restart(disk) }

    /// The power goes and comes back. Files are cut independently of each other, as a disk reorders writes
    /// that no sync parts. Plans stay as they are.
    package func powerCut(_ survival: Survival, seed: UInt64) {
        fnf_disk_power_cut(disk, survival.rawValue, seed)
    }

    /// The same, with a survival that the seed chooses, which is returned.
    @discardableResult
    package func powerCut(seed: UInt64) -> Survival {
        // The upper bits of a product, so that seeds in a row do not choose in a row.
        let chosen = (seed &* 0x9E37_79B9_7F4A_7C15) >> 33
        let survival = Survival.allCases[Int(chosen % UInt64(Survival.allCases.count))]
        powerCut(survival, seed: seed)
        return survival
    }
}
