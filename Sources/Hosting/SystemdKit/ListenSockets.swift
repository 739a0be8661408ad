import CPlatform
import CSystemd
import Glibc

/// The sockets that systemd, `fnfctl up` or systemd-socket-activate opened for this process.
package enum ListenSockets {
    /// Takes over all passed sockets, in the order they were passed (systemd promises none: go by name).
    ///
    /// The variables are removed from the environment and the descriptors closed at exec, so that no child
    /// inherits them. Call it once, before other threads run: it changes the environment.
    /// - Parameter doors: the names that the service knows; every socket must have one of them; nil: any.
    /// - Parameter required: the doors that must be there; the others may be missing.
    /// - Parameter tcp: the names of TCP listeners that the service knows; each may be missing.
    package static func adopt(
        doors: [String]? = nil, required: [String] = [], tcp: [String] = []
    ) throws(ListenSocketsError) -> [ListenSocket] {
        let listenPID = ProcessEnvironment.lookup("LISTEN_PID")
        let passed = try passedByName()
        if passed.isEmpty {
            if let listenPID, listenPID != "\(getpid())" { throw .wrongProcess(listenPID: listenPID) }
            throw .noSockets
        }
        return try check(passed, doors: doors, required: required, tcp: tcp)
    }

    /// Checks that each descriptor is a listening socket of the kind that its name asks for, and the names.
    package static func check(
        _ passed: [(descriptor: Int32, name: String)], doors: [String]? = nil, required: [String] = [],
        tcp: [String] = []
    ) throws(ListenSocketsError) -> [ListenSocket] {
        var sockets: [ListenSocket] = []
        for (descriptor, name) in passed {
            let isTCP = tcp.contains(name)
            try checkKind(descriptor, name, isTCP: isTCP)
            if fnf_set_cloexec(descriptor) != 0 { throw .systemCall("closing at exec", errno: errno) }
            if let doors, !doors.contains(name), !isTCP {
                throw .unknownName(name, descriptor: descriptor, known: doors + tcp)
            }
            if let first = sockets.first(where: { $0.name == name }) {
                throw .duplicateName(name, descriptors: [first.descriptor, descriptor])
            }
            sockets.append(
                ListenSocket(
                    descriptor: descriptor, name: name, family: isTCP ? .tcp : .unix,
                    path: isTCP ? nil : path(of: descriptor)))
        }
        for name in required where !sockets.contains(where: { $0.name == name }) {
            throw .missingName(name, passed: sockets.map(\.name))
        }
        return sockets
    }

    private static func checkKind(
        _ descriptor: Int32, _ name: String, isTCP: Bool
    ) throws(ListenSocketsError) {
        let stream = Int32(SOCK_STREAM.rawValue)
        if isTCP {
            guard sd_is_socket_inet(descriptor, 0, stream, 1, 0) > 0 else {
                throw .notAListeningTCPSocket(descriptor: descriptor, name: name)
            }
        } else if sd_is_socket_unix(descriptor, stream, 1, nil, 0) <= 0 {
            throw .notAListeningUnixStream(descriptor: descriptor, name: name)
        }
    }

    private static func passedByName() throws(ListenSocketsError) -> [(descriptor: Int32, name: String)] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = sd_listen_fds_with_names(1, &names)
        if count < 0 { throw .systemCall("reading LISTEN_FDS", errno: -count) }
        defer {
            for index in 0..<Int(count) { free(names?[index]) }
            free(names)
        }
        return (0..<Int(count)).map { index in
            let name = names?[index].map { String(cString: $0) } ?? "unknown"
            return (descriptor: SD_LISTEN_FDS_START + Int32(index), name: name)
        }
    }

    private static func path(of descriptor: Int32) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            return fnf_unix_socket_path(descriptor, start, 128) > 0 ? String(cString: start) : nil
        }
    }
}
