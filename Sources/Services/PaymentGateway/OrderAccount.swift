import PaymentGatewayAPI
import Primitives
import RPCProtocol

/// All that the gateway knows of one order, and every decision about it.
///
/// Pure. It is read, asked, and written back in one transaction; what became `reported` or `pending` is put
/// into the outbox by the same write.
struct OrderAccount: Sendable, Hashable {
    let orderNum: String
    /// The newest one: only a voided payment is ever followed by another.
    private(set) var payment: Payment?
    /// Oldest first.
    private(set) var requests: [PaymentRequest]
    private(set) var charge: Charge?

    init(
        orderNum: String, payment: Payment? = nil, requests: [PaymentRequest] = [], charge: Charge? = nil
    ) {
        self.orderNum = orderNum
        self.payment = payment
        self.requests = requests
        self.charge = charge
    }

    private var openIndex: Int? { requests.lastIndex { $0.state == .open } }
    private var isReporting: Bool { requests.contains { $0.state == .reported } }

    /// Whether the end of the execution may change something: a payment waits for the order's own execution,
    /// or a request was made by this one and is not settled.
    func isConcerned(byEndOf execution: String, in flow: String) -> Bool {
        if orderNum == execution, payment?.state == .accepted { return true }
        return requests.contains { request in
            request.execution == execution && request.flow == flow
                && (request.state == .open || request.state == .reported || payment?.state == .confirmed)
        }
    }

    /// An accepted payment that no attempt of the flow has asked for yet, or asks for any more.
    var isUnpaired: Bool { payment?.state == .accepted && openIndex == nil && !isReporting }
}

// MARK: - What is asked of it

extension OrderAccount {
    /// The payment that this content repeats; nil when it is to be taken. Throws `PaymentConflict`.
    ///
    /// A voided payment is repeated only as long as nobody asks for one: once the flow asks again, it may be
    /// paid again.
    func repeated(method: String, price: DecimalNumber) throws(RPCError) -> Payment? {
        guard let payment else { return nil }
        let isSame = payment.hasContent(method: method, price: price)
        if payment.state == .voided { return isSame && openIndex == nil ? payment : nil }
        guard isSame else { throw .paymentConflict(with: payment) }
        return payment
    }

    /// Takes a buyer's payment. Throws `PaymentConflict`, `MethodNotOffered`, and nothing is changed.
    mutating func pay(_ candidate: Payment, at now: Timestamp) throws(RPCError) -> Payment {
        if let known = try repeated(method: candidate.method, price: candidate.price) { return known }
        if let openIndex, !requests[openIndex].offers(candidate.method) {
            throw .methodNotOffered(candidate.method, offer: requests[openIndex].offer)
        }
        payment = candidate
        settle(at: now)
        return candidate
    }

    /// Takes an attempt's wish for a payment; a repeat changes nothing.
    mutating func ask(_ request: PaymentRequest, at now: Timestamp) {
        guard !requests.contains(where: { $0.key == request.key }) else { return }
        requests.append(request)
        settle(at: now)
    }

    /// Charges, unless that was done: one charge an order, whichever task asks.
    ///
    /// Throws `PaymentConflict` for other content than the buyer's or the first charge's,
    /// `UnknownPaymentMethod`.
    mutating func charge(
        key: String, method: String, price: DecimalNumber, discounts: Discounts, fresh: Payment,
        at now: Timestamp
    ) throws(RPCError) {
        if let charge {
            guard charge.method == method, charge.price == price else { throw .paymentConflict(with: charge) }
            return
        }
        let amount = try discounts.amount(of: price, by: method)
        var payment = fresh
        if let known = self.payment, known.state != .voided {
            guard known.hasContent(method: method, price: price) else { throw .paymentConflict(with: known) }
            payment = known
        }
        payment.charge(amount, at: now)
        self.payment = payment
        charge = Charge(
            orderNum: orderNum, key: key, paymentID: payment.id, method: method, price: price, amount: amount,
            created: now)
    }
}

// MARK: - What a quote shows of it

extension OrderAccount {
    /// The methods that the flow waits for a payment by; nil while it waits for none.
    var openOffer: [String]? { openIndex.map { requests[$0].offer } }

    var requestState: PaymentRequestState {
        guard let newest = openIndex.map({ requests[$0] }) ?? requests.last else { return .notAsked }
        return switch newest.state {
        case .open: .open
        case .reported: .reported
        case .confirmed: .confirmed
        case .refused: .refused
        case .ended: .ended
        }
    }

    /// Why no payment is taken, whatever its content; nil when one is. `pay` holds to the same.
    var refusal: String? {
        guard let payment else { return nil }
        guard payment.state == .voided else { return RPCError.paymentConflict(with: payment).message }
        guard openIndex == nil else { return nil }
        return "a payment was not taken (\(payment.reason ?? "voided")), and the flow waits for no other"
    }
}

// MARK: - What it is told

extension OrderAccount {
    /// The engine answered a report for good.
    mutating func reportAnswered(_ messageID: Int64, refusal: RPCError?, at now: Timestamp) {
        guard let index = requests.firstIndex(where: { $0.messageID == messageID && $0.state == .reported })
        else { return }
        requests[index].state = refusal == nil ? .confirmed : .refused
        if payment?.state == .accepted, payment?.id == requests[index].paymentID {
            if let refusal {
                // A newer attempt may want what this one came too late for.
                if openIndex == nil { payment?.void(refusal.name.text, at: now) }
            } else {
                payment?.confirm(at: now)
            }
        }
        settle(at: now)
    }

    /// order-store answered the note of the charge for good.
    mutating func chargeAnswered(_ messageID: Int64, refusal: RPCError?, at now: Timestamp) {
        guard let known = charge, known.messageID == messageID, known.state == .pending else { return }
        charge?.state = refusal == nil ? .recorded : .refused
        charge?.refusal = refusal
        if let refusal, payment?.state == .charged { payment?.owe(refusal.name.text, at: now) }
    }

    /// An execution ended: nobody will ask or charge in its name any more.
    ///
    /// A report on its way can change nothing then: it was taken and led to no charge, or will be refused.
    mutating func executionEnded(flow: String, execution: String, status: String, at now: Timestamp) {
        var concerned = payment?.flow == flow && orderNum == execution
        var wasTaken = false
        for index in requests.indices
        where requests[index].flow == flow && requests[index].execution == execution {
            switch requests[index].state {
            case .open, .reported:
                requests[index].state = .ended
                concerned = true
            case .confirmed: wasTaken = wasTaken || requests[index].paymentID == payment?.id
            default: break
            }
        }
        if payment?.state == .confirmed, wasTaken {
            payment?.void("execution\(status)", at: now)
        } else if concerned {
            voidUnpaired("execution\(status)", at: now)
        }
    }

    /// Voids an accepted payment that nobody asks for.
    mutating func voidUnpaired(_ reason: String, at now: Timestamp) {
        if isUnpaired { payment?.void(reason, at: now) }
    }

    mutating func noteReport(_ messageID: Int64, forRequestAt index: Int) {
        requests[index].messageID = messageID
    }

    mutating func noteRecording(_ messageID: Int64) { charge?.messageID = messageID }

    /// Brings payment and request together, whichever came first.
    ///
    /// One report at a time: whether a newer attempt gets the payment is known only when the older one was
    /// answered. A payment that the engine took once is reported to each later attempt too, since there is
    /// one an order.
    private mutating func settle(at now: Timestamp) {
        guard let payment, payment.state != .voided, payment.state != .refundDue, !isReporting,
            let openIndex
        else { return }
        if payment.state == .accepted, !requests[openIndex].offers(payment.method) {
            self.payment?.void("methodNotOffered", at: now)
        } else {
            requests[openIndex].state = .reported
            requests[openIndex].paymentID = payment.id
        }
    }
}
