import CPlatform
import Glibc

extension RunningCommand {
    /// Standard output's and standard error's pipes: the ends to read from, not blocking, and those to write
    /// to.
    static func pipes(_ program: String) throws(TestHostFault) -> (reading: [Int32], writing: [Int32]) {
        var reading: [Int32] = []
        var writing: [Int32] = []
        for _ in 0..<2 {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw .systemCall("pipe for \(program)", errno: errno) }
            for end in ends { _ = fnf_set_cloexec(end) }
            _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
            reading.append(ends[0])
            writing.append(ends[1])
        }
        return (reading, writing)
    }

    /// Returns the pid; below 1 with errno when it can not be started.
    static func spawn(
        _ program: String, _ arguments: [String], _ extra: [String: String], _ directory: String?,
        _ writing: [Int32]
    ) -> Int32 {
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        var envp = environment(with: extra).map { strdup($0) } + [nil]
        let path = strdup(program)
        let folder = directory.flatMap { strdup($0) }
        defer {
            let reason = errno
            for text in argv + envp { free(text) }
            free(path)
            free(folder)
            errno = reason
        }
        var activation = fnf_activation()
        activation.standard_output = writing[0]
        activation.standard_error = writing[1]
        activation.own_group = 1
        return argv.withUnsafeMutableBufferPointer { argv in
            envp.withUnsafeMutableBufferPointer { envp in
                activation.path = UnsafePointer(path)
                activation.directory = UnsafePointer(folder)
                activation.arguments = UnsafePointer(argv.baseAddress)
                activation.environment = UnsafePointer(envp.baseAddress)
                return fnf_spawn_activated(&activation)
            }
        }
    }

    private static func environment(with extra: [String: String]) -> [String] {
        let own = (Files.bytes("/proc/self/environ") ?? []).split(separator: 0)
            .map { String(decoding: $0, as: UTF8.self) }
        let kept = own.filter { entry in !extra.keys.contains { entry.hasPrefix("\($0)=") } }
        return kept + extra.map { "\($0.key)=\($0.value)" }
    }
}

/// A thread for one command.
enum CommandThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    static func run(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, Unmanaged.passRetained(Work(body)).toOpaque())
        precondition(failure == 0, "pthread_create failed: \(failure)")
        pthread_detach(thread)
    }
}
