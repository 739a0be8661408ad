import Primitives

enum PathNotProduced: FlowRule {
    static let code = "path-not-produced"
    static let summary = "A path is read that nothing before it can have set."
    static let needsWholeFlow = true

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        guard let dataFlow = flow.dataFlow, dataFlow.isComplete else { return }
        for reading in PathReading.all(in: flow, dataFlow) {
            guard case .missing(let index, let shape) = reading.shape.lookup(reading.path) else { continue }
            let lack = lack(reading, index, shape)
            findings.warn(
                self, "\(reading.text) is never there: \(lack); \(reading.consequence)",
                at: reading.location, in: reading.site, fix: fix(reading, index, shape))
            if findings.isFull { return }
        }
    }

    private static func lack(_ reading: PathReading, _ index: Int, _ shape: Shape) -> String {
        let before = reading.root.text + JSONPath(components: Array(reading.path.components[..<index])).text
        switch (reading.path.components[index], shape) {
        case (.key(let key), .object) where index == 0: return reading.root.lack(of: key)
        case (.key(let key), .object): return "\(before) has no \"\(key)\""
        case (.key, .list): return "\(before) is a list"
        case (_, .object): return "\(before) is no list"
        default: return "\(before) is a plain value without members"
        }
    }

    private static func fix(_ reading: PathReading, _ index: Int, _ shape: Shape) -> String {
        let components = reading.path.components
        let before = reading.root.text + JSONPath(components: Array(components[..<index])).text
        switch (components[index], shape) {
        case (.key(let key), .object(let object)):
            let known = object.members.keys.filter { $0.utf8.count <= 64 }.sorted().prefix(64)
            if key.utf8.count <= 64, let nearest = key.nearest(in: known, limit: 1).first {
                let path = JSONPath(
                    components: components[..<index] + [.key(nearest)] + components[(index + 1)...])
                return "did you mean \(reading.root.text)\(path.text)?"
            }
            let there = known.prefix(8).joined(separator: ", ")
            let list = there.isEmpty ? "\(before) is empty here" : "\(before) has \(there)"
            return index == 0 ? "\(reading.root.remedy); \(list)" : list
        case (.key, .list): return "write \(before)[0] or \(before)[*] in front of the key"
        default: return "remove the path behind \(before)"
        }
    }
}
