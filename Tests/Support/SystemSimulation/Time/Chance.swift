import FlowSimulation

/// Choices that follow from a seed. Each part of a simulation has its own, so that one more choice in one part leaves
/// the others as they were.
struct Chance {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// Another source of choices, that depends on nothing but the seed and the name.
    init(seed: UInt64, of name: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var mixed = SeededGenerator(seed: seed &* 0x9E37_79B9_7F4A_7C15 ^ hash)
        generator = SeededGenerator(seed: mixed.next())
    }

    mutating func bits() -> UInt64 { generator.next() }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
        let width = UInt64(bitPattern: range.upperBound &- range.lowerBound) &+ 1
        return range.lowerBound &+ Int64(bitPattern: width == 0 ? bits() : bits() % width)
    }

    mutating func count(_ range: ClosedRange<Int>) -> Int {
        Int(number(Int64(range.lowerBound)...Int64(range.upperBound)))
    }

    /// - Parameter rate: out of a thousand.
    mutating func holds(perMille rate: Int) -> Bool { rate > 0 && bits() % 1000 < UInt64(rate) }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[count(0...elements.count - 1)] }

    /// A time whose order of magnitude is as likely as any other within the bounds. Units: microseconds.
    mutating func spread(_ shortest: Int64, _ longest: Int64) -> Int64 {
        var top = shortest
        while top < longest, bits() & 1 == 0 { top = min(top * 4, longest) }
        return number(min(shortest, top)...max(shortest, top))
    }
}
