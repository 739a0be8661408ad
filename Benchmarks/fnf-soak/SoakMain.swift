import ArgumentParser
import Glibc
import Primitives

/// `make soak`: orders at half of what the machine can do, while services are killed at random.
@main
struct SoakMain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fnf-soak",
        abstract: "Runs orders at half load for a while, kills services at random, and judges what it cost.",
        discussion: """
            It measures the peak first, then goes on for the minutes that are asked for, and stops by itself. Exit code 1: \
            something was lost or doubled, or memory, descriptors, file size per order or p99 grew.
            """)

    @Option(help: "How long the load lasts. Units: minutes.")
    var minutes = 30

    @Option(help: "Seconds between two kills, on average; 0: none.")
    var killEvery = 20

    @Option(help: "What chooses whom to kill and when; any if left out, and printed.")
    var seed: UInt64?

    @Option(help: "Orders a second instead of half of the measured peak.")
    var rate: Double?

    @Option(help: "Where the system's folder is made.")
    var folder = "/tmp"

    @Flag(help: "Leaves the system's folder behind.")
    var keep = false

    func validate() throws {
        guard minutes > 0, minutes <= 10_000 else { throw ValidationError("--minutes: 1 to 10,000") }
    }

    func run() async throws {
        let seed = seed ?? UInt64.random(in: 1...999_999)
        let place = "\(folder)/fnf-soak-\(getpid())"
        let system = try await SoakSystem.start(in: place)
        say("soak: \(minutes) minutes, seed \(seed), folder \(place)")
        do {
            let verdict = try await soak(system, seed)
            await system.stop()
            let counted = try SoakCount(system).faults(orders: verdict.orders)
            if !keep { system.remove() }
            let faults = verdict.faults + counted
            for fault in faults { say("FAILED: \(fault)") }
            if !faults.isEmpty { throw ExitCode(1) }
            say(
                "passed: \(verdict.orders) orders, \(verdict.kills) kills, nothing lost, nothing doubled, all flat"
            )
        } catch {
            await system.stop()
            if !keep { system.remove() }
            throw error
        }
    }

    private func soak(_ system: SoakSystem, _ seed: UInt64) async throws -> SoakVerdict {
        let peak = try await OrderStream.peak(system)
        let rate = rate ?? peak / 2
        say("peak \(Int(peak)) orders/s; the load is \(Int(rate)) orders/s")
        let stream = OrderStream(system, rate: rate)
        let killer = ServiceKiller(system, seed: seed, every: killEvery)
        var table = SoakTable(services: SoakSystem.services)
        say(table.head)
        let load = Task { try await stream.run(for: .seconds(60 * Int64(minutes))) }
        let kills = Task { await killer.run() }
        for minute in 1...minutes {
            try await stream.wait(until: .seconds(60 * Int64(minute)))
            let row = SoakRow(minute: minute, orders: stream.takeMinute(), kills: killer.count, system)
            table.add(row)
            say(table.line(of: row))
        }
        kills.cancel()
        _ = await kills.value
        try await load.value
        let orders = stream.orders + system.measuredOrders
        return SoakVerdict(orders: orders, kills: killer.count, faults: stream.faults + table.faults)
    }
}

/// A line that is seen at once, also through a pipe.
func say(_ text: String) {
    print(text)
    fflush(nil)
}

struct SoakVerdict {
    let orders: Int
    let kills: Int
    let faults: [String]
}

struct SoakFault: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
