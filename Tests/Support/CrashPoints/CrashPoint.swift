import FaultyDisk

/// One fault at one operation of one disk, and what becomes of the disk before the next start.
package struct CrashPoint: Sendable, CustomStringConvertible {
    /// The process whose disk it is.
    let process: String
    let operation: FaultyDisk.Operation
    let fault: FaultyDisk.Fault
    /// How many operations in a row meet the fault.
    var times: UInt64 = 1
    var revival = HostProcess.Revival.restart
    /// The second incarnation dies so many operations after its begin.
    var secondKill: UInt64?

    package var description: String {
        let again = secondKill.map { ", killed again \($0) operations later" } ?? ""
        return "\(process): \(fault) in \(operation), then \(revival)\(again)"
    }

    /// Whether the process must end itself: a sync of its log has failed.
    var isSyncFailure: Bool {
        guard operation.kind == .sync, operation.file.hasSuffix("-wal") else { return false }
        switch fault {
        case .error, .syncDrops, .syncLoses: return true
        default: return false
        }
    }
}

/// How much of what can happen is tried.
package enum CrashDepth: Sendable {
    /// Every operation, with each kind of fault that it can meet.
    case standard
    /// Every operation also with every kind of power cut, several times, and with second kills.
    case deep
}

extension CrashPoint {
    /// - Parameter isPlain: of a write only a kill, a power cut and EIO.
    static func all(
        _ process: String, _ trace: [FaultyDisk.Operation], _ depth: CrashDepth, isPlain: Bool = false
    ) -> [CrashPoint] {
        trace.flatMap { operation in
            let points =
                switch operation.kind {
                case .write: isPlain ? ofRest(process, operation) : ofWrite(process, operation)
                case .sync: ofSync(process, operation)
                case .truncate, .delete: ofRest(process, operation)
                }
            return depth == .deep ? points + deeper(process, operation) : points
        }
    }

    private static func ofWrite(_ process: String, _ operation: FaultyDisk.Operation) -> [CrashPoint] {
        let number = operation.number
        let torn = Int(operation.length) * Int(1 + number % 7) / 8
        return [
            CrashPoint(process: process, operation: operation, fault: .killBefore),
            CrashPoint(
                process: process, operation: operation, fault: .killBefore, revival: cut(seed: number)),
            CrashPoint(
                process: process, operation: operation, fault: .torn(torn),
                revival: .powerCut(.everything, seed: number)),
            CrashPoint(process: process, operation: operation, fault: .error),
            CrashPoint(process: process, operation: operation, fault: .full, times: 3),
            CrashPoint(process: process, operation: operation, fault: .short(torn)),
        ]
    }

    private static func ofSync(_ process: String, _ operation: FaultyDisk.Operation) -> [CrashPoint] {
        let number = operation.number
        return [
            CrashPoint(
                process: process, operation: operation, fault: .killBefore,
                revival: .powerCut(.nothing, seed: number)),
            CrashPoint(
                process: process, operation: operation, fault: .killBefore, revival: cut(seed: number)),
            CrashPoint(
                process: process, operation: operation, fault: .killAfter,
                revival: .powerCut(.nothing, seed: number)),
            CrashPoint(
                process: process, operation: operation, fault: .killBefore, revival: cut(seed: number + 1),
                secondKill: 1 + number % 9),
            CrashPoint(process: process, operation: operation, fault: .error),
            CrashPoint(process: process, operation: operation, fault: .syncDrops),
            CrashPoint(process: process, operation: operation, fault: .syncLoses),
        ]
    }

    private static func ofRest(_ process: String, _ operation: FaultyDisk.Operation) -> [CrashPoint] {
        [
            CrashPoint(
                process: process, operation: operation, fault: .killBefore,
                revival: cut(seed: operation.number)),
            CrashPoint(process: process, operation: operation, fault: .killAfter),
            CrashPoint(process: process, operation: operation, fault: .error),
        ]
    }

    private static func deeper(_ process: String, _ operation: FaultyDisk.Operation) -> [CrashPoint] {
        let cuts = FaultyDisk.Survival.allCases.flatMap { survival in
            (1...3).map { round in
                CrashPoint(
                    process: process, operation: operation, fault: .killBefore,
                    revival: .powerCut(survival, seed: operation.number &* 31 &+ UInt64(round)))
            }
        }
        let twice = [1, 3, 8, 20].map { count in
            CrashPoint(
                process: process, operation: operation, fault: .killAfter,
                revival: cut(seed: operation.number &+ count), secondKill: count)
        }
        return cuts + twice
    }

    /// A power cut of the kind that the seed chooses.
    private static func cut(seed: UInt64) -> HostProcess.Revival {
        let kinds = FaultyDisk.Survival.allCases
        return .powerCut(kinds[Int(seed % UInt64(kinds.count))], seed: seed)
    }
}
