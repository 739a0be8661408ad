import CPlatform

extension JournalRow {
    /// By which a row is known that the disk has changed: the CRC-32C of sequence, execution, previous and
    /// kind as 8 bytes each, lowest first, and of the body. Below zero where its highest bit is set, so that
    /// it takes four bytes on disk.
    package var checksum: Int64 {
        var head = (sequence.littleEndian, execution.littleEndian, previous.littleEndian)
        var tail = kind.rawValue.littleEndian
        var sum = withUnsafeBytes(of: &head) { fnf_crc32c(0, $0.baseAddress, $0.count) }
        sum = withUnsafeBytes(of: &tail) { fnf_crc32c(sum, $0.baseAddress, $0.count) }
        sum = body.withUnsafeBytes { fnf_crc32c(sum, $0.baseAddress, $0.count) }
        return Int64(Int32(bitPattern: sum))
    }
}

extension StoreError {
    /// A row that is there, but not as it was written.
    package static func damagedRow(_ row: JournalRow, reason: String) -> StoreError {
        .unreadable(
            place: "row \(row.sequence) of the journal, of execution number \(row.execution)", reason: reason)
    }
}
