import RPCProtocol
import SupplierRulesAPI

/// The rules of the files in the order they are tried: the first that matches decides.
package struct RuleSet: Sendable, Hashable {
    package let rules: [SupplierRule]

    package init(_ rules: [SupplierRule]) { self.rules = rules }
}

/// All rules that are in force: those set at run time, over those of the files.
struct RuleBook: Sendable, Hashable {
    static let databaseSource = "database"

    var fileRules: RuleSet
    /// Payment methods by supplier, set at run time.
    var databaseRules: [String: [String]] = [:]

    /// What is offered for an order and why.
    struct Decision: Sendable, Hashable {
        var paymentMethods: [String] = []
        /// Empty when no rule matches.
        var rule = ""
        var source = ""
        /// The rules that were tried, in order.
        var trace: [RuleTrace] = []

        var matched: Bool { !rule.isEmpty }
    }

    /// nil when the time of the order decides and is not among the facts.
    ///
    /// - Parameter tracing: tells of each rule why it matches or not, which nobody reads of a flow's task.
    func decide(_ facts: OrderFacts, tracing: Bool = true) -> Decision? {
        guard let methods = databaseRules[facts.supplier] else {
            return decideByFiles(facts, tracing: tracing)
        }
        var decision = Decision(paymentMethods: methods, rule: facts.supplier, source: Self.databaseSource)
        guard tracing else { return decision }
        decision.trace = [
            .with {
                $0.rule = facts.supplier
                $0.source = Self.databaseSource
                $0.matched = true
                $0.why = "set at run time for supplier \(facts.supplier)"
            }
        ]
        return decision
    }

    func decideByFiles(_ facts: OrderFacts, tracing: Bool = true) -> Decision? {
        var decision = Decision()
        for rule in fileRules.rules {
            let verdict = rule.conditions.verdict(on: facts, tracing: tracing)
            var trace = RuleTrace.with {
                $0.rule = rule.name
                $0.source = rule.source
            }
            switch verdict {
            case .needsTime: return nil
            case .fails(let why):
                trace.why = why
                if tracing { decision.trace.append(trace) }
            case .matches(let why):
                trace.why = why
                trace.matched = true
                if tracing { decision.trace.append(trace) }
                decision.paymentMethods = rule.paymentMethods
                decision.rule = rule.name
                decision.source = rule.source
                return decision
            }
        }
        return decision
    }

    /// The suppliers and patterns that rules name; `*`, everyone else, comes last.
    var suppliers: [String] {
        var names = Set(databaseRules.keys)
        for rule in fileRules.rules { names.formUnion((rule.conditions.supplier ?? []).map(\.pattern)) }
        names.remove("*")
        return names.sorted() + ["*"]
    }
}
