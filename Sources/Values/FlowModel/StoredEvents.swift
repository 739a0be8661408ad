package import Primitives

extension HistoryEvent {
    /// Shape: `{"cause":1,"detail":{…},"id":2,"step":"pass1","time":1763892600000000,"type":"StepEntered"}`;
    /// `detail` is what is stored of it, `time` in microseconds.
    package var json: JSONValue {
        .object([
            "cause": .integer(scheduleEventID), "detail": .object(stored), "id": .integer(eventID),
            "step": .string(stepName), "time": .integer(time.microseconds), "type": .string(type.rawValue),
        ])
    }

    /// Appends the text of `json` without building it: the store encodes each event once, on the way to the
    /// disk.
    package func write(into buffer: inout [UInt8]) {
        JSONWriter.write(raw: #"{"cause":"#, into: &buffer)
        JSONWriter.write(scheduleEventID, into: &buffer)
        JSONWriter.write(raw: #","detail":"#, into: &buffer)
        JSONWriter.write(.object(stored), into: &buffer)
        JSONWriter.write(raw: #","id":"#, into: &buffer)
        JSONWriter.write(eventID, into: &buffer)
        JSONWriter.write(raw: #","step":"#, into: &buffer)
        JSONWriter.write(stepName, into: &buffer)
        JSONWriter.write(raw: #","time":"#, into: &buffer)
        JSONWriter.write(time.microseconds, into: &buffer)
        JSONWriter.write(raw: #","type":"#, into: &buffer)
        JSONWriter.write(type.rawValue, into: &buffer)
        buffer.append(UInt8(ascii: "}"))
    }

    /// Reads what `json` wrote; members it does not know are ignored, so that a later release may add some.
    package convenience init(json: JSONValue) throws(HistoryEventFault) {
        guard case .object(let object) = json else {
            throw HistoryEventFault(reason: "expected an object, found \(json.kind)")
        }
        let typeName = try object.string("type")
        guard let type = HistoryEventType(rawValue: typeName) else {
            throw HistoryEventFault(reason: "unknown event type \"\(typeName)\"")
        }
        guard let detail = object["detail"]?.objectValue else {
            throw HistoryEventFault(reason: "\"detail\" is missing or no object")
        }
        self.init(
            eventID: try object.integer("id"), scheduleEventID: try object.integer("cause"), type: type,
            stepName: try object.string("step"),
            time: Timestamp(microseconds: try object.integer("time")), detail: detail)
    }
}

extension JSONObject {
    fileprivate func string(_ key: String) throws(HistoryEventFault) -> String {
        guard let value = self[key]?.stringValue else {
            throw HistoryEventFault(reason: "\"\(key)\" is missing or no string")
        }
        return value
    }

    fileprivate func integer(_ key: String) throws(HistoryEventFault) -> Int64 {
        guard let value = self[key]?.integerValue else {
            throw HistoryEventFault(reason: "\"\(key)\" is missing or no integer")
        }
        return value
    }
}
