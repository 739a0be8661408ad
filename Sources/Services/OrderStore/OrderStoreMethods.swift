import OrderStoreAPI
package import RPCProtocol

/// The methods of order-store: decode, call, encode.
package enum OrderStoreMethods {
    package static func table(of service: OrderStoreService) -> HandlerTable {
        var table = HandlerTable()
        table.on(SubmitOrder.self) { (params, _) throws(RPCError) in try await service.submit(params) }
        table.on(SetPaymentCombination.self) { (params, _) throws(RPCError) in
            try await service.setPaymentCombination(params)
        }
        table.on(RecordPayment.self) { (params, _) throws(RPCError) in try await service.recordPayment(params)
        }
        table.on(CompleteOrder.self) { (params, context) throws(RPCError) in
            try await service.complete(params, task: context.meta.task)
        }
        table.on(CancelOrder.self) { (params, context) throws(RPCError) in
            try await service.cancel(params, task: context.meta.task)
        }
        table.on(DescribeOrder.self) { (params, _) throws(RPCError) in
            try await service.describe(params)
        }
        table.on(ListOrders.self) { (params, _) throws(RPCError) in try await service.list(params) }
        table.on(ListCatalogue.self) { (params, _) throws(RPCError) in try await service.catalogue(params) }
        table.on(SetProduct.self) { (params, _) throws(RPCError) in try await service.set(params) }
        table.on(RemoveProduct.self) { (params, _) throws(RPCError) in try await service.remove(params) }
        table.on(SetCatalogueSupplier.self) { (params, _) throws(RPCError) in try await service.set(params) }
        table.on(RemoveCatalogueSupplier.self) { (params, _) throws(RPCError) in
            try await service.remove(params)
        }
        table.on(SummarizeOrders.self) { (params, _) throws(RPCError) in try await service.summarize(params) }
        addStreams(of: service, to: &table)
        return table
    }

    private static func addStreams(of service: OrderStoreService, to table: inout HandlerTable) {
        table.on(stream: WatchOrders.self) { (params, _, sink) throws(RPCError) in
            try await service.watchOrders(params, sink)
        }
        table.on(stream: WatchOrder.self) { (params, _, sink) throws(RPCError) in
            var last: OrderRecord?
            for await view in try await service.watch(params.orderNum) {
                let record = view.record
                guard record != last else { continue }
                try sink.send(record)
                last = record
            }
            guard let last, last.status.isClosed else {
                throw RPCError(.canceled, "the order is still open; watch again", retryable: true)
            }
            return last
        }
    }
}
