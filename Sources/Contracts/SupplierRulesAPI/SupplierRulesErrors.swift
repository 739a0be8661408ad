package import RPCProtocol

extension RPCErrorName {
    package static let invalidRule: Self = "InvalidRule"
    package static let ruleNotExists: Self = "RuleNotExists"
}
