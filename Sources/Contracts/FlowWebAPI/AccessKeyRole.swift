import RPCProtocol

/// What the holder of an access key may do; each word includes those before it.
package enum AccessKeyRole: String, WireWord, Hashable {
    case read, operate, admin
}
