import Primitives

extension LogLine {
    /// A line as a service wrote it: a JSON object, or plain text that is wrapped into one.
    ///
    /// The services log JSON only, so plain text comes from the runtime or a library and is a warning (4)
    /// unless a `<N>` prefix says otherwise.
    init(_ bytes: [UInt8], service: String, time: Timestamp) {
        if let value = try? JSONParser.parse(bytes), var object = value.objectValue {
            if object["service"]?.stringValue != nil {
                self.init(text: String(decoding: bytes, as: UTF8.self), fields: object)
                return
            }
            object["service"] = .string(service)
            self.init(object)
            return
        }
        var text = Substring(String(decoding: bytes, as: UTF8.self))
        if text.hasSuffix("\r") { text.removeLast() }
        var priority: Int64 = 4
        if text.count >= 3, text.hasPrefix("<"), let digit = text.dropFirst().first?.wholeNumberValue,
            digit < 8,
            text.dropFirst(2).first == ">"
        {
            priority = Int64(digit)
            text = text.dropFirst(3)
        }
        self.init(service: service, time: time, priority: priority, message: String(text))
    }

    /// A line of the supervisor about a service.
    init(service: String, time: Timestamp, priority: Int64, message: String) {
        self.init([
            "time": .string(time.description), "priority": .integer(priority), "service": .string(service),
            "message": .string(message),
        ])
    }

    private init(_ object: JSONObject) {
        self.init(text: JSONValue.object(object).text, fields: object)
    }
}
