import CFaultyDisk

extension FaultyDisk {
    package struct Operation: Sendable, Hashable, CustomStringConvertible {
        package enum Kind: Int32, Sendable, Hashable {
            case write = 1
            case truncate, sync, delete
        }

        /// As plans count it.
        package let number: UInt64
        package let kind: Kind
        package let file: String
        package let offset: Int64
        package let length: Int64

        package var description: String {
            let range =
                kind == .write ? " \(length) bytes at \(offset)" : kind == .truncate ? " to \(offset)" : ""
            return "\(number): \(kind) \(file)\(range)"
        }
    }

    /// Writes, truncations, syncs and deletions so far, those that failed among them; none while dead.
    package var operations: UInt64 { fnf_disk_operations(disk) }

    /// Syncs that were answered with success, lies among them.
    package var syncs: UInt64 { fnf_disk_syncs(disk) }

    /// Planned faults that happened, and writes that found the disk full.
    package var faults: UInt64 { fnf_disk_faults(disk) }

    /// Keeps a list of the operations from now on.
    package func setTracing(_ isTracing: Bool) { fnf_disk_set_tracing(disk, isTracing) }

    package var trace: [Operation] {
        (0..<fnf_disk_trace_count(disk)).compactMap { index in
            let operation = fnf_disk_trace_at(disk, index)
            guard let kind = Operation.Kind(rawValue: operation.kind), let name = operation.name else {
                return nil
            }
            return Operation(
                number: operation.number, kind: kind, file: String(cString: name), offset: operation.offset,
                length: operation.length)
        }
    }

    /// The names of the files, sorted.
    package var files: [String] {
        (0..<fnf_disk_file_count(disk)).compactMap {
            fnf_disk_file_name(disk, $0).map { String(cString: $0) }
        }
        .sorted()
    }

    /// What a reader sees of a file, or what is durable of it; nil: there is none.
    package func bytes(of name: String, durable: Bool = false) -> [UInt8]? {
        let length = fnf_disk_bytes(disk, name, durable, nil, 0)
        guard length >= 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, count in
            let found = fnf_disk_bytes(disk, name, durable, buffer.baseAddress, Int64(buffer.count))
            count = max(0, min(Int(found), buffer.count))
        }
    }

    package func size(of name: String) -> Int? {
        let length = fnf_disk_bytes(disk, name, false, nil, 0)
        return length >= 0 ? Int(length) : nil
    }

    /// How many bytes of changes wait for a sync.
    package var unsynced: Int { Int(fnf_disk_unsynced(disk)) }
}

/// Damage, behind everybody's back.
extension FaultyDisk {
    /// Puts a file in place, durable at once.
    package func put(_ bytes: [UInt8], as name: String) {
        bytes.withUnsafeBufferPointer { fnf_disk_put(disk, name, $0.baseAddress, Int64($0.count)) }
    }

    /// Changes a file's bytes in place, durable at once. False: there is no such file.
    @discardableResult
    package func damage(_ name: String, _ change: (inout [UInt8]) -> Void) -> Bool {
        guard var bytes = bytes(of: name) else { return false }
        change(&bytes)
        put(bytes, as: name)
        return true
    }

    /// False: there was no such file.
    @discardableResult
    package func remove(_ name: String) -> Bool { fnf_disk_remove(disk, name) }
}
