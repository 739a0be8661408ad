package import RPCProtocol

/// The names of what can be wrong with a queue. Source: MNS 2015-06-06; QueueFull is ours, the cloud's
/// queues have no bound.
extension RPCErrorName {
    package static let queueNotExist: Self = "QueueNotExist"
    package static let queueAlreadyExist: Self = "QueueAlreadyExist"
    package static let queueFull: Self = "QueueFull"
    package static let queueNumExceededLimit: Self = "QueueNumExceededLimit"
    package static let messageNotExist: Self = "MessageNotExist"
    package static let receiptHandleError: Self = "ReceiptHandleError"
}
