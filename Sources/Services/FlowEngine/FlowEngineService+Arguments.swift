import FlowModel
import Primitives
import RPCProtocol

/// Reading parameters whose text has a form of its own.
extension FlowEngineService {
    func parseObject(_ text: String, parameter: String) throws(RPCError) -> JSONObject {
        let bytesMax = settings.limits.stepDataBytesMax
        guard text.utf8.count <= bytesMax else {
            throw .tooLarge(parameter, bytes: text.utf8.count, bytesMax: bytesMax)
        }
        let value: JSONValue
        do throws(JSONFault) { value = try JSONParser.parse(text) } catch {
            throw .argument(parameter, "it is not JSON: \(error)")
        }
        guard let object = value.objectValue else {
            throw .argument(parameter, "expected the text of a JSON object, found \(value.kind)")
        }
        return object
    }

    func checkLabels(_ labels: JSONObject) throws(RPCError) {
        guard labels.count <= settings.limits.labelsMax else {
            throw .argument(
                "Labels", "there are \(labels.count); at most \(settings.limits.labelsMax) are allowed")
        }
        for (name, value) in labels {
            guard (1...64).contains(name.utf8.count) else {
                throw .argument("Labels", "the name \"\(name)\" must have 1 to 64 bytes")
            }
            guard let text = value.stringValue, text.utf8.count <= 256 else {
                throw .argument("Labels", "the value of \"\(name)\" must be a string of at most 256 bytes")
            }
        }
    }

    func time(_ text: String?, parameter: String) throws(RPCError) -> Timestamp? {
        guard let text, !text.isEmpty else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw .argument(parameter, "\"\(text)\" is no time such as 2026-11-23T09:30:00.000Z")
        }
        return time
    }
}

extension Int64? {
    func inRange(_ range: ClosedRange<Int64>, parameter: String) throws(RPCError) -> Int64? {
        guard let number = self else { return nil }
        guard range.contains(number) else {
            throw .argument(parameter, "\(number) is not between \(range.lowerBound) and \(range.upperBound)")
        }
        return number
    }
}

extension String? {
    /// A cursor that is a number in text; empty means none.
    func number(parameter: String) throws(RPCError) -> Int64? {
        guard let text = self, !text.isEmpty else { return nil }
        guard let number = Int64(text), number > 0 else {
            throw .argument(parameter, "\"\(text)\" was not given by a page before")
        }
        return number
    }
}

/// The items of one page of a list: so many of them, and not more bytes than a reply should have.
struct Page<Item> {
    private let limit: Int
    private let bytesMax: Int
    private(set) var items: [Item] = []
    private var bytes = 0

    init(limit: Int, bytesMax: Int) {
        self.limit = limit
        self.bytesMax = bytesMax
    }

    /// False when the page is full without the item; the first one always fits.
    mutating func add(_ item: Item, bytes size: Int) -> Bool {
        guard items.count < limit, items.isEmpty || bytes + size <= bytesMax else { return false }
        items.append(item)
        bytes += size
        return true
    }
}
