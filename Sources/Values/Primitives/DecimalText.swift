/// Writes the text of decimals in one piece.
enum DecimalText {
    private static let places = DecimalNumber.digitsMax

    /// - Parameter fraction: below 1, in units of 10^-18.
    /// - Parameter minimumScale: so many places are written, also when they are zeros.
    static func text(isNegative: Bool, whole: UInt128, fraction: UInt64, minimumScale: Int) -> String {
        var (fine, places) = (fraction, fraction == 0 ? 0 : Self.places)
        while places > 0, fine % 10 == 0 {
            fine /= 10
            places -= 1
        }
        let zeros = max(0, minimumScale - places)
        // The wide type's own way to a text is many times slower.
        let head = UInt64(exactly: whole).map { String($0) } ?? String(whole)
        guard places + zeros > 0 || isNegative else { return head }
        return String(unsafeUninitializedCapacity: head.utf8.count + places + zeros + 2) { buffer in
            var end = 0
            func put(_ byte: UInt8) {
                buffer[end] = byte
                end += 1
            }
            if isNegative { put(UInt8(ascii: "-")) }
            for byte in head.utf8 { put(byte) }
            guard places + zeros > 0 else { return end }
            put(UInt8(ascii: "."))
            for index in stride(from: end + places - 1, through: end, by: -1) {
                buffer[index] = UInt8(ascii: "0") + UInt8(fine % 10)
                fine /= 10
            }
            end += places
            for _ in 0..<zeros { put(UInt8(ascii: "0")) }
            return end
        }
    }
}
