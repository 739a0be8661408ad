import HTTPMessage
import Primitives

/// What one of the article's URLs asks for.
enum LegacyCall: Sendable, Hashable {
    /// `GET /startFNF/{flow}/{orderNum}/{json}`
    case start(flow: String, orderNum: String, input: String)
    /// `GET /setPaymentCombination/{orderNum}/{combination}/{price}`
    case setPaymentCombination(orderNum: String, combination: String, price: DecimalNumber)

    init(_ head: WebHead) throws(LegacyFault) {
        let parts = head.path.drop { $0 == "/" }.split(
            separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("startFNF", 4):
            self = .start(
                flow: try Self.decoded(parts[1]), orderNum: try Self.decoded(parts[2]),
                input: try Self.input(parts[3], query: head.query))
        case ("setPaymentCombination", 4):
            self = .setPaymentCombination(
                orderNum: try Self.decoded(parts[1]), combination: try Self.decoded(parts[2]),
                price: try Self.price(try Self.decoded(parts[3])))
        case ("startFNF", _): throw .malformed("the URL is /startFNF/{flow}/{orderNum}/{json}")
        case ("setPaymentCombination", _):
            throw .malformed("the URL is /setPaymentCombination/{orderNum}/{combination}/{price}")
        default: throw .noSuchPath
        }
    }

    private static func decoded(_ part: Substring) throws(LegacyFault) -> String {
        guard let text = PercentCoding.decode(part, plusIsSpace: false) else {
            throw .malformed("'\(part.prefix(40))' is not percent-encoded UTF-8")
        }
        guard !text.isEmpty else { throw .malformed("a part of the URL is empty") }
        return text
    }

    /// The rest of the URL. A page that does not encode it leaves its slashes and question marks as they are.
    private static func input(_ rest: Substring, query: String?) throws(LegacyFault) -> String {
        let path = try decoded(rest)
        if isObject(path) { return path }
        if let query {
            let whole = try decoded("\(rest)?\(query)")
            if isObject(whole) { return whole }
        }
        throw .malformed("the last part of the URL is not a JSON object")
    }

    private static func isObject(_ text: String) -> Bool {
        (try? JSONParser.parse(text))?.objectValue != nil
    }

    /// The handlers multiply as Python does: 3 × 0.8 is `2.4000000000000004` there. Rounded to the coin.
    private static func price(_ text: String) throws(LegacyFault) -> DecimalNumber {
        guard let price = DecimalNumber(text)?.multiplied(by: DecimalNumber(1), roundedTo: 2), price >= .zero
        else { throw .malformed("'\(text.prefix(40))' is not a price such as 80 or 79.90") }
        return price
    }
}
