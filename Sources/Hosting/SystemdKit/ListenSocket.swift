/// A listening stream socket that was handed to this process.
package struct ListenSocket: Sendable, Equatable {
    package enum Family: Sendable, Equatable {
        case unix
        /// IPv4 or IPv6
        case tcp
    }

    package let descriptor: Int32
    /// The door: `FileDescriptorName=` of its socket unit.
    package let name: String
    package let family: Family
    /// Where clients find it; nil for an abstract or unnamed socket and for TCP.
    package let path: String?

    package init(descriptor: Int32, name: String, family: Family = .unix, path: String?) {
        self.descriptor = descriptor
        self.name = name
        self.family = family
        self.path = path
    }
}

/// Why the passed sockets can not be served; the text names the descriptor and the way out.
package enum ListenSocketsError: Error, Equatable, CustomStringConvertible {
    /// Nothing was passed, or it was meant for another process.
    case noSockets
    case wrongProcess(listenPID: String)
    case systemCall(String, errno: Int32)
    case notAListeningUnixStream(descriptor: Int32, name: String)
    case notAListeningTCPSocket(descriptor: Int32, name: String)
    case duplicateName(String, descriptors: [Int32])
    case unknownName(String, descriptor: Int32, known: [String])
    case missingName(String, passed: [String])

    package var description: String {
        switch self {
        case .noSockets:
            "no sockets were passed: start me by my socket unit (systemctl start fnf.target), by `fnfctl up` "
                + "or under systemd-socket-activate"
        case .wrongProcess(let listenPID):
            "the passed sockets are meant for process \(listenPID) (LISTEN_PID), not for me: a wrapper that "
                + "forks must exec me instead"
        case .systemCall(let what, let errno):
            "\(what) failed: \(systemReason(errno))"
        case .notAListeningUnixStream(let descriptor, let name):
            "descriptor \(descriptor) ('\(name)') is not a listening Unix stream socket: its socket unit "
                + "must say ListenStream=/path and Accept=no"
        case .notAListeningTCPSocket(let descriptor, let name):
            "descriptor \(descriptor) ('\(name)') is not a listening TCP socket: its socket unit must say "
                + "ListenStream=ADDRESS:PORT and Accept=no"
        case .duplicateName(let name, let descriptors):
            "the name '\(name)' was given to several descriptors, \(list(descriptors.map(String.init))): "
                + "give each socket unit its own FileDescriptorName="
        case .unknownName(let name, let descriptor, let known):
            "descriptor \(descriptor) is called '\(name)', but this service's doors are \(list(known)): "
                + "correct FileDescriptorName= of the socket unit (systemd-socket-activate: --fdname=)"
        case .missingName(let name, let passed):
            "the door '\(name)' was not passed (got \(list(passed))): add its socket unit to "
                + "Sockets= and Requires= of the service and start it"
        }
    }

    private func list(_ words: [String]) -> String {
        words.joined(separator: ", ")
    }
}
