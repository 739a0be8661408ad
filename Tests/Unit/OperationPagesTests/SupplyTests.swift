import FlowEngineAPI
import WebPages
import HTTPMessage
import PaymentGatewayAPI
import Primitives
import RPCProtocol
import SupplierRulesAPI
import Testing

@testable import OperationPages

@Suite struct SupplyTests {
    @Test func `a rule is shown before it is set, and can be taken back`() async throws {
        let console = try await Console()
        let form = [("supplier", "haidilao"), ("methods", "zhifubao, weixin,zhifubao")]
        let preview = await console.post("/console/suppliers/rule", form + [("do", "preview")])
        #expect(preview.status == 200)
        #expect(preview.text.contains("Set this rule"))
        #expect(try await console.page("/console/suppliers").contains("No rule yet"))
        #expect(await console.post("/console/suppliers/rule", form + [("do", "set")]).status == 303)
        let list = try await console.page("/console/suppliers")
        #expect(list.contains("haidilao"))
        #expect(list.contains("Set at run time"))
        let explained = try await console.page("/console/suppliers/explain?supplier=haidilao&products=beef")
        #expect(explained.contains("fnfctl supplier explain haidilao --products beef"))
        let unset = [("supplier", "haidilao"), ("methods", ""), ("isSet", "yes"), ("do", "unset")]
        #expect(await console.post("/console/suppliers/rule", unset, as: "operate").status == 403)
        #expect(await console.post("/console/suppliers/rule", unset).status == 303)
        #expect(try await console.page("/console/suppliers").contains("No rule yet"))
    }

    @Test func `a rule without methods is refused at its field`() async throws {
        let answer = try await Console().post(
            "/console/suppliers/rule", [("supplier", "x"), ("methods", " , "), ("do", "set")])
        #expect(answer.status == 400)
        #expect(answer.text.contains("id=\"methods-fault\""))
    }

    @Test func `payments are listed with exact money, and hostile texts as texts`() async throws {
        let console = try await Console()
        for (order, price) in [("o-<1>", "100.10"), ("o-2", "0.05")] {
            _ = try? await console.services.payments.call(
                PayOrder.self,
                .with {
                    $0.orderNum = order
                    $0.paymentMethod = "zhifubao"
                    $0.price = DecimalNumber(price) ?? .zero
                }, as: .operate)
        }
        let page = try await console.page("/console/payments")
        let sums = try await console.services.payments.call(SummarizePayments.self, .init(), as: .read)
        let total = sums.sums.reduce(into: DecimalSum()) { $0.add($1.price) }
        #expect(page.contains(total.description))
        #expect(!page.contains("o-<1>"))
        #expect(await console.ask("GET", "/console/payments?state=stolen").status == 400)
        #expect(await console.ask("GET", "/console/payments?hours=5").status == 400)
        #expect(try await console.page("/console/payments?q=nothing").contains("Nothing fits"))
    }

    @Test func `queues are shown to readers, their messages to operators`() async throws {
        let console = try await Console()
        _ = try await console.services.engine.call(
            CreateQueue.self, .with { $0.queueName = "letters" }, as: .admin)
        _ = try await console.services.engine.call(
            SendMessage.self,
            .with {
                $0.queueName = "letters"
                $0.messageBody = "{\"to\":\"<i>you</i>\"}"
            }, as: .admin)
        #expect(try await console.page("/console/queues").contains("/console/queues/letters"))
        let operators = try await console.page("/console/queues/letters", as: "operate")
        #expect(operators.contains("&lt;i&gt;you"))
        let readers = try await console.page("/console/queues/letters", as: "read")
        #expect(!readers.contains("you&lt;"))
        #expect(readers.contains("shown to the role operate"))
        #expect(await console.ask("GET", "/console/queues/none").status == 404)
    }
}
