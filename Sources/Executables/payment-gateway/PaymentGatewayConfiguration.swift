import ConfigurationFile
import Logging
import PaymentGateway
import Primitives

/// What payment-gateway.yaml says.
struct PaymentGatewayConfiguration: Sendable {
    var logLevel = Logger.Level.info
    var idleExitSeconds = 0
    var discounts = Discounts(
        factors: ["zhifubao": .zhifubaoFactor, "weixin": DecimalNumber(1), "unionpay": DecimalNumber(1)],
        minorUnits: 2)

    private enum UnknownMethod: String, CaseIterable {
        case refuse
    }

    static func load(_ folder: String) throws(ConfigurationFault) -> PaymentGatewayConfiguration {
        let reader = ConfigurationReader(try ConfigurationFile.load("\(folder)/payment-gateway.yaml"))
        var configuration = PaymentGatewayConfiguration()
        configuration.logLevel = reader.word("logLevel", default: configuration.logLevel)
        configuration.idleExitSeconds = reader.integer(
            "idleExitSeconds", default: configuration.idleExitSeconds, in: 0...Int64(Int32.max))
        let range = Discounts.minorUnitsRange
        configuration.discounts = Discounts(
            factors: factors(reader) ?? configuration.discounts.factors,
            minorUnits: reader.integer(
                "minorUnits", default: configuration.discounts.minorUnits,
                in: Int64(range.lowerBound)...Int64(range.upperBound)),
            labels: labels(reader))
        _ = reader.word("unknownMethod", default: UnknownMethod.refuse)
        try reader.finish()
        return configuration
    }

    /// Those of the file over the standard ones.
    private static func labels(_ reader: ConfigurationReader) -> [String: MethodLabel] {
        var labels = MethodLabel.standard
        guard reader.has("labels") else { return labels }
        let section = reader.section("labels")
        for method in section.freeKeys() {
            let label = section.section(method)
            labels[method] = MethodLabel(
                en: label.string("en", default: labels[method]?.en ?? method),
                zh: label.string("zh", default: labels[method]?.zh ?? method))
        }
        return labels
    }

    /// nil when the file does not speak of discounts.
    private static func factors(_ reader: ConfigurationReader) -> [String: DecimalNumber]? {
        guard reader.has("discounts") else { return nil }
        let section = reader.section("discounts")
        var factors: [String: DecimalNumber] = [:]
        for method in section.freeKeys() {
            guard let factor = section.optionalDecimal(method) else { continue }
            if !factor.isPositive {
                section.report(method, "\(factor) is not positive; a factor such as \"0.8\" is")
            }
            factors[method] = factor
        }
        return factors
    }
}

extension DecimalNumber {
    /// 20 % off, as in the demo.
    fileprivate static let zhifubaoFactor = DecimalNumber("0.8") ?? DecimalNumber(1)
}
