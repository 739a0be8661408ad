package import RPCProtocol
import SupplierRulesAPI

/// Decode, call, encode.
extension SupplierRulesService {
    package nonisolated var methods: HandlerTable {
        var table = HandlerTable()
        table.on(GenerateInfo.self) { (params, context) throws(RPCError) in
            try await self.generate(params, context)
        }
        table.on(ListSuppliers.self) { (_, _) throws(RPCError) in await self.list() }
        table.on(DescribeSupplier.self) { (params, _) throws(RPCError) in
            try await self.describe(params.supplier)
        }
        table.on(SetSupplierRule.self) { (params, _) throws(RPCError) in try await self.set(params) }
        table.on(UnsetSupplierRule.self) { (params, _) throws(RPCError) in
            try await self.unset(params.supplier)
        }
        table.on(ExplainSupplier.self) { (params, _) throws(RPCError) in try await self.explain(params) }
        table.on(PreviewSupplierRule.self) { (params, _) throws(RPCError) in
            try await self.preview(params)
        }
        return table
    }
}
