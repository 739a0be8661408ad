import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// The engine's answers to what it can't do, in the words of the published API.
extension RPCError {
    static func argument(_ parameter: String, _ reason: String) -> RPCError {
        RPCError(.invalidArgument, "\(parameter): \(reason)", details: ["parameter": .string(parameter)])
    }

    static func tooLarge(_ parameter: String, bytes: Int, bytesMax: Int) -> RPCError {
        RPCError(
            .entityTooLarge, "\(parameter) has \(bytes) bytes; at most \(bytesMax) are allowed",
            details: ["parameter": .string(parameter), "bytesMax": .integer(Int64(bytesMax))])
    }

    static func flowNotExists(_ flow: String) -> RPCError {
        RPCError(.flowNotExists, "Flow \(flow) does not exist", details: ["flow": .string(flow)])
    }

    static func flowAlreadyExists(_ flow: String) -> RPCError {
        RPCError(
            .flowAlreadyExists, "Flow \(flow) already exists with other content; UpdateFlow changes it",
            details: ["flow": .string(flow)])
    }

    static func flowChangedMeanwhile(_ flow: String, _ time: Timestamp) -> RPCError {
        RPCError(
            .concurrentUpdateError, "Flow \(flow) was changed meanwhile, at \(time)",
            details: ["flow": .string(flow), "lastModifiedTime": .string(time.description)])
    }

    static func executionNotExists(_ execution: String, of flow: String) -> RPCError {
        RPCError(
            .executionNotExists, "Execution \(execution) for flow \(flow) does not exist",
            details: ["execution": .string(execution), "flow": .string(flow)])
    }

    static func executionAlreadyExists(_ entry: ExecutionEntry) -> RPCError {
        RPCError(
            .executionAlreadyExists, "Execution \(entry.name) for flow \(entry.flowName) already exists",
            details: ["status": .string(entry.status.rawValue)])
    }

    static func executionAlreadyCompleted(_ entry: ExecutionEntry) -> RPCError {
        RPCError(
            .executionAlreadyCompleted,
            "Execution \(entry.name) for flow \(entry.flowName) has already completed (\(entry.status))",
            details: ["status": .string(entry.status.rawValue)])
    }

    /// `outcome` is the type of the event that ended the task, or the end of its execution.
    static func taskAlreadyCompleted(outcome: HistoryEventType, eventID: Int64) -> RPCError {
        RPCError(
            .taskAlreadyCompleted, "the task has already completed: \(outcome.rawValue) (event \(eventID))",
            details: ["outcome": .string(outcome.rawValue), "eventId": .integer(eventID)])
    }

    init(_ error: StoreError) {
        switch error {
        case .unavailable, .broken: self = .unavailable("\(error). Nothing was changed; try again later")
        case .damagedIndex: self = .unavailable("\(error). Nothing was changed; try again in some seconds")
        case .unreadable:
            self.init(
                .internalFault, "\(error); what is intact goes on, fnfctl admin verify tells what is not")
        }
    }
}

extension ExecutionStatus {
    /// The event that ends an execution so.
    var endEvent: HistoryEventType {
        switch self {
        case .starting, .running: .executionStarted
        case .stopped: .executionStopped
        case .succeeded: .executionSucceeded
        case .failed: .executionFailed
        case .timedOut: .executionTimedOut
        }
    }
}

/// Turns a store's error into an answer.
func answering<Value>(_ body: () throws(StoreError) -> Value) throws(RPCError) -> Value {
    do throws(StoreError) { return try body() } catch { throw RPCError(error) }
}
