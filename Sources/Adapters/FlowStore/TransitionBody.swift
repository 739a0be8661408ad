package import FlowModel
package import Primitives

/// What is fixed at the start of an execution; stands in its first row.
package struct ExecutionStart: Sendable, Hashable {
    package let flow: Int64
    package let flowName: String
    package let name: String
    package let definition: String
    package let labels: JSONObject
    package let origin: ExecutionOrigin

    package init(
        flow: Int64, flowName: String, name: String, definition: String, labels: JSONObject,
        origin: ExecutionOrigin = ExecutionOrigin()
    ) {
        self.flow = flow
        self.flowName = flowName
        self.name = name
        self.definition = definition
        self.labels = labels
        self.origin = origin
    }
}

/// The content of a row: the events of one transition, and what the index needs to know after it.
///
/// Shape: `{"deadline":…,"events":[…],"first":17,"start":{…},"time":…,"undelivered":true,"v":2}`, where
/// `first` and `time` are the first event's and belong to `StoredEvents`; a version is only ever added, and
/// every released one is read for ever. Version 1 was never released.
package struct TransitionBody: Sendable, Hashable {
    package static let version: Int64 = 2
    /// An Input may be as deep as a document may, and stands here within six levels more.
    static let depthMax = JSONParser.depthMax + 6

    package var start: ExecutionStart?
    package var events: [HistoryEvent]
    package var deadline: Timestamp?
    package var hasUndelivered: Bool

    package init(
        start: ExecutionStart? = nil, events: [HistoryEvent], deadline: Timestamp? = nil,
        hasUndelivered: Bool = false
    ) {
        self.start = start
        self.events = events
        self.deadline = deadline
        self.hasUndelivered = hasUndelivered
    }

    /// Written straight into the row's bytes: each event is encoded once on its way to the disk.
    package var encoded: [UInt8] {
        var buffer: [UInt8] = []
        buffer.reserveCapacity(24 * events.count + (start == nil ? 160 : 512))
        buffer.append(UInt8(ascii: "{"))
        if let deadline {
            JSONWriter.write(raw: #""deadline":"#, into: &buffer)
            JSONWriter.write(deadline.microseconds, into: &buffer)
            buffer.append(UInt8(ascii: ","))
        }
        JSONWriter.write(raw: #""events":"#, into: &buffer)
        StoredEvents.write(events, into: &buffer)
        if let first = events.first {
            JSONWriter.write(raw: #","first":"#, into: &buffer)
            JSONWriter.write(first.eventID, into: &buffer)
        }
        if let start {
            JSONWriter.write(raw: #","start":"#, into: &buffer)
            JSONWriter.write(.object(start.json), into: &buffer)
        }
        if let first = events.first {
            JSONWriter.write(raw: #","time":"#, into: &buffer)
            JSONWriter.write(first.time.microseconds, into: &buffer)
        }
        if hasUndelivered { JSONWriter.write(raw: #","undelivered":true"#, into: &buffer) }
        JSONWriter.write(raw: #","v":2}"#, into: &buffer)
        return buffer
    }

    package init(row: JournalRow) throws(StoreError) {
        do { try self.init(bytes: row.body) } catch {
            throw .unreadable(place: "row \(row.sequence) of the journal", reason: error.reason)
        }
    }

    private struct Fault: Error { let reason: String }

    private init(bytes: [UInt8]) throws(Fault) {
        let json: JSONValue
        do { json = try JSONParser.parse(bytes, depthMax: Self.depthMax) } catch {
            throw Fault(reason: "it is not JSON: \(error)")
        }
        guard let version = json["v"]?.integerValue else { throw Fault(reason: "it names no version") }
        guard version == Self.version else {
            throw Fault(
                reason: "it has version \(version), this build reads \(Self.version): "
                    + "install the build that wrote it")
        }
        guard let items = json["events"]?.arrayValue else { throw Fault(reason: "it has no events") }
        guard let first = items.isEmpty ? 1 : json["first"]?.integerValue, first > 0,
            let time = items.isEmpty ? 0 : json["time"]?.integerValue
        else { throw Fault(reason: "it lacks \"first\" or \"time\" of its events") }
        do {
            events = try StoredEvents.read(items, first: first, time: Timestamp(microseconds: time))
        } catch {
            throw Fault(reason: error.description)
        }
        if let object = json["start"] {
            guard let read = ExecutionStart(json: object) else {
                throw Fault(reason: "its \"start\" is incomplete")
            }
            start = read
        }
        deadline = json["deadline"]?.integerValue.map(Timestamp.init(microseconds:))
        hasUndelivered = json["undelivered"]?.boolValue ?? false
    }
}

extension ExecutionStart {
    var json: JSONObject {
        var object: JSONObject = [
            "definition": .string(definition), "flow": .integer(flow), "flowName": .string(flowName),
            "name": .string(name),
        ]
        if !labels.isEmpty { object["labels"] = .object(labels) }
        let origin = origin.json
        if !origin.isEmpty { object["origin"] = .object(origin) }
        return object
    }

    init?(json: JSONValue) {
        guard let flow = json["flow"]?.integerValue, let flowName = json["flowName"]?.stringValue,
            let name = json["name"]?.stringValue, let definition = json["definition"]?.stringValue
        else { return nil }
        self.init(
            flow: flow, flowName: flowName, name: name, definition: definition,
            labels: json["labels"]?.objectValue ?? [:],
            origin: ExecutionOrigin(json: json["origin"]?.objectValue ?? [:]))
    }
}
