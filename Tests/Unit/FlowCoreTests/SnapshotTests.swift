import FlowCore
import FlowModel
import Primitives
import Testing

/// `Scenario` and the oracle's runs prove for random flows that a snapshot comes back equal; here what they cannot.
struct SnapshotTests {
    static let flow = """
        version: v1
        type: flow
        steps:
          - type: foreach
            name: each
            iterationMapping: {collection: $.names, item: name}
            steps:
              - type: choice
                name: which
                choices:
                  - condition: $.name > 0
                    steps:
                      - type: task
                        name: work
                        resourceArn: acs:fc:::f
                        retry: [{errors: [E], intervalSeconds: 5}]
                default:
                  steps: [{type: wait, name: pause, duration: 7}]
        """

    private func scenario() throws -> Scenario {
        var scenario = try Scenario(Self.flow)
        try scenario.start(["names": [0, 1, 2]])
        let id = try scenario.task()
        let failure = FlowFailure(error: "E", cause: "why")
        try scenario.step(.taskFailed(scheduledEventID: id, failure, by: .service), at: 1)
        return scenario
    }

    private func read(_ bytes: [UInt8], _ scenario: Scenario) throws(SnapshotFault) -> ExecutionMachine {
        try ExecutionMachine(
            definition: scenario.machine.definition, flow: "F", execution: "1", snapshot: bytes)
    }

    @Test func `a snapshot is a document that people can read, and repeats nothing`() throws {
        let text = String(decoding: try scenario().machine.snapshot, as: UTF8.self)
        #expect(
            text == """
                {"input":{"names":[0,1,2]},"lastEvent":20,"lastTime":1763892601000000,"outcomes":\
                [[13,20,"TaskFailed"]],"started":1763892600000000,"status":"Running","threads":[\
                {"id":0,"lists":[{"at":0,"run":{"entered":2,"phase":"forked","results":[null,null,null],\
                "running":3,"started":3}}],"tail":3},\
                {"id":4,"index":0,"lists":[{"at":0,"run":{"branch":"default","entered":5,"phase":"branch"}},\
                {"at":0,"run":{"entered":7,"phase":"waiting","until":1763892607000000}}],"parent":0,"tail":8},\
                {"id":9,"index":1,"lists":[{"at":0,"run":{"branch":0,"entered":10,"phase":"branch"}},\
                {"at":0,"run":{"attempt":1,"entered":12,"failure":{"cause":"why","error":"E"},\
                "phase":"backoff","retries":[[0,1]],"scheduled":13,"until":1763892606000000}}],\
                "parent":0,"tail":20},\
                {"id":14,"index":2,"lists":[{"at":0,"run":{"branch":0,"entered":15,"phase":"branch"}},\
                {"at":0,"run":{"attempt":0,"entered":17,"phase":"task","scheduled":18}}],"parent":0,\
                "tail":18}],"v":1}
                """)
    }

    /// Each part taken away, and each replaced by something else: a fault that names a place, never a trap.
    @Test func `damaged snapshots are refused or read, and never trap`() throws {
        let scenario = try scenario()
        let json = try JSONParser.parse(scenario.machine.snapshot)
        var refused = 0
        for damaged in json.damaged {
            do throws(SnapshotFault) {
                _ = try read(damaged.utf8Bytes, scenario)
            } catch {
                refused += 1
                #expect(!error.place.isEmpty && !error.reason.isEmpty)
            }
        }
        #expect(refused > 100)
        #expect(throws: SnapshotFault.self) { try read(Array("{".utf8), scenario) }
    }

    @Test func `a snapshot of another definition is refused with the place`() throws {
        let other = try Scenario(
            "version: v1\ntype: flow\nsteps:\n- {type: pass, name: each}\n- {type: pass, name: last}")
        let fault = #expect(throws: SnapshotFault.self) { try read(scenario().machine.snapshot, other) }
        #expect(fault?.place == "threads[0].lists[0].run")
        #expect(fault?.reason == "a pass is never \"forked\"")
    }
}

extension JSONValue {
    /// Itself with one part missing or of another kind, for each part.
    fileprivate var damaged: [JSONValue] {
        switch self {
        case .object(let object):
            var all: [JSONValue] = [nil]
            for (key, value) in object {
                var without = object
                without[key] = .none
                all.append(.object(without))
                for part in value.damaged {
                    var other = object
                    other[key] = .some(part)
                    all.append(.object(other))
                }
            }
            return all
        case .array(let array):
            var all: [JSONValue] = [nil, .array([])]
            for index in array.indices {
                for part in array[index].damaged {
                    var other = array
                    other[index] = part
                    all.append(.array(other))
                }
            }
            return all
        case .integer: return [nil, "x", -1, 99, .integer(.max), .integer(.min)]
        default: return [nil, 7, "x", [:]]
        }
    }
}
