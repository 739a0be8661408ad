import FaultyDisk
import GRDB
import Testing

@Suite struct PowerCutTests {
    /// Kills a ledger at each operation of three commits and of a checkpoint, cuts the power, and gives what
    /// the next process finds together with what had been acknowledged.
    private func cuts(
        lying: Bool = false, _ survival: @escaping (UInt64) -> FaultyDisk.Survival?,
        _ check: (_ acknowledged: [Int], _ found: [Int]) throws -> Void
    ) throws -> Int {
        let image = try FaultyDisk()
        try Ledger(image).add(1)
        var points = 0
        while true {
            let disk = try image.copy()
            var ledger: Ledger? = try Ledger(disk)
            disk.setLyingSync(lying)
            disk.plan(.killBefore, at: disk.operations + UInt64(points) + 1)
            var acknowledged = [1]
            for number in 2...4 where code({ try ledger?.add(number) }) == nil { acknowledged.append(number) }
            _ = code { try ledger?.checkpoint() }
            guard disk.isDead else { return points }
            points += 1
            let seed = UInt64(points)
            if let survival = survival(seed) {
                disk.powerCut(survival, seed: seed)
            } else {
                disk.powerCut(seed: seed)
            }
            ledger = try Ledger(disk)
            #expect(try ledger?.isWhole == true)
            try check(acknowledged, try ledger?.numbers ?? [])
        }
    }

    @Test(arguments: FaultyDisk.Survival.allCases)
    func `a database loses no acknowledged commit at any point`(_ survival: FaultyDisk.Survival) throws {
        let points = try cuts({ _ in survival }) { acknowledged, found in
            #expect(found == acknowledged || found == acknowledged + [acknowledged.count + 1])
        }
        #expect(points > 20)
    }

    @Test func `a sync that lies is found out`() throws {
        var lost = 0
        _ = try cuts(lying: true, { _ in .nothing }) { acknowledged, found in
            if found.count < acknowledged.count { lost += 1 }
        }
        #expect(lost > 0)
    }

    @Test func `all that was written survives where everything does, nothing where nothing does`() throws {
        for survival in [FaultyDisk.Survival.everything, .nothing] {
            let disk = try FaultyDisk()
            let ledger = try Ledger(disk)
            disk.setLyingSync(true)
            try ledger.add(1)
            let (written, durable) = (
                disk.bytes(of: "ledger.sqlite-wal"), disk.bytes(of: "ledger.sqlite-wal", durable: true)
            )
            #expect(written != durable)
            disk.powerCut(survival, seed: 7)
            #expect(disk.bytes(of: "ledger.sqlite-wal") == (survival == .everything ? written : durable))
            #expect(try Ledger(disk).numbers == (survival == .everything ? [1] : []))
        }
    }

    @Test func `the same seed leaves the same bytes, other seeds leave others`() throws {
        var left: [[UInt8]] = []
        for seed: UInt64 in [1, 1, 2, 3, 4, 5, 6, 7, 8] {
            let disk = try FaultyDisk()
            // Without a write-ahead log, whose salt differs from run to run.
            let queue = try DatabaseQueue(path: disk.path("plain.sqlite"))
            try queue.write { try $0.execute(sql: "CREATE TABLE plain (text TEXT)") }
            disk.setLyingSync(true)
            let text = String(repeating: "letters ", count: 4000)
            try queue.write { try $0.execute(sql: "INSERT INTO plain VALUES (?)", arguments: [text]) }
            disk.powerCut(.sectors, seed: seed)
            left.append(disk.bytes(of: "plain.sqlite") ?? [])
        }
        #expect(left[0] == left[1])
        #expect(Set(left).count > 1)
    }

    @Test(arguments: [FaultyDisk.Fault.error, .syncDrops, .syncLoses])
    func `a database whose making failed is made by the next process, and keeps what it is given`(
        _ fault: FaultyDisk.Fault
    ) throws {
        for point: UInt64 in 1...12 {
            let disk = try FaultyDisk()
            disk.setTracing(true)
            disk.plan(fault, at: point)
            _ = code { try Ledger(disk).add(1) }
            disk.restart()
            let ledger = try Ledger(disk)
            try ledger.checkpoint()
            try ledger.add(2)
            disk.powerCut(.nothing, seed: 0)
            let numbers = try Ledger(disk).numbers
            #expect(numbers.last == 2, "\(fault) at \(point): \(disk.trace.prefix(30))")
        }
    }

    @Test func `sectors are torn`() throws {
        var counts: Set<Int> = []
        for seed: UInt64 in 1...20 {
            let disk = try FaultyDisk()
            let ledger = try Ledger(disk)
            try ledger.add(1)
            disk.setLyingSync(true)
            try ledger.add(2)
            let before = disk.bytes(of: "ledger.sqlite-wal") ?? []
            disk.powerCut(.sectors, seed: seed)
            let after = disk.bytes(of: "ledger.sqlite-wal") ?? []
            // Appended bytes are there, or nothing is in their place.
            #expect(zip(before, after).allSatisfy { $0 == $1 || $1 == 0 }, "seed \(seed)")
            counts.insert(zip(before, after).count { $0 == $1 })
        }
        #expect(counts.count > 5)
    }

    @Test func `a file that was never synced may be missing, a deletion that was not synced be undone`()
        throws
    {
        var (missing, back) = (0, 0)
        for seed: UInt64 in 1...40 {
            let disk = try FaultyDisk()
            disk.setLyingSync(true)
            _ = try? Ledger(disk)
            disk.powerCut(.writes, seed: seed)
            if disk.files.isEmpty { missing += 1 }

            let other = try FaultyDisk()
            var ledger: Ledger? = try Ledger(other)
            try ledger?.add(1)
            // The last connection takes the write-ahead log away, and syncs no folder.
            ledger = nil
            #expect(other.files == [Ledger.name])
            other.powerCut(.writes, seed: seed)
            if other.files.count == 2 { back += 1 }
            #expect(try Ledger(other).numbers == [1])
        }
        #expect((1..<40).contains(missing) && (1..<40).contains(back))
    }
}
