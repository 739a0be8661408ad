package import FlowEngineAPI
import Primitives
package import RPCProtocol

/// Who uses the services from outside: asks again under the same key until it is answered, as every client must, and
/// remembers what it was told.
package struct PersistentClient: Sendable {
    let town: CrashTown
    let loop: StageLoop

    package func caller(_ service: String, _ door: RPCDoor) -> any RPCCaller {
        Wire(town: town, from: nil, fromLoop: loop, to: service, door: door)
    }

    package func pause(_ duration: Duration) async {
        await withCheckedContinuation { continuation in
            _ = loop.after(duration) { continuation.resume() }
        }
    }

    /// Throws: a refusal that no repetition would change.
    package func insist<Method: RPCMethod>(
        _ method: Method.Type, _ params: Method.Params, at service: String = "flow-engine",
        _ door: RPCDoor = .client, key: String? = nil
    ) async throws(RPCError) -> Method.Result {
        let caller = caller(service, door)
        while true {
            do throws(RPCFailure) {
                return try await caller.call(method, params, meta: RPCMeta(idempotencyKey: key))
            } catch {
                if let answer = error.answer, !answer.mayPass { throw answer }
            }
            await pause(.milliseconds(50))
        }
    }

    package func apply(_ definition: String, as name: String) async throws(RPCError) {
        do throws(RPCError) {
            _ = try await insist(
                CreateFlow.self,
                .with {
                    $0.name = name
                    $0.definition = definition
                }, .admin)
        } catch {
            // The first of two calls was carried out, and its answer lost.
            guard error.name == .flowAlreadyExists else { throw error }
        }
    }

    package func start(_ flow: String, _ name: String, input: String) async throws(RPCError) {
        do throws(RPCError) {
            _ = try await insist(
                StartExecution.self,
                .with {
                    $0.flowName = flow
                    $0.executionName = name
                    $0.input = input
                })
        } catch {
            guard error.name == .executionAlreadyExists else { throw error }
        }
        town.acknowledged.started.insert("\(flow)/\(name)")
    }

    func report(_ task: TaskMeta, _ ending: TaskDesk.Ending) async {
        let key = "report of \(task.key)"
        do throws(RPCError) {
            let event: Int64
            switch ending {
            case .success(let output):
                event = try await insist(
                    ReportTaskSucceeded.self,
                    .with {
                        $0.taskToken = task.token
                        $0.output = JSONValue.object(output).text
                    }, .report, key: key
                ).eventId
            case .failure(let name):
                event = try await insist(
                    ReportTaskFailed.self,
                    .with {
                        $0.taskToken = task.token
                        $0.error = name
                        $0.cause = "as planned"
                    }, .report, key: key
                ).eventId
            }
            town.acknowledged.reports.append((task, event))
        } catch {
            town.fault("the report of \(task.key) was refused: \(error)")
        }
    }

    /// Follows an execution to its end; every event it is shown counts as acknowledged.
    @discardableResult
    package func follow(_ flow: String, _ name: String) async -> ExecutionRecord {
        let town = town
        while true {
            let last = town.acknowledged.lastEvent(flow, name)
            do throws(RPCFailure) {
                let record = try await caller("flow-engine", .client).stream(
                    WatchExecution.self,
                    .with {
                        $0.flowName = flow
                        $0.executionName = name
                        $0.afterEventId = last
                    }
                ) { item in
                    for event in item.events { town.acknowledged.note(event, of: flow, name) }
                }
                town.acknowledged.ends["\(flow)/\(name)"] = "\(record.status) \(record.output)"
                return record
            } catch {
                if let answer = error.answer, !answer.mayPass {
                    town.fault("\(flow)/\(name) can't be followed: \(answer)")
                    return ExecutionRecord()
                }
            }
            await pause(.milliseconds(50))
        }
    }

    package func history(_ flow: String, _ name: String) async throws(RPCError) -> [EventRecord] {
        try await insist(
            GetExecutionHistory.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
                $0.limit = 1000
            }
        ).events
    }
}

extension RPCError {
    /// Whether the same call may be answered otherwise later.
    var mayPass: Bool {
        retryable
            || [
                .internalFault, .deadlineExceeded, .canceled, .resourceThrottled, .serviceUnavailable,
                .slowConsumer,
            ].contains(name)
    }
}
