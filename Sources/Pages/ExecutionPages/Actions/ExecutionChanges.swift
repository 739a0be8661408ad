import ConsoleParts
import FlowEngineAPI
import FlowModel
import HTTPMessage
import Primitives
import RPCProtocol
import WebPages

/// What an operator does to an execution from its page.
struct ExecutionChanges: Sendable {
    /// Units: bytes of a form with an input or a result in it, encoded.
    static let inputBytesMax = 3 << 20

    /// The name of a stop that was given a reason and no name.
    static let stopError = "Stopped"

    let engine: any ServicePort
    let page: ExecutionPage

    func stop(_ request: PageRequest) async throws -> PageAnswer {
        let (flow, name) = try ExecutionPage.mayTouch(request)
        let (error, cause) = (request.field("error"), request.field("cause"))
        _ = try await engine.call(
            StopExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
                // A reason needs a name that parents can compare.
                $0.error = error.isEmpty ? cause.isEmpty ? nil : Self.stopError : error
                $0.cause = cause.isEmpty ? nil : cause
            }, as: request.visitor.role)
        return .seeOther(ConsolePaths.execution(flow, name))
    }

    /// The same form sent twice starts one: the execution's name stands in it.
    func again(_ request: PageRequest) async throws -> PageAnswer {
        let (flow, name) = try ExecutionPage.mayTouch(request)
        let (newName, input) = (request.field("name"), request.form["input"] ?? "")
        var faults: [String: String] = [:]
        if let fault = NameRule.check(newName, kind: .execution) { faults["name"] = fault }
        do {
            if try JSONParser.parse(input).objectValue == nil {
                faults["input"] = "It must be a JSON object."
            }
        } catch { faults["input"] = "\(error)" }
        guard faults.isEmpty else {
            return try await page.shown(request, faults: faults, given: ["name": newName, "input": input])
        }
        let before = try await engine.call(
            DescribeExecution.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
            }, as: request.visitor.role)
        do throws(RPCFailure) {
            _ = try await engine.call(
                StartExecution.self,
                .with {
                    $0.flowName = flow
                    $0.executionName = newName
                    $0.input = input
                    $0.qualifier = before.qualifier
                    $0.labels = before.labels
                }, as: request.visitor.role)
        } catch {
            guard case .answered(let answer) = error, answer.name == .executionAlreadyExists else {
                throw error
            }
            return try await page.shown(
                request, faults: ["name": "There is an execution of this name already."],
                given: ["name": newName, "input": input])
        }
        return .seeOther(ConsolePaths.execution(flow, newName))
    }

    func report(_ request: PageRequest) async throws -> PageAnswer {
        let (flow, name) = try ExecutionPage.mayTouch(request)
        guard let event = Int64(request.field("event")) else {
            throw Problem.badField("The form names no task.", request.language)
        }
        let token = try await token(flow, name, event, request)
        if request.field("outcome") == "failed" {
            _ = try await engine.call(
                ReportTaskFailed.self,
                .with {
                    $0.taskToken = token
                    $0.error = request.field("error")
                    $0.cause = request.field("cause")
                }, as: request.visitor.role)
        } else {
            let output = request.form["output"] ?? ""
            do { _ = try JSONParser.parse(output) } catch {
                throw Problem.badField("The result is no JSON: \(error)", request.language)
            }
            _ = try await engine.call(
                ReportTaskSucceeded.self,
                .with {
                    $0.taskToken = token
                    $0.output = output
                }, as: request.visitor.role)
        }
        return .seeOther(ConsolePaths.execution(flow, name))
    }

    private func token(
        _ flow: String, _ name: String, _ event: Int64, _ request: PageRequest
    ) async throws -> String {
        let tasks = try await engine.call(
            ListOpenTasks.self,
            .with {
                $0.flowName = flow
                $0.executionName = name
            }, as: request.visitor.role
        ).tasks
        guard let token = tasks.first(where: { $0.scheduledEventId == event })?.taskToken else {
            throw Problem(
                409, "That task has ended",
                "Its report came meanwhile, it timed out, or the execution ended.",
                advice: "The execution's page shows what happened.")
        }
        return token
    }
}
