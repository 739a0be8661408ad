import FlowDefinition
import FlowModel
import Primitives

/// Checks as a SARIF 2.1.0 log, which code review tools show beside the lines of a change.
///
/// Source: OASIS sarif-v2.1.0, §3.
enum SarifLog {
    static func json(_ checks: [DefinitionCheck]) -> JSONValue {
        let results = checks.flatMap { check in check.diagnostics.map { result($0, check.file) } }
        let codes = Set(checks.flatMap { $0.diagnostics.map(\.code) }).sorted()
        return [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
            "runs": [
                [
                    "tool": [
                        "driver": [
                            "name": "fnfctl", "semanticVersion": .string(Fnfctl.version),
                            "rules": .array(codes.map(rule)),
                        ]
                    ],
                    "columnKind": "unicodeCodePoints", "results": .array(results),
                ]
            ],
        ]
    }

    private static func rule(_ code: String) -> JSONValue {
        var rule: JSONObject = ["id": .string(code)]
        if let known = FlowValidation.rules.first(where: { $0.code == code }) {
            rule["shortDescription"] = ["text": .string(known.summary)]
        }
        return .object(rule)
    }

    private static func result(_ diagnostic: Diagnostic, _ file: String) -> JSONValue {
        var text = diagnostic.message
        if let fix = diagnostic.fix { text += ". Fix: \(fix)" }
        var physical: JSONObject = ["artifactLocation": ["uri": .string(uri(file))]]
        if diagnostic.line > 0 {
            physical["region"] = [
                "startLine": .integer(Int64(diagnostic.line)),
                "startColumn": .integer(Int64(max(1, diagnostic.column))),
            ]
        }
        var location: JSONObject = ["physicalLocation": .object(physical)]
        if !diagnostic.stepPath.isEmpty {
            location["logicalLocations"] = [
                ["fullyQualifiedName": .string(diagnostic.stepPath), "kind": "member"]
            ]
        }
        return [
            "ruleId": .string(diagnostic.code), "level": .string(diagnostic.severity.rawValue),
            "message": ["text": .string(text)], "locations": [.object(location)],
        ]
    }

    /// A path as a relative or `file:` URI; bytes that a URI cannot hold are escaped.
    private static func uri(_ file: String) -> String {
        let digits = Array("0123456789ABCDEF")
        let plain = Set("-._~/".utf8)
        let escaped = file.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                return String(UnicodeScalar(byte))
            case _ where plain.contains(byte): return String(UnicodeScalar(byte))
            default: return "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }.joined()
        return escaped.hasPrefix("/") ? "file://\(escaped)" : escaped
    }
}
