package import GRDB

/// Memory of a service that changes together with its database: the jobs of a commit change both, on the
/// loop.
///
/// Between two commits it says what the disk says.
package protocol CommitMember: AnyObject, Sendable {
    /// How many changes of the commit under way it holds.
    var changesHeld: Int { get }

    /// Writes what the jobs have left in memory, as the last part of the commit.
    func write(_ db: Database) throws

    /// Gives up all changes but the first so many: what they stand for was taken back.
    func undo(to changesHeld: Int)

    /// The changes are on disk.
    func committed()
}
