import CPlatform
import Glibc
import Synchronization

/// How a command ended and what it printed.
package struct CommandResult: Sendable, CustomStringConvertible {
    package let command: String
    package let output: String
    package let errorOutput: String
    /// nil: ended by a signal.
    package let exitCode: Int32?
    package let signal: Int32?
    /// It was killed because its time was up.
    package let timedOut: Bool

    package var lines: [String] { output.split(separator: "\n").map(String.init) }

    package var description: String {
        let end = timedOut ? "timed out" : exitCode.map { "exit code \($0)" } ?? "signal \(signal ?? 0)"
        return "`\(command)`: \(end)\nstdout: \(output)\nstderr: \(errorOutput)"
    }

    /// Itself, if the command ended with this code.
    @discardableResult
    package func expecting(exitCode code: Int32 = 0) throws(TestHostFault) -> CommandResult {
        if exitCode == code { return self }
        throw .commandFailed(self, expected: "exit code \(code)")
    }
}

/// A program that runs, in a process group of its own, with nothing to read. It does not outlive its time.
package final class RunningCommand: Sendable {
    private struct State {
        var output: [UInt8] = []
        var errorOutput: [UInt8] = []
        var pid: Int32 = 0
        var result: CommandResult?
        var printWaiters: [(text: String, continuation: CheckedContinuation<Bool, Never>)] = []
        var endWaiters: [CheckedContinuation<CommandResult, Never>] = []

        func hasPrinted(_ text: String) -> Bool {
            [output, errorOutput].contains { String(decoding: $0, as: UTF8.self).contains(text) }
        }
    }

    private let command: String
    private let state = Mutex(State())

    /// - Parameter environment: on top of this process's own.
    package init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:],
        directory: String? = nil,
        timeout: Duration = .seconds(60)
    ) throws(TestHostFault) {
        command = ([program.split(separator: "/").last.map(String.init) ?? program] + arguments)
            .joined(separator: " ")
        let (reading, writing) = try Self.pipes(program)
        let pid = Self.spawn(program, arguments, environment, directory, writing)
        let reason = errno
        for descriptor in writing { close(descriptor) }
        let ended = pid > 0 ? fnf_process_descriptor(pid) : -1
        guard pid > 0, ended >= 0 else {
            for descriptor in reading { close(descriptor) }
            throw .systemCall("start \(program)", errno: reason)
        }
        state.withLock { $0.pid = pid }
        let deadline = SuspendingClock.now.advanced(by: timeout)
        CommandThread.run { self.follow(reading, ended: ended, until: deadline) }
    }

    /// Returns when the command has ended.
    package func result() async -> CommandResult {
        await withCheckedContinuation { continuation in
            let result = state.withLock { state in
                if state.result == nil { state.endWaiters.append(continuation) }
                return state.result
            }
            if let result { continuation.resume(returning: result) }
        }
    }

    /// Returns once it has printed the text, on either stream. Throws when it ends without.
    package func waitUntilPrinted(_ text: String) async throws(TestHostFault) {
        let printed = await withCheckedContinuation { continuation in
            let known: Bool? = state.withLock { state in
                if state.hasPrinted(text) { return true }
                if state.result != nil { return false }
                state.printWaiters.append((text, continuation))
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
        if !printed { throw .notPrinted(text, await result()) }
    }

    /// Sends a signal to the command; nothing happens when it has ended.
    package func signal(_ number: Int32) {
        state.withLock { state in
            if state.pid > 0 { kill(state.pid, number) }
        }
    }

    package var outputSoFar: String { state.withLock { String(decoding: $0.output, as: UTF8.self) } }
    package var errorOutputSoFar: String {
        state.withLock { String(decoding: $0.errorOutput, as: UTF8.self) }
    }
}

// The thread that follows the command.
extension RunningCommand {
    private func follow(_ streams: [Int32], ended: Int32, until deadline: SuspendingClock.Instant) {
        var open = streams
        var timedOut = false
        while true {
            var watched = (open + [ended]).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let left = SuspendingClock.now.duration(to: deadline).components
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
            let count = poll(
                &watched, nfds_t(watched.count), timedOut ? -1 : Int32(clamping: max(0, milliseconds)))
            if count == 0, !timedOut {
                timedOut = true
                state.withLock { _ = kill(-$0.pid, SIGKILL) }
            }
            for entry in watched.dropLast() where entry.revents != 0 {
                if !read(entry.fd, isOutput: entry.fd == streams[0]) { open.removeAll { $0 == entry.fd } }
            }
            if watched[watched.count - 1].revents != 0 { break }
        }
        // What it started may hold the streams open: read what is there, then end that as well.
        state.withLock { _ = kill(-$0.pid, SIGKILL) }
        for descriptor in open { while read(descriptor, isOutput: descriptor == streams[0]) {} }
        for descriptor in streams + [ended] { close(descriptor) }
        finish(timedOut: timedOut)
    }

    /// False: the end, or nothing there.
    private func read(_ descriptor: Int32, isOutput: Bool) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count <= 0 { return count < 0 && errno == EINTR }
        let printed = state.withLock { state in
            if isOutput { state.output += buffer[..<count] } else { state.errorOutput += buffer[..<count] }
            let waiters = state.printWaiters
            state.printWaiters = waiters.filter { !state.hasPrinted($0.text) }
            return waiters.filter { state.hasPrinted($0.text) }.map(\.continuation)
        }
        for continuation in printed { continuation.resume(returning: true) }
        return true
    }

    private func finish(timedOut: Bool) {
        let (result, state) = state.withLock { state in
            var status: Int32 = 0
            while waitpid(state.pid, &status, 0) < 0, errno == EINTR {}
            state.pid = 0
            let signal = status & 0x7F
            let result = CommandResult(
                command: command, output: String(decoding: state.output, as: UTF8.self),
                errorOutput: String(decoding: state.errorOutput, as: UTF8.self),
                exitCode: signal == 0 ? status >> 8 & 0xFF : nil, signal: signal == 0 ? nil : signal,
                timedOut: timedOut)
            let before = state
            state.result = result
            (state.printWaiters, state.endWaiters) = ([], [])
            return (result, before)
        }
        for waiter in state.printWaiters { waiter.continuation.resume(returning: false) }
        for waiter in state.endWaiters { waiter.resume(returning: result) }
    }
}
