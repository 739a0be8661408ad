import RPCProtocol
import SupplierRulesAPI

/// What a rule would change, before it is set.
extension SupplierRulesService {
    func preview(_ params: PreviewSupplierRule.Params) throws(RPCError) -> PreviewSupplierRule.Result {
        try checkRule(params.supplier, params.paymentMethods)
        let facts = OrderFacts(
            supplier: params.supplier, products: params.products, address: params.address,
            time: localTime(try moment(params.time)))
        var edited = book
        edited.databaseRules[params.supplier] = params.paymentMethods
        let (now, after) = (book.offer(for: facts), edited.offer(for: facts))
        return .with {
            $0.supplier = params.supplier
            $0.now = now
            $0.after = after
            $0.added = after.paymentMethods.filter { !now.paymentMethods.contains($0) }
            $0.removed = now.paymentMethods.filter { !after.paymentMethods.contains($0) }
        }
    }
}

extension RuleBook {
    fileprivate func offer(for facts: OrderFacts) -> SupplierOffer {
        let decision = decide(facts) ?? Decision()
        return .with {
            $0.paymentMethods = decision.paymentMethods
            $0.rule = decision.rule
            $0.source = decision.source
        }
    }
}
