import FlowEngineAPI
import OrderStoreAPI
import PaymentGatewayAPI
import RPCProtocol
import SupplierRulesAPI
import Testing

@testable import FnfctlCommands

@Suite struct DoorChoiceTests {
    @Test func `what reads or operates goes through the clients' door`() {
        #expect(DoorChoice.door(for: ListFlows.roles, of: .flowEngine) == .client)
        #expect(DoorChoice.door(for: CheckResources.roles, of: .flowEngine) == .client)
        #expect(DoorChoice.door(for: ReportTaskSucceeded.roles, of: .flowEngine) == .client)
        #expect(DoorChoice.door(for: SubmitOrder.roles, of: .orderStore) == .client)
        #expect(DoorChoice.door(for: PayOrder.roles, of: .paymentGateway) == .client)
        #expect(DoorChoice.door(for: DescribeService.roles, of: .orderStore) == .client)
    }

    @Test func `what administers goes through the administrators' door`() {
        for roles in [CreateFlow.roles, UpdateFlow.roles, DeleteFlow.roles] {
            #expect(DoorChoice.door(for: roles, of: .flowEngine) == .admin)
        }
        #expect(DoorChoice.door(for: SetSupplierRule.roles, of: .supplierRules) == .admin)
        #expect(DoorChoice.door(for: UnsetSupplierRule.roles, of: .supplierRules) == .admin)
    }

    @Test func `what only services call goes through theirs`() {
        #expect(DoorChoice.door(for: ChargeOrder.roles, of: .paymentGateway) == .task)
        #expect(DoorChoice.door(for: RecordPayment.roles, of: .orderStore) == .internal)
        #expect(DoorChoice.door(for: [.service], of: .flowEngine) == .report)
    }
}
