/// RFC 3986 percent coding over the UTF-8 form.
package enum PercentCoding {
    /// `A-Z a-z 0-9 - _ . ~` stay, each other byte becomes `%XX` with capital digits.
    ///
    /// Bodies of megabytes are encoded before anything is known of their sender: the loop must not feel it.
    package static func encode(_ text: String) -> String {
        var text = text
        let encoded = text.withUTF8 { source -> String? in
            let length = source.reduce(into: 0) { $0 += isUnreserved[Int($1)] ? 1 : 3 }
            if length == source.count { return nil }
            return String(unsafeUninitializedCapacity: length) { target in
                var place = 0
                for byte in source {
                    if isUnreserved[Int(byte)] {
                        target[place] = byte
                        place += 1
                    } else {
                        target[place] = UInt8(ascii: "%")
                        target[place + 1] = digits[Int(byte >> 4)]
                        target[place + 2] = digits[Int(byte & 15)]
                        place += 3
                    }
                }
                return place
            }
        }
        return encoded ?? text
    }

    /// Nil when a `%` is not followed by two digits, or what comes out is no UTF-8.
    ///
    /// - Parameter plusIsSpace: as in queries and forms, not in paths.
    package static func decode(_ text: Substring, plusIsSpace: Bool) -> String? {
        let source = Array(text.utf8)
        guard source.contains(where: { $0 == UInt8(ascii: "%") || plusIsSpace && $0 == UInt8(ascii: "+") })
        else { return String(text) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        var place = 0
        while place < source.count {
            let byte = source[place]
            place += 1
            switch byte {
            case UInt8(ascii: "%"):
                guard place + 2 <= source.count, let high = value(source[place]),
                    let low = value(source[place + 1])
                else { return nil }
                bytes.append(high << 4 | low)
                place += 2
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static let isUnreserved: [Bool] = (UInt8.min...UInt8.max).map { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
