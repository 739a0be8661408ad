package import Primitives
package import RPCProtocol

/// A payment method that the gateway charges by.
package struct PaymentMethodRecord: WireRecord {
    package var paymentMethod: String = ""
    package var labelEn: String = ""
    package var labelZh: String = ""
    package var factor: DecimalNumber = DecimalNumber(1)
    package var percentOff: DecimalNumber = .zero

    package init() {}

    package static let fields: [WireField<PaymentMethodRecord>] = [
        .required("paymentMethod", \.paymentMethod),
        .required("labelEn", \.labelEn, "Its name for people; that of the method where none is configured"),
        .required("labelZh", \.labelZh),
        .required("factor", \.factor, "What is charged is price × factor"),
        .required("percentOff", \.percentOff, "The same as a discount: 20 for the factor 0.8"),
    ]

    package static let example = PaymentMethodRecord.with {
        $0.paymentMethod = "zhifubao"
        $0.labelEn = "Alipay"
        $0.labelZh = "支付宝"
        $0.factor = DecimalNumber("0.8") ?? DecimalNumber(1)
        $0.percentOff = DecimalNumber(20)
    }
}
