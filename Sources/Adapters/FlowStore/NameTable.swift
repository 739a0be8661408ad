import Primitives

/// Short numbers for names that many hold at once, so that a million executions at the same step share its
/// name. A name is forgotten with its last holder.
struct NameTable: Sendable {
    private struct Slot {
        var name: String
        var holders: Int
    }

    private var numbers: [String: UInt32] = [:]
    private var slots: [Slot] = []
    private var free: [UInt32] = []

    subscript(number: UInt32) -> String { slots[Int(number)].name }

    /// Of a name that somebody holds.
    func number(_ name: String) -> UInt32? {
        numbers[name].flatMap { slots[Int($0)].name.utf8Equals(name) ? $0 : nil }
    }

    /// The name's number, held once more.
    mutating func hold(_ name: String) -> UInt32 {
        if let number = number(name) {
            slots[Int(number)].holders += 1
            return number
        }
        let number: UInt32
        if let reused = free.popLast() {
            slots[Int(reused)] = Slot(name: name, holders: 1)
            number = reused
        } else {
            slots.append(Slot(name: name, holders: 1))
            number = UInt32(slots.count - 1)
        }
        numbers[name] = number
        return number
    }

    mutating func release(_ number: UInt32) {
        slots[Int(number)].holders -= 1
        guard slots[Int(number)].holders == 0 else { return }
        let name = slots[Int(number)].name
        // Two names that differ in their bytes only share a key of the dictionary; the newer one has it.
        if numbers[name] == number { numbers[name] = nil }
        slots[Int(number)].name = ""
        free.append(number)
    }
}
