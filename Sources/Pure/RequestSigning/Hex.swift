/// Bytes as pairs of hex digits.
package enum Hex {
    private static let digits = Array("0123456789abcdef".utf8)

    package static func encode(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Lower case only, as the signatures are written; nil for anything else.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let places = text.utf8.map { digits.firstIndex(of: $0) }
        guard places.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(places.count / 2)
        for index in stride(from: 0, to: places.count, by: 2) {
            guard let high = places[index], let low = places[index + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}
