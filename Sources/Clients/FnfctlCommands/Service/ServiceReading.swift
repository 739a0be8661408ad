import Primitives
import RPCProtocol

/// What a service says of itself, or why it says nothing.
struct ServiceReading: Sendable {
    let service: ServiceName
    let outcome: Result<ServiceStatus, CommandFailure>

    /// A service that starts cold answers in less; one that is silent for longer hangs.
    private static let silenceMax: Duration = .seconds(5)

    /// A service that sleeps behind its socket is started by being asked.
    static func take(_ service: ServiceName, _ peers: Peers) async -> ServiceReading {
        do throws(CommandFailure) {
            let answer = try await peers.call(
                DescribeService.name, [:], on: service, door: .client, within: peers.timeout ?? silenceMax,
                patience: .seconds(1))
            let status: ServiceStatus
            do { status = try ServiceStatus(wire: answer, strict: false) } catch {
                throw CommandFailure(.failed, "its status is not as this fnfctl knows it: \(error)")
            }
            return ServiceReading(service: service, outcome: .success(status))
        } catch {
            return ServiceReading(service: service, outcome: .failure(error))
        }
    }

    var json: JSONValue {
        switch outcome {
        case .success(let status):
            guard case .object(var object) = status.wire else { return status.wire }
            object["reachable"] = true
            return .object(object)
        case .failure(let failure):
            return [
                "name": .string(service.rawValue), "reachable": false, "error": .string(failure.sentence),
            ]
        }
    }

    /// Service, State, Version, Uptime, Connections, In flight, Outbox, Trouble
    var row: [Cell] {
        switch outcome {
        case .success(let status):
            let troubles = Self.troubles(in: .object(status.details))
            return [
                Cell(service.rawValue), Cell(state: status.state.rawValue), Cell(status.version),
                Cell(TimeText.length(status.uptimeSeconds)), Cell(String(status.connections)),
                Cell(inFlight(status)), Cell(Self.outbox(status.details)),
                Cell(troubles.joined(separator: "; "), .bad),
            ]
        case .failure(let failure):
            let state = failure.status == .denied ? "denied" : "unreachable"
            return [
                Cell(service.rawValue), Cell(state: state), "", "", "", "", "", Cell(failure.sentence, .bad),
            ]
        }
    }

    /// Requests at work without this one; `+ 2 waiting` when streams and long polls are open.
    private func inFlight(_ status: ServiceStatus) -> String {
        let working = String(max(0, status.requestsInFlight - 1))
        return status.waitsInFlight > 0 ? "\(working) + \(status.waitsInFlight) waiting" : working
    }

    /// Messages that wait to be delivered, over all lanes.
    static func outbox(_ details: JSONObject) -> String {
        switch details["outbox"] {
        case .integer(let count): "\(count)"
        case .object(let outbox): "\(depth(outbox) ?? outbox.reduce(0) { $0 + depth(lane: $1.value) })"
        default: "-"
        }
    }

    private static func depth(_ object: JSONObject) -> Int64? {
        (object["depth"] ?? object["pending"])?.integerValue
    }

    private static func depth(lane: JSONValue) -> Int64 {
        lane.integerValue ?? lane.objectValue.flatMap(depth) ?? 0
    }

    /// Each sentence that stands under `trouble`, `troubles` or `store`, and what is `down`, however deep.
    static func troubles(in value: JSONValue) -> [String] {
        switch value {
        case .array(let elements): return elements.flatMap(troubles)
        case .object(let object):
            if object["state"] == "down", let name = object["name"]?.stringValue {
                return ["\(name) is down: \(object["lastError"]?.stringValue ?? "no answer")"]
            }
            return object.flatMap { key, value in
                ["trouble", "troubles", "store"].contains(key) ? sentences(value) : troubles(in: value)
            }
        default: return []
        }
    }

    private static func sentences(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): text.isEmpty ? [] : [text]
        case .array(let elements): elements.flatMap(sentences)
        case .object(let object): object.flatMap { key, value in sentences(value).map { "\(key): \($0)" } }
        default: []
        }
    }
}
