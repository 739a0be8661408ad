import FlowModel
import FlowStore
import Primitives

/// An execution as lines of JSON.
///
/// Shape: first `{"definition":TEXT,"execution":…,"flowName":…,"format":"fnf-execution","name":…,"rows":…,
/// "status":…,"version":1}`, then a line for each row: `{"body":TEXT,"checksum":…,"kind":…,"previous":…,
/// "seq":…}`, where the body is the text of the row as it was stored.
struct ExportedExecution {
    static let format = "fnf-execution"
    static let version: Int64 = 1

    struct Fault: Error { let reason: String }

    let definition: String
    let rows: [JournalRow]
    let bodies: [TransitionBody]
    let start: ExecutionStart

    static func head(_ entry: ExecutionEntry, definition: String, rows: Int) -> String {
        JSONValue.object([
            "definition": .string(definition), "execution": .integer(entry.execution),
            "flowName": .string(entry.flowName), "format": .string(format), "name": .string(entry.name),
            "rows": .integer(Int64(rows)), "status": .string(entry.status.rawValue),
            "version": .integer(version),
        ]).text
    }

    static func line(_ row: JournalRow) -> String {
        JSONValue.object([
            "body": .string(String(decoding: row.body, as: UTF8.self)), "checksum": .integer(row.checksum),
            "kind": .integer(row.kind.rawValue), "previous": .integer(row.previous),
            "seq": .integer(row.sequence),
        ]).text
    }

    /// Throws: a line that is missing, changed or of another kind of file.
    init(lines: [String]) throws(Fault) {
        guard let first = lines.first, let head = try? JSONParser.parse(first),
            head["format"]?.stringValue == Self.format
        else { throw Fault(reason: "the first line is not the head of an exported execution") }
        guard head["version"]?.integerValue == Self.version else {
            throw Fault(reason: "it has a version that this release does not read")
        }
        guard let definition = head["definition"]?.stringValue,
            let execution = head["execution"]?.integerValue, let count = head["rows"]?.integerValue
        else { throw Fault(reason: "its head is incomplete") }
        self.definition = definition
        var rows: [JournalRow] = []
        var bodies: [TransitionBody] = []
        for (index, line) in lines.dropFirst().enumerated() where !line.isEmpty {
            let row = try Self.row(line, number: index + 2, execution, after: rows.last?.sequence ?? 0)
            do throws(StoreError) { bodies.append(try TransitionBody(row: row)) } catch {
                throw Fault(reason: "line \(index + 2): \(error)")
            }
            rows.append(row)
        }
        guard rows.count == Int(count) else {
            throw Fault(reason: "it has \(rows.count) rows, its head says \(count)")
        }
        guard let start = bodies.first?.start else { throw Fault(reason: "its first row has no start") }
        guard rows.last?.kind == .ends else {
            throw Fault(
                reason: "it had not ended when it was exported: the engine it comes from may go on with it")
        }
        (self.rows, self.bodies, self.start) = (rows, bodies, start)
    }

    private static func row(
        _ line: String, number: Int, _ execution: Int64, after previous: Int64
    ) throws(Fault) -> JournalRow {
        guard let json = try? JSONParser.parse(line), let body = json["body"]?.stringValue,
            let checksum = json["checksum"]?.integerValue,
            let kind = json["kind"]?.integerValue.flatMap(JournalRowKind.init(rawValue:)),
            let sequence = json["seq"]?.integerValue
        else { throw Fault(reason: "line \(number) is no row") }
        let row = JournalRow(
            sequence: sequence, execution: execution, previous: json["previous"]?.integerValue ?? 0,
            kind: kind, body: Array(body.utf8))
        guard row.checksum == checksum else { throw Fault(reason: "line \(number) was changed") }
        guard row.previous == previous else {
            throw Fault(reason: "line \(number) does not follow the line before it")
        }
        return row
    }
}
