import OperationPages
import Primitives

/// The services under systemd.
enum BusUnits {
    static let patterns = ["fnf-*.service", "fnf-*.socket"]

    static func read() -> UnitReading {
        do throws(UnitBus.Fault) {
            let bus = try UnitBus()
            let units = try bus.units(patterns)
            guard !units.isEmpty else {
                return .unknown(
                    reason: "systemd knows no unit of fnf on this machine.",
                    advice:
                        "make install puts them there; sudo systemctl enable --now fnf.target starts them.")
            }
            return .known(UnitState.services.map { state(of: $0, units, bus) })
        } catch {
            return .unknown(
                reason: "The states of the units are not known: \(error.sentence).", advice: error.advice)
        }
    }

    private static func state(of service: String, _ units: [UnitBus.Unit], _ bus: UnitBus) -> UnitState {
        let sockets = units.filter { $0.name.hasPrefix("fnf-\(service)") && $0.name.hasSuffix(".socket") }
        guard let unit = units.first(where: { $0.name == "fnf-\(service).service" }) else {
            return UnitState(
                name: service, condition: condition(active: "inactive", sockets: sockets.map(\.active)),
                word: "not loaded")
        }
        var state = UnitState(
            name: service, condition: condition(active: unit.active, sockets: sockets.map(\.active)),
            word: "\(unit.active) (\(unit.sub))")
        let failed = sockets.filter { $0.active == "failed" }.map(\.name)
        if unit.active != "failed", !failed.isEmpty {
            state.word = "\(failed.joined(separator: ", ")) failed"
        }
        let details = bus.details(of: unit)
        state.restarts = details.restarts
        state.memoryBytes = details.memoryBytes
        state.since = details.since
        return state
    }

    /// A service at rest is asleep while a socket of its waits for callers, and off without one.
    static func condition(active: String, sockets: [String]) -> UnitState.Condition {
        if active == "failed" || sockets.contains("failed") { return .failed }
        switch active {
        case "active", "reloading": return .serving
        case "activating": return .starting
        case "deactivating": return .stopping
        default: return sockets.contains("active") ? .sleeping : .off
        }
    }
}
