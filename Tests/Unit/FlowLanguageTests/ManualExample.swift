import Primitives
import Testing

/// A flow of docs/fdl.md and a case behind it.
struct ManualExample {
    let flow: String
    let cases: [JSONObject]
    let line: Int

    /// Every `yaml` block, with the `json` blocks up to the next one.
    static func all(in manual: String) throws -> [ManualExample] {
        var examples: [ManualExample] = []
        var block: (language: Substring, lines: [Substring], start: Int)?
        for (index, line) in manual.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard line.hasPrefix("```") else {
                block?.lines.append(line)
                continue
            }
            guard let ended = block else {
                block = (line.dropFirst(3), [], index + 1)
                continue
            }
            block = nil
            let text = ended.lines.joined(separator: "\n")
            if ended.language == "yaml" {
                examples.append(ManualExample(flow: text, cases: [], line: ended.start))
            } else if ended.language == "json" {
                let owner = examples.popLast()
                let last = try #require(owner, "a case without a flow on line \(ended.start)")
                let value = try JSONParser.parse(text)
                let object = try #require(value.objectValue, "line \(ended.start)")
                examples.append(
                    ManualExample(flow: last.flow, cases: last.cases + [object], line: last.line))
            }
        }
        return examples
    }
}
