import ArgumentParser
import OrderStoreAPI
import PaymentGatewayAPI
import Primitives

extension DecimalNumber: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension OrderStatus: ExpressibleByArgument {}
extension PaymentState: ExpressibleByArgument {}
