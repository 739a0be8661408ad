package import RPCProtocol

/// A resource that no binding matches.
package struct UnboundResource: WireRecord {
    package var resourceArn: String = ""
    package var nearest: [String] = []

    package init() {}

    package static let fields: [WireField<UnboundResource>] = [
        .required("ResourceArn", \.resourceArn),
        .defaulted("Nearest", \.nearest, "Bound patterns that look alike"),
    ]
}
