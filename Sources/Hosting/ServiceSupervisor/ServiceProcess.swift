import CPlatform
import Glibc

/// One run of a service.
final class ServiceProcess {
    let pid: Int32
    /// Readable when the process has ended.
    let ended: OwnedDescriptor
    /// What it writes to standard output and standard error.
    let output: OwnedDescriptor
    private(set) var outputIsOpen = true
    var wasReady = false
    /// It was told to end, so an end by SIGTERM is no failure.
    var wasToldToEnd = false
    /// Why the supervisor killed it.
    var killedFor: ServiceExit?
    private var splitter = LineSplitter()

    struct Failure: Error { let errno: Int32 }

    /// Must be called on the supervisor's thread: the process ends with it.
    init(_ spec: ServiceSpec, doors: DoorSockets, environment: [String: String]) throws(Failure) {
        guard let (reading, writing) = try? OwnedDescriptor.pipe(bytes: 1 << 18) else {
            throw Failure(errno: EMFILE)
        }
        var activation = fnf_activation()
        activation.standard_output = writing.number
        activation.standard_error = writing.number
        activation.own_group = 1
        activation.signal_when_parent_dies = SIGTERM
        activation.watchdog = environment["WATCHDOG_USEC"] == nil ? 0 : 1
        let started = Self.spawn(&activation, spec, doors.descriptors.map(\.number), environment)
        guard started > 0 else { throw Failure(errno: errno) }
        let descriptor = fnf_process_descriptor(started)
        guard descriptor >= 0 else {
            let reason = errno
            kill(started, SIGKILL)
            waitpid(started, nil, 0)
            throw Failure(errno: reason)
        }
        pid = started
        ended = OwnedDescriptor(descriptor)
        output = reading
    }

    private static func spawn(
        _ activation: inout fnf_activation, _ spec: ServiceSpec, _ listeners: [Int32],
        _ environment: [String: String]
    ) -> Int32 {
        var arguments = ([spec.executable] + spec.arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        let path = strdup(spec.executable)
        defer {
            let reason = errno
            for text in arguments + variables { free(text) }
            free(path)
            errno = reason
        }
        return arguments.withUnsafeMutableBufferPointer { arguments in
            variables.withUnsafeMutableBufferPointer { variables in
                listeners.withUnsafeBufferPointer { listeners in
                    activation.path = UnsafePointer(path)
                    activation.arguments = UnsafePointer(arguments.baseAddress)
                    activation.environment = UnsafePointer(variables.baseAddress)
                    activation.listeners = listeners.baseAddress
                    activation.listener_count = Int32(listeners.count)
                    return fnf_spawn_activated(&activation)
                }
            }
        }
    }

    /// Sends SIGTERM or SIGABRT so that also a stopped process takes it.
    func tell(_ signal: Int32) {
        kill(pid, signal)
        kill(pid, SIGCONT)
    }

    /// Ends the process and everything that it started.
    func killGroup() {
        kill(-pid, SIGKILL)
    }

    /// The lines that are there now.
    ///
    /// - Parameter toEnd: the process has ended: also what has no line break.
    func readLines(toEnd: Bool = false) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        // Bounded: one service that writes without end must not keep the thread from the others.
        for _ in 0..<(toEnd ? 64 : 4) {
            let count = read(output.number, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 {
                if count == 0 { outputIsOpen = false }
                break
            }
            lines += splitter.feed(buffer[..<count])
        }
        return toEnd || !outputIsOpen ? lines + splitter.finish() : lines
    }

    /// What the exit status means.
    func exit(status: Int32) -> ServiceExit {
        if let killedFor { return killedFor }
        let signal = status & 0x7F
        if signal != 0 { return signal == SIGTERM && wasToldToEnd ? .success : .signal(signal) }
        let code = status >> 8 & 0xFF
        if code != 0 { return .exitCode(code) }
        return wasReady || wasToldToEnd ? .success : .protocolFault
    }
}
