import RPCProtocol

/// Where a buyer's payment stands.
package enum PaymentState: String, WireWord, Hashable {
    /// Taken and on disk. Can become: confirmed (the engine took the report), voided.
    case accepted
    /// The flow goes on with it. Can become: charged, voided (the flow ended without charging it).
    case confirmed
    /// Not taken after all: the order was canceled, the method not offered, …. Can become: nothing more.
    case voided
    /// Charged, after discount. Can become: refundDue.
    case charged
    /// Charged although the order is closed: to be paid back by a person. Can become: nothing more.
    case refundDue
}
