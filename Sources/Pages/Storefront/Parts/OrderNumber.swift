import Primitives

/// The number of an order, made when its form is shown: who sends the form twice means one order.
///
/// Whoever knows the number may see the order and pay it, so it can't be guessed.
enum OrderNumber {
    /// Without those that are mistaken for others when they are read out.
    private static let letters = Array("23456789abcdefghjkmnpqrstuvwxyz")
    private static let groups = 4
    private static let lettersOfGroup = 4

    /// `s-7k3m-9qtx-w2vb-h5nd`: 79 bits of chance.
    static func make(from world: any World) -> String {
        var number = "s"
        for _ in 0..<groups {
            number += "-" + String((0..<lettersOfGroup).map { _ in letter(from: world) })
        }
        return number
    }

    private static func letter(from world: any World) -> Character {
        // As often as each other: what lies beyond the last whole round is drawn again.
        let even = 256 / letters.count * letters.count
        while true {
            let drawn = Int(world.entropy(1)[0])
            if drawn < even { return letters[drawn % letters.count] }
        }
    }

    /// Units: characters. As order-store takes them.
    static let charactersMax = 128

    static func isOne(_ text: String) -> Bool {
        (1...charactersMax).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}
