import FlowStore
import Testing

@Suite struct SortedMapTests {
    @Test func `it holds what a sorted set holds, whatever is added and removed`() {
        var keys = SortedKeys<Int>()
        var plain: Set<Int> = []
        var random: UInt64 = 7
        for _ in 0..<20_000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let key = Int(random >> 33) % 3_000
            if random >> 62 == 0 {
                keys.remove(key)
                plain.remove(key)
            } else {
                keys.insert(key)
                plain.insert(key)
            }
        }
        let sorted = plain.sorted()
        #expect(keys.count == sorted.count && keys.first == sorted.first)
        #expect(keys.keys(after: nil, limit: .max) == sorted)
        #expect(keys.keys(before: .max, limit: .max) == sorted.reversed())
        for cut in [0, 1, 511, 512, 513, 1_500, 2_999, 4_000] {
            #expect(keys.keys(after: cut, limit: 700) == Array(sorted.filter { $0 > cut }.prefix(700)))
            #expect(
                keys.keys(before: cut, limit: 700) == Array(sorted.filter { $0 < cut }.reversed().prefix(700))
            )
        }
    }

    @Test func `what grows at its end and shrinks at its beginning is counted right`() {
        var keys = SortedKeys<Int64>()
        for key in 0..<5_000 as Range<Int64> { keys.insert(key) }
        for key in 0..<4_999 as Range<Int64> { keys.remove(key) }
        #expect(keys.count == 1 && keys.first == 4_999)
        keys.remove(4_999)
        #expect(keys.count == 0 && keys.first == nil)
        #expect(keys.keys(after: nil, limit: 10).isEmpty && keys.keys(before: 10, limit: 10).isEmpty)
    }

    @Test func `values follow their keys`() {
        var map = SortedMap<Int, Int>()
        var plain: [Int: Int] = [:]
        var random: UInt64 = 11
        for round in 0..<20_000 {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let key = Int(random >> 33) % 3_000
            switch random >> 62 {
            case 0: #expect(map.remove(key) == plain.removeValue(forKey: key))
            case 1:
                #expect(map.change(key) { $0 += 1 } != nil || plain[key] == nil)
                plain[key] = plain[key].map { $0 + 1 }
            default:
                map.set(key, round)
                plain[key] = round
            }
        }
        #expect(map.count == plain.count)
        #expect(map.keys(after: nil, limit: .max) == plain.keys.sorted())
        for key in 0..<3_000 { #expect(map.value(key) == plain[key]) }
    }
}
