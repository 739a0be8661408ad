import FlowDefinition
import FlowModel
import FlowParsing
import Foundation
import Testing

struct ValidationSeedTests {
    private func example(_ name: String) throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        return try String(
            contentsOf: folder.appendingPathComponent("../../../docs/examples/\(name)"), encoding: .utf8)
    }

    @Test func `of the seed's flow it finds the spent token and the two catches that are too narrow`() throws
    {
        let (definition, found) = FlowParser.validate(try example("order-demo.yaml"))
        #expect(definition != nil)
        #expect(
            found.map { "\($0.line) \($0.code) \($0.stepPath)" } == [
                "32 only-timeout-caught generateInfo", "57 token-spent payment",
                "62 only-timeout-caught payment",
            ])
    }

    @Test func `each finding of the seed's flow shows its place with a caret`() throws {
        let source = try example("order-demo.yaml")
        let found = FlowParser.validate(source).diagnostics.map { $0.text(file: "f", source: source) }
        let shown = found.map { text in
            let lines = text.split(separator: "\n").map(String.init)
            let place = lines[0].split(separator: ":").prefix(3).joined(separator: ":")
            return "\(place) \(lines[1].dropFirst(lines[2].utf8.count - 1))"
        }
        #expect(shown == ["f:32:9 errors:", "f:57:17 $input.taskToken", "f:62:9 errors:"])
    }

    @Test func `the sample with everything has no false warnings`() {
        #expect(
            FlowParser.validate(Samples.everything).diagnostics.map { "\($0.line) \($0.code)" } == [
                "13 constant-looks-like-path", "39 missing-parameter", "44 unreachable-step",
                "50 unreachable-step",
                "53 unreachable-step", "54 unreachable-step",
            ])
    }

    @Test func `every rule is in the document`() throws {
        let text = try example("../validation.md")
        for rule in FlowValidation.rules {
            #expect(text.contains("| `\(rule.code)` |"), "docs/validation.md lacks \(rule.code)")
        }
    }

    /// Codes stand in the sources in front of their messages.
    @Test func `every code of a fault is in the document`() throws {
        let text = try example("../validation.md")
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/Pure/FlowParsing")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var codes: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for match in source.matches(of: /(?:faults\.(?:error|warning)\(|code:|code =)\s*"([a-z-]+)"/) {
                codes.insert(String(match.1))
            }
        }
        #expect(codes.count > 30)
        for code in codes where code != "unfaithful" {
            #expect(text.contains("`\(code)`"), "docs/validation.md lacks \(code)")
        }
    }
}
