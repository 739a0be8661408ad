import CPlatform

/// Finds texts in many bytes, as fast as the C library does.
package enum ByteSearch {
    /// Where the text begins for the first time at or behind a place; nil when it does not.
    package static func first(_ text: [UInt8], in bytes: UnsafeRawBufferPointer, from place: Int) -> Int? {
        guard let base = bytes.baseAddress, place < bytes.count else { return nil }
        let hit = fnf_find(base + place, bytes.count - place, text, text.count)
        return hit.map { $0 - base }
    }
}
