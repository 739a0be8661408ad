/// A payment method's name for people.
package struct MethodLabel: Sendable, Hashable {
    package let en: String
    package let zh: String

    package init(en: String, zh: String) {
        self.en = en
        self.zh = zh
    }

    package static let standard = [
        "zhifubao": MethodLabel(en: "Alipay", zh: "支付宝"),
        "weixin": MethodLabel(en: "WeChat Pay", zh: "微信支付"),
        "unionpay": MethodLabel(en: "UnionPay", zh: "银联"),
    ]
}
