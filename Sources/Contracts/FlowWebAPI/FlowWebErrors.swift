package import RPCProtocol

extension RPCErrorName {
    package static let accessKeyNotExists: Self = "AccessKeyNotExists"
    package static let accessKeyAlreadyExists: Self = "AccessKeyAlreadyExists"
}
