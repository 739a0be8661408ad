import Foundation
import ServiceSupervisor

/// What one minute cost.
struct SoakRow {
    struct Cost {
        /// Units: MiB; 0 while the service is just being started again.
        var residentMiB = 0.0
        var descriptors = 0
        /// Units: bytes, of the database and its log.
        var databaseBytes = 0
        var logBytes = 0
    }

    let minute: Int
    let count: Int
    /// Units: milliseconds.
    let p50: Double
    let p99: Double
    let kills: Int
    let costs: [String: Cost]

    init(minute: Int, orders: [Double], kills: Int, _ system: SoakSystem) {
        self.minute = minute
        self.kills = kills
        count = orders.count
        let sorted = orders.sorted()
        func quantile(_ part: Double) -> Double {
            sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
        }
        (p50, p99) = (quantile(0.5), quantile(0.99))
        var costs: [String: Cost] = [:]
        for service in SoakSystem.services {
            var cost = Cost()
            if let pid = system.supervisor.pid(of: service) {
                cost.residentMiB = Self.resident(pid)
                cost.descriptors =
                    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count) ?? 0
            }
            let path = system.databasePath(service)
            (cost.databaseBytes, cost.logBytes) = (Self.size(path), Self.size("\(path)-wal"))
            costs[service] = cost
        }
        self.costs = costs
    }

    var databaseBytes: Int { costs.values.reduce(0) { $0 + $1.databaseBytes } }

    private static func resident(_ pid: Int32) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let number = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
        else { return 0 }
        return (Double(number) ?? 0) / 1024
    }

    private static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
}

/// The minutes side by side, and whether anything grew.
struct SoakTable {
    let services: [String]
    private var rows: [SoakRow] = []

    init(services: [String]) { self.services = services }

    mutating func add(_ row: SoakRow) { rows.append(row) }

    var head: String {
        "minute  orders/s  p50 ms  p99 ms  kills  "
            + services.map { "\($0): MiB fds DB-MiB log-MiB" }.joined(separator: "  ")
    }

    func line(of row: SoakRow) -> String {
        let costs = services.map { service in
            let cost = row.costs[service] ?? SoakRow.Cost()
            return String(
                format: "%@ %.1f %d %.1f %.1f", String(repeating: " ", count: max(0, service.count - 9)),
                cost.residentMiB, cost.descriptors, Double(cost.databaseBytes) / 1_048_576,
                Double(cost.logBytes) / 1_048_576)
        }
        return String(
            format: "%6d  %8.1f  %6.1f  %6.1f  %5d  ", row.minute, Double(row.count) / 60, row.p50, row.p99,
            row.kills)
            + costs.joined(separator: "  ")
    }

    /// The first third of the minutes against the last. Too few minutes prove nothing, and say so.
    var faults: [String] {
        guard rows.count >= 3 else { return [] }
        let third = max(1, rows.count / 3)
        let (early, late) = (Array(rows.prefix(third)), Array(rows.suffix(third)))
        var faults = services.flatMap { growth(of: $0, early, late) }
        let (p99Early, p99Late) = (median(early.map(\.p99)), median(late.map(\.p99)))
        // Kills fall where they fall; a service that comes back shows in the p99 of its minute.
        if p99Late > 1.5 * p99Early + 50 {
            faults.append(String(format: "p99 grew from %.1f to %.1f ms", p99Early, p99Late))
        }
        if let early = bytesPerOrder(early), let late = bytesPerOrder(late), late > 1.2 * early + 256 {
            faults.append(
                String(format: "the files grew by %.0f bytes an order at first, by %.0f at last", early, late)
            )
        }
        return faults
    }

    private func growth(of service: String, _ early: [SoakRow], _ late: [SoakRow]) -> [String] {
        func most<Value: Comparable>(_ rows: [SoakRow], _ value: (SoakRow.Cost) -> Value) -> Value? {
            rows.compactMap { $0.costs[service].map(value) }.max()
        }
        var faults: [String] = []
        if let first = most(early, \.residentMiB), let last = most(late, \.residentMiB),
            last > 1.2 * first + 8
        {
            faults.append(String(format: "%@ grew from %.1f to %.1f MiB", service, first, last))
        }
        if let first = most(early, \.descriptors), let last = most(late, \.descriptors), last > first + 16 {
            faults.append("\(service) had \(first) descriptors, then \(last)")
        }
        // A checkpoint that never ends would let it grow; 64 MiB is far beyond what one leaves.
        if let last = most(late, \.logBytes), last > 64 << 20 {
            faults.append("the log of \(service) has \(last >> 20) MiB")
        }
        return faults
    }

    private func bytesPerOrder(_ rows: [SoakRow]) -> Double? {
        guard let first = rows.first, let last = rows.last, rows.count > 1 else { return nil }
        let orders = rows.dropFirst().reduce(0) { $0 + $1.count }
        return orders > 0 ? Double(last.databaseBytes - first.databaseBytes) / Double(orders) : nil
    }

    private func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}
