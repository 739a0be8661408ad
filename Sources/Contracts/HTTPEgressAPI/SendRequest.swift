package import RPCProtocol

/// Sends one HTTP request to an address that the configuration allows, and answers what came back, whatever
/// its status: redirects are not followed, nothing is sent twice.
package enum SendRequest: RPCMethod {
    package struct Header: WireRecord {
        package var name: String = ""
        package var value: String = ""

        package init() {}

        package static let fields: [WireField<Header>] = [
            .required("Name", \.name), .required("Value", \.value),
        ]
    }

    package struct Params: WireRecord {
        package var method: String = "POST"
        package var url: String = ""
        package var headers: [Header] = []
        package var body: String = ""
        package var timeoutMs: Int64 = 60_000
        package var answerBytesMax: Int64 = 1_048_576

        package init() {}

        package static let fields: [WireField<Params>] = [
            .defaulted("Method", \.method, "POST, GET or PUT"),
            .required("URL", \.url, "http or https, with a host, without user and fragment"),
            .defaulted("Headers", \.headers),
            .defaulted("Body", \.body),
            .defaulted("TimeoutMs", \.timeoutMs, "1 to 86400000: from the connect to the last byte"),
            .defaulted("AnswerBytesMax", \.answerBytesMax, "0 to 4194304 bytes of the answer's body"),
        ]
    }

    package struct Result: WireRecord {
        package var status: Int64 = 0
        package var headers: [Header] = []
        package var body: String = ""

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Status", \.status),
            .defaulted("Headers", \.headers),
            .defaulted("Body", \.body, "The body as UTF-8 text"),
        ]
    }

    package static let summary = "Sends one HTTP request to an allowed address"
    package static let kind = RPCMethodKind.longPoll
    package static let roles: Set<RPCRole> = [.task]
    package static let errors: [RPCErrorName] = [
        .invalidParams, .addressNotAllowed, .requestNotSent, .answerLost, .answerTimedOut, .answerTooLarge,
        .answerNotText,
    ]
    package static let exampleParams = Params.with {
        $0.url = "http://127.0.0.1:9000/2016-08-15/services/Demo/functions/pay/invocations"
        $0.body = "{\"price\":\"100\"}"
    }
    package static let exampleResult = Result.with {
        $0.status = 200
        $0.body = "{\"Status\":\"ok\"}"
    }
}

extension RPCErrorName {
    /// The allow-list does not name the address: nothing was sent.
    package static let addressNotAllowed: Self = "AddressNotAllowed"
    /// No connection could be made: nothing was sent, the same call may succeed later.
    package static let requestNotSent: Self = "RequestNotSent"
    /// The connection ended before the answer: the peer may have acted.
    package static let answerLost: Self = "AnswerLost"
    package static let answerTimedOut: Self = "AnswerTimedOut"
    package static let answerTooLarge: Self = "AnswerTooLarge"
    /// The body is no UTF-8.
    package static let answerNotText: Self = "AnswerNotText"
}
