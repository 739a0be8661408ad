import CSupervisor
import Glibc

/// A file descriptor that is closed when nobody holds it any more.
final class OwnedDescriptor: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }

    /// Both ends are closed at exec; reading does not block.
    ///
    /// - Parameter bytes: the room that is asked for; 0: as usual.
    static func pipe(bytes: Int32 = 0) throws(SupervisorFault) -> (
        reading: OwnedDescriptor, writing: OwnedDescriptor
    ) {
        var reading: Int32 = -1
        var writing: Int32 = -1
        guard fnf_pipe(&reading, &writing, bytes) == 0 else { throw .systemCall("pipe", errno: errno) }
        return (OwnedDescriptor(reading), OwnedDescriptor(writing))
    }
}
