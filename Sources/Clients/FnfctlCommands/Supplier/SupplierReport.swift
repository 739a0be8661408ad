import Primitives
import RPCProtocol
import SupplierRulesAPI

/// How suppliers are shown.
enum SupplierReport {
    static func list(_ suppliers: [SupplierRecord]) -> Report {
        let rows = suppliers.map { supplier -> [Cell] in
            [
                Cell(supplier.supplier == "*" ? "* (everyone else)" : supplier.supplier),
                Cell(supplier.paymentMethods.joined(separator: ",")), Cell(supplier.rule),
                Cell(supplier.source),
                Cell(supplier.shadows ?? ""),
            ]
        }
        let table = Table(
            columns: ["Supplier", .init("Payment methods", isElastic: true), "Rule", "Source", "Shadows"],
            rows: rows,
            empty: "no rule names a supplier")
        return Report(
            json: ["suppliers": .array(suppliers.map(\.wire))], names: suppliers.map(\.supplier),
            blocks: [.table(table)])
    }

    static func one(_ supplier: SupplierRecord) -> Report {
        var fields: [Report.Field] = [
            .init("Supplier", supplier.supplier),
            .init("Payment methods", supplier.paymentMethods.joined(separator: ", ")),
            .init("Rule", supplier.rule), .init("Source", supplier.source),
        ]
        if let shadows = supplier.shadows {
            fields.append(
                .init("Shadows", "\(shadows) (return to it: fnfctl supplier unset \(supplier.supplier))"))
        }
        return Report(json: supplier.wire, names: [supplier.supplier], blocks: [.fields(fields)])
    }

    static func preview(_ answer: PreviewSupplierRule.Result) -> Report {
        let rows = [("now", answer.now), ("after", answer.after)].map { when, offer -> [Cell] in
            [
                Cell(when),
                offer.paymentMethods.isEmpty
                    ? Cell("none: orders would fail", .bad)
                    : Cell(offer.paymentMethods.joined(separator: ",")),
                Cell(offer.rule), Cell(offer.source),
            ]
        }
        let table = Table(
            columns: ["When", .init("Payment methods", isElastic: true), "Rule", "Source"], rows: rows)
        let fields: [Report.Field] = [
            .init("Supplier", answer.supplier), .init("Added", answer.added.joined(separator: ", ")),
            .init("Removed", answer.removed.joined(separator: ", ")),
        ]
        return Report(
            json: answer.wire, names: answer.after.paymentMethods, blocks: [.fields(fields), .table(table)])
    }

    static func explanation(_ answer: ExplainSupplier.Result) -> Report {
        let rows = answer.trace.map { trace -> [Cell] in
            [
                Cell(trace.matched ? "yes" : "no", trace.matched ? .good : .plain), Cell(trace.rule),
                Cell(trace.source), Cell(trace.why),
            ]
        }
        let fields: [Report.Field] = [
            .init("Payment methods", answer.paymentMethods.joined(separator: ", ")),
            .init("Rule", "\(answer.rule) (\(answer.source))"),
        ]
        let table = Table(columns: ["Matches", "Rule", "Source", .init("Why", isElastic: true)], rows: rows)
        return Report(
            json: answer.wire, names: [answer.rule],
            blocks: [.fields(fields), .heading("Tried in this order"), .table(table)])
    }
}
