import CSystemd
import Glibc
import Primitives

/// A connection to systemd over the system bus, for reading only. It waits, so it is for a thread of its own.
///
/// Reading needs no right: the bus lets everybody list units and get their properties; none is started by it.
/// Source: org.freedesktop.systemd1(5), sd-bus(3).
final class UnitBus {
    struct Fault: Error {
        let sentence: String
        let advice: String?
    }

    struct Unit: Sendable, Hashable {
        let name: String
        /// `active`, `inactive`, `failed`, …
        let active: String
        /// Within it, e.g. `running`.
        let sub: String
        /// Its object on the bus.
        let path: String
    }

    private static let peer = "org.freedesktop.systemd1"
    private static let manager = "org.freedesktop.systemd1.Manager"
    /// Units: microseconds. systemd answers in one; when it does not, a page must not hang.
    private static let patience: UInt64 = 2_000_000

    private let bus: OpaquePointer

    init() throws(Fault) {
        var opened: OpaquePointer?
        let result = sd_bus_open_system(&opened)
        guard result >= 0, let opened else { throw Self.fault("the system bus can't be reached", result) }
        bus = opened
        sd_bus_set_method_call_timeout(bus, Self.patience)
    }

    deinit { sd_bus_close_unref(bus) }

    /// The units that are loaded and fit one of the patterns, in whatever state.
    func units(_ patterns: [String]) throws(Fault) -> [Unit] {
        var request: OpaquePointer?
        var reply: OpaquePointer?
        defer {
            sd_bus_message_unref(request)
            sd_bus_message_unref(reply)
        }
        var result = sd_bus_message_new_method_call(
            bus, &request, Self.peer, "/org/freedesktop/systemd1", Self.manager, "ListUnitsByPatterns")
        if result >= 0 { result = Self.append([], to: request) }
        if result >= 0 { result = Self.append(patterns, to: request) }
        if result >= 0 { result = sd_bus_call(bus, request, Self.patience, nil, &reply) }
        guard result >= 0 else { throw Self.fault("systemd does not list its units", result) }
        return try Self.read(reply)
    }

    private static func append(_ words: [String], to message: OpaquePointer?) -> Int32 {
        var copies: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return sd_bus_message_append_strv(message, &copies)
    }

    /// Shape: an array of (name, description, load, active, sub, following, path, job, job type, job path).
    private static func read(_ reply: OpaquePointer?) throws(Fault) -> [Unit] {
        var units: [Unit] = []
        let (array, structure) = (CChar(UInt8(ascii: "a")), CChar(UInt8(ascii: "r")))
        var result = sd_bus_message_enter_container(reply, array, "(ssssssouso)")
        while result >= 0 {
            result = sd_bus_message_enter_container(reply, structure, "ssssssouso")
            guard result > 0 else { break }
            var words: [String] = []
            for type in ["s", "s", "s", "s", "s", "s", "o"] as [Unicode.Scalar] {
                var word: UnsafePointer<CChar>?
                result = sd_bus_message_read_basic(reply, CChar(type.value), &word)
                words.append(word.map { String(cString: $0) } ?? "")
            }
            if result >= 0 { result = sd_bus_message_skip(reply, "uso") }
            if result >= 0 { result = sd_bus_message_exit_container(reply) }
            units.append(Unit(name: words[0], active: words[3], sub: words[4], path: words[6]))
        }
        guard result >= 0 else { throw fault("what systemd lists can't be read", result) }
        return units
    }

    struct Details {
        var restarts: Int64?
        var memoryBytes: Int64?
        var since: Timestamp?
    }

    /// What is not told stays nil.
    func details(of unit: Unit) -> Details {
        var details = Details()
        let service = "org.freedesktop.systemd1.Service"
        var restarts: UInt32 = 0
        if get(unit, service, "NRestarts", "u", &restarts) { details.restarts = Int64(restarts) }
        var memory: UInt64 = 0
        // The largest number stands for one that is not counted.
        if get(unit, service, "MemoryCurrent", "t", &memory), memory < UInt64(Int64.max) {
            details.memoryBytes = Int64(memory)
        }
        var since: UInt64 = 0
        if get(unit, "org.freedesktop.systemd1.Unit", "StateChangeTimestamp", "t", &since), since > 0,
            since < UInt64(Int64.max)
        {
            details.since = Timestamp(microseconds: Int64(since))
        }
        return details
    }

    private func get(
        _ unit: Unit, _ interface: String, _ property: String, _ type: Unicode.Scalar,
        _ value: UnsafeMutableRawPointer
    ) -> Bool {
        sd_bus_get_property_trivial(
            bus, Self.peer, unit.path, interface, property, nil, CChar(type.value), value) >= 0
    }

    private static func fault(_ what: String, _ result: Int32) -> Fault {
        let reason = String(cString: strerror(-result))
        let isMissing = -result == ENOENT || -result == ECONNREFUSED
        return Fault(
            sentence: "\(what) (\(reason))",
            advice: isMissing
                ? "Without the bus nobody tells; systemctl status 'fnf-*' on the machine does."
                : "systemctl status 'fnf-*' on the machine tells them.")
    }
}
