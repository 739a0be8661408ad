/// Why bytes are no snapshot of this machine: another definition, another release, damage.
package struct SnapshotFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// Such as `threads[2].lists[0].run`.
    package let place: String
    package let reason: String

    package var description: String { "a snapshot cannot be read at \(place): \(reason)" }
}
