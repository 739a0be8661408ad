import FlowCore
import FlowModel
import FlowStore
import Logging
import Primitives

/// The engine's lines in the journal: two for an execution that goes well. `messageID` names the catalog's
/// entry.
struct ExecutionLog {
    let logger: Logger

    private func metadata(
        _ kind: String, _ entry: ExecutionEntry, _ more: Logger.Metadata = [:]
    ) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "messageID": "\(kind)", "execution": "\(entry.name)", "flow": "\(entry.flowName)",
        ]
        if let order = entry.labels["order"]?.stringValue { metadata["order"] = "\(order)" }
        if let schedule = entry.origin.schedule { metadata["schedule"] = "\(schedule)" }
        metadata.merge(more) { $1 }
        return metadata
    }

    func started(_ entry: ExecutionEntry) {
        logger.info(
            "execution \(entry.name) of \(entry.flowName) started",
            metadata: metadata("executionStarted", entry))
    }

    /// - Parameter events: of the transition that ended it.
    func ended(_ entry: ExecutionEntry, _ events: [HistoryEvent]) {
        let subject = "execution \(entry.name) of \(entry.flowName)"
        var more: Logger.Metadata = [:]
        if let error = entry.error { more["error"] = "\(error)" }
        let reason = [entry.error, entry.cause].compactMap { $0 }.filter { !$0.isEmpty }.joined(
            separator: ": ")
        let because = reason.isEmpty ? "" : ": \(reason)"
        switch entry.status {
        case .succeeded:
            logger.info("\(subject) succeeded", metadata: metadata("executionSucceeded", entry, more))
        case .stopped:
            logger.info(
                "\(subject) was stopped\(because)", metadata: metadata("executionStopped", entry, more))
        case .timedOut:
            logger.info("\(subject) timed out", metadata: metadata("executionTimedOut", entry, more))
        case .failed:
            let step = events.first { $0.type == .stepFailed }?.stepName ?? ""
            more["step"] = "\(step)"
            let place = step.isEmpty ? "" : " at step \(step)"
            logger.warning(
                "\(subject) failed\(place)\(because)", metadata: metadata("executionFailed", entry, more))
        case .starting, .running: return
        }
    }

    func taskTimedOut(_ entry: ExecutionEntry, step: String) {
        logger.warning(
            "step \(step) of execution \(entry.name) timed out",
            metadata: metadata("taskTimedOut", entry, ["step": "\(step)"]))
    }

    func unbound(_ entry: ExecutionEntry, _ invocation: TaskInvocation, _ reason: String) {
        logger.warning(
            "step \(invocation.stepName) of execution \(entry.name) fails: \(reason)",
            metadata: metadata(
                "unboundResource", entry,
                ["step": "\(invocation.stepName)", "resource": "\(invocation.resourceArn)"]))
    }

    func unboundAtApply(flow: String, step: String, arn: String, _ reason: String) {
        logger.warning(
            "flow \(flow), step \(step): \(reason); executions that reach the step will fail",
            metadata: [
                "messageID": "unboundResource", "flow": "\(flow)", "step": "\(step)", "resource": "\(arn)",
            ])
    }

    func undeliverable(_ delivery: Delivery, _ reason: String) {
        var metadata: Logger.Metadata = [
            "messageID": "taskUndeliverable", "execution": "\(delivery.execution)",
            "flow": "\(delivery.flow)",
            "step": "\(delivery.invocation.stepName)", "resource": "\(delivery.invocation.resourceArn)",
            "attempt": "\(delivery.invocation.attempt)", "error": "\(reason)",
        ]
        if let order = delivery.labels["order"]?.stringValue { metadata["order"] = "\(order)" }
        logger.warning(
            "\(delivery.binding.target) does not take a task now, it is tried again: \(reason)",
            metadata: metadata)
    }

    func scheduleTrouble(_ schedule: StoredSchedule?, _ key: Int64, _ reason: String) {
        let name = schedule.map { "\($0.name) of flow \($0.flowName)" } ?? "number \(key)"
        var metadata: Logger.Metadata = ["messageID": "scheduleTrouble", "error": "\(reason)"]
        if let schedule {
            metadata["schedule"] = "\(schedule.name)"
            metadata["flow"] = "\(schedule.flowName)"
        }
        logger.warning(
            "schedule \(name) is due and can't start, it is tried again: \(reason)", metadata: metadata)
    }

    func pushDropped(_ subscription: StoredSubscription, count: Int64, _ reason: String) {
        let many = count == 1 ? "a message" : "\(count) messages"
        logger.warning(
            "\(subscription.title) does not get \(many), all tries failed: \(reason)",
            metadata: subscription.metadata("pushDropped", reason))
    }

    func pushUndeliverable(_ subscription: StoredSubscription, _ reason: String) {
        logger.warning(
            "messages of \(subscription.title) wait, they are tried again: \(reason)",
            metadata: subscription.metadata("pushUndeliverable", reason))
    }

    func storeFault(_ error: StoreError, path: String) {
        logger.error(
            "\(error)", metadata: ["messageID": "storeFault", "path": "\(path)", "error": "\(error)"])
    }

    func storeWorksAgain() { logger.notice("the database takes commits again") }

    func unreadable(_ execution: Int64, _ reason: String) {
        logger.error(
            "execution number \(execution) can't be continued: \(reason)",
            metadata: ["messageID": "storeFault", "error": "\(reason)"])
    }
}

// MARK: - Damage

extension ExecutionLog {
    func lost(_ loss: JournalDamage) {
        logger.critical(
            "\(loss); the engine goes on behind them with what is there",
            metadata: [
                "messageID": "journalLost", "error": "\(loss.reason)", "sequence": "\(loss.first)",
            ])
    }

    func damaged(_ damage: JournalDamage) {
        var metadata: Logger.Metadata = [
            "messageID": "journalDamaged", "error": "\(damage.reason)", "sequence": "\(damage.first)",
        ]
        if let execution = damage.execution { metadata["number"] = "\(execution)" }
        logger.error("\(damage); all other executions go on", metadata: metadata)
    }

    func indexDamaged(_ error: StoreError) {
        logger.error(
            "\(error)",
            metadata: ["messageID": "indexDamaged", "path": "\(error.path)", "error": "\(error)"])
    }

    func retentionRan(_ removal: Removal) {
        let size = "\(removal.rows) rows with \(removal.bytes) bytes"
        logger.notice(
            "\(removal.executions) ended executions are kept no longer: \(size) removed",
            metadata: ["messageID": "retentionRan", "count": "\(removal.executions)"])
    }

    func retentionTrouble(_ reason: String) {
        logger.warning("executions that are kept no longer were not removed, it is tried again: \(reason)")
    }

    func indexMade(rows: Int) {
        logger.notice("the index of executions is made again from \(rows) rows of the journal")
    }
}

extension StoredSubscription {
    fileprivate var title: String {
        topic == 0 ? "the binding of topic \(topicName)" : "subscription \(name) of topic \(topicName)"
    }

    fileprivate func metadata(_ kind: String, _ reason: String) -> Logger.Metadata {
        [
            "messageID": "\(kind)", "topic": "\(topicName)",
            "subscription": "\(topic == 0 ? "resources.d" : name)", "error": "\(reason)",
        ]
    }
}

extension StoreError {
    var path: String {
        switch self {
        case .unavailable(let path, _), .broken(let path, _), .unreadable(let path, _),
            .damagedIndex(let path, _):
            path
        }
    }
}
