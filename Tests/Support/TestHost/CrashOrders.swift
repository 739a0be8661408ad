/// What the preloaded library (Tests/Support/CrashShim) does in a service's process.
package struct CrashOrders: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case pwrite, sync, sendmsg, write
    }

    /// Kill at this call, counted from 1; nil: only count.
    package var at: UInt64?
    /// Right after the call instead of right before it.
    package var after = false
    package var kinds: Set<Kind> = Set(Kind.allCases)
    /// Only in the process of this program.
    package var program: String?
    /// Made at the kill; the process that follows is left alone.
    package var marker: String
    package var report: String

    /// - Parameter folder: where marker and report are put.
    package init(service: FnfService, folder: String, at: UInt64?) {
        self.at = at
        program = service.rawValue
        marker = "\(folder)/\(service.rawValue).killed"
        report = "\(folder)/\(service.rawValue).calls"
    }

    package func environment() throws(TestHostFault) -> [String: String] {
        var variables = [
            "LD_PRELOAD": try BuildProducts.crashShim(), "FNF_CRASH_REPORT": report, "FNF_CRASH_ONCE": marker,
            "FNF_CRASH_KINDS": kinds.map(\.rawValue).sorted().joined(separator: ","),
        ]
        if let at { variables["FNF_CRASH_AT"] = "\(at)" }
        if after { variables["FNF_CRASH_AFTER"] = "1" }
        if let program { variables["FNF_CRASH_PROGRAM"] = program }
        return variables
    }
}

/// The numbers that the library left, also of a process that was killed.
package struct CrashReport: Sendable, Hashable, CustomStringConvertible {
    package let calls: UInt64
    package let pwrites: UInt64
    package let syncs: UInt64
    package let sendmsgs: UInt64
    /// write, writev and send on sockets.
    package let writes: UInt64
    /// nil: nobody was killed.
    package let killedAt: UInt64?
    package let killedIn: CrashOrders.Kind?
    package let processes: UInt64

    /// nil: no process has counted into the file.
    package init?(path: String) {
        guard let bytes = Files.bytes(path), bytes.count == 64 else { return nil }
        let numbers = bytes.withUnsafeBytes { memory in
            (0..<8).map { memory.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
        }
        (calls, pwrites, syncs, sendmsgs, writes) = (
            numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]
        )
        killedAt = numbers[5] == 0 ? nil : numbers[5]
        let kinds: [CrashOrders.Kind] = [.pwrite, .sync, .sendmsg, .write]
        killedIn = (1...4).contains(numbers[6]) ? kinds[Int(numbers[6]) - 1] : nil
        processes = numbers[7]
    }

    package var description: String {
        let kill = killedAt.map { ", killed at \($0) (\(killedIn?.rawValue ?? "?"))" } ?? ""
        return "\(calls) calls: pwrite \(pwrites), sync \(syncs), sendmsg \(sendmsgs), write \(writes)\(kill)"
    }
}
