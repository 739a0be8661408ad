import FlowCore
import FlowDefinition
import FlowModel
import FlowStore
import HTTPMessage
import Primitives
import RPCProtocol

/// Tasks on their way to the services: at least once, each attempt under one key, until the service has
/// answered or the task has ended.
extension FlowEngineService {
    func binding(for arn: String) -> ResourceBinding? {
        if let known = resolvedBindings[arn] { return known }
        guard let binding = resolver.binding(for: arn) else { return nil }
        if resolvedBindings.count > Self.knownNamesMax { resolvedBindings.removeAll() }
        resolvedBindings[arn] = binding
        return binding
    }

    /// Names come from definitions; the bound only keeps a flood of definitions from filling the memory.
    static let knownNamesMax = 10_000

    /// Begins to deliver an attempt, unless that is going on already.
    func deliver(_ worker: ExecutionWorker, _ invocation: TaskInvocation) {
        let key = TaskKey(execution: worker.id, scheduledEventID: invocation.scheduledEventID)
        guard !isDraining, dispatcher.delivery(key) == nil else { return }
        guard let binding = binding(for: invocation.resourceArn) else {
            if deliverInside(worker, invocation) { return }
            return failUnbound(worker, invocation)
        }
        if let topic = existingTopic(of: invocation.resourceArn) {
            publishBeforeCall(worker.id, invocation, binding, topic: topic)
        } else {
            dispatch(worker, invocation, binding)
        }
    }

    func dispatch(_ worker: ExecutionWorker, _ invocation: TaskInvocation, _ binding: ResourceBinding) {
        dispatcher.add(
            Delivery(
                key: TaskKey(execution: worker.id, scheduledEventID: invocation.scheduledEventID),
                invocation: invocation, flow: worker.entry.flowName, execution: worker.entry.name,
                labels: worker.entry.labels, isUnderWay: worker.machine.hasEndedTask, binding: binding))
        pump(binding)
    }

    private func failUnbound(_ worker: ExecutionWorker, _ invocation: TaskInvocation) {
        let reason = resolver.unboundText(invocation.resourceArn)
        log.unbound(worker.entry, invocation, reason)
        let failure = FlowFailure(error: FailureName.unboundResource, cause: reason, limits: settings.limits)
        do throws(StoreError) {
            // Asked for again: what this commit did before may have let go of it.
            let worker = try self.worker(worker.id)
            _ = try? step(worker, invocation.failed(failure))
        } catch {
            cannotContinue(worker.id, error)
        }
    }

    /// Makes the calls of a binding's line that may be made now.
    func pump(_ binding: ResourceBinding) {
        while let delivery = dispatcher.next(binding) {
            departures.note(second)
            call(delivery)
        }
    }

    /// Transitions that one commit takes along only when more happens than the engine can follow: what comes
    /// while it works waits for the next.
    private static let busyCommit = 128.0

    /// Lets starts in, or keeps them out, by how many attempts wait.
    func noteBacklog() {
        let isBusy = commitSizes.mean >= Self.busyCommit
        // Only long lines are worth a second look.
        guard dispatcher.waitingCount > startGate.busyBacklogMax / 2 else {
            return startGate.note(backlog: dispatcher.waitingCount, perSecond: 0, isBusy: isBusy)
        }
        startGate.note(
            backlog: dispatcher.waitingCountOfReachable, perSecond: departures.perSecond(at: second),
            isBusy: isBusy)
    }

    private var second: Int64 { world.now.microseconds / 1_000_000 }

    private func pumpAll() {
        for binding in dispatcher.waitingBindings { pump(binding) }
    }

    private func call(_ delivery: Delivery) {
        metrics.noteDispatched(again: delivery.redeliveries > 0)
        let call = TaskCall(delivery.invocation)
        let meta = meta(of: delivery)
        let (binding, key) = (delivery.binding, delivery.key)
        let caller = callers(binding.target)
        let params = params(of: delivery, call)
        delivery.state = .calling(
            loop.spawn { [self] in
                let result: Result<JSONValue, RPCFailure>
                do throws(RPCFailure) {
                    result = .success(try await caller.call(binding.method, try params.get(), meta: meta))
                } catch {
                    result = .failure(error)
                }
                await returned(key, binding, call, result)
            })
    }

    private func params(of delivery: Delivery, _ call: TaskCall) -> Result<JSONValue, RPCFailure> {
        guard case .http(let target) = delivery.binding.target else { return .success(.object(call.params)) }
        do throws(WebLocation.Fault) {
            return .success(try target.request(for: delivery, call, limits: settings.limits).wire)
        } catch {
            return .failure(.answered(RPCError(.invalidParams, error.description)))
        }
    }

    private func meta(of delivery: Delivery) -> RPCMeta {
        let invocation = delivery.invocation
        var meta = RPCMeta(
            idempotencyKey: delivery.attemptKey,
            task: TaskMeta(
                flow: delivery.flow, execution: delivery.execution, step: invocation.stepName,
                scheduledEventID: invocation.scheduledEventID, attempt: invocation.attempt,
                token: invocation.token,
                deadline: invocation.deadline, labels: delivery.labels, redelivery: delivery.redeliveries))
        if let deadline = invocation.deadline {
            meta.deadlineMs = max(1, (deadline.microseconds - world.now.microseconds) / 1000)
        }
        return meta
    }

    private func returned(
        _ key: TaskKey, _ binding: ResourceBinding, _ call: TaskCall, _ result: Result<JSONValue, RPCFailure>
    ) {
        dispatcher.noteReturned(binding)
        defer { pumpAll() }
        guard !isDraining else { return }
        let delivery = dispatcher.delivery(key)
        switch outcome(of: result, binding, call) {
        case .output(let answer):
            dispatcher.health(of: binding.target).noteAnswer()
            guard let delivery else { return }
            let output = call.output(answer: answer, key: delivery.attemptKey, world: world)
            finish(delivery, delivery.invocation.answered(output))
        case .failed(let failure):
            dispatcher.health(of: binding.target).noteAnswer()
            guard let delivery else { return }
            finish(delivery, delivery.invocation.failed(failure))
        case .unreached(let failure):
            // Told by the execution's own failure, or not at all when the flow tries again.
            _ = dispatcher.health(of: binding.target).noteTrouble(failure.cause, at: world.now)
            guard let delivery else { return }
            finish(delivery, delivery.invocation.failed(failure))
        case .trouble(.canceled) where delivery == nil:
            dispatcher.health(of: binding.target).isProbing = false
        case .trouble(let failure):
            noteTrouble(binding.target, failure, delivery)
            if let delivery { redeliver(delivery, failure) }
        }
    }

    private func outcome(
        of result: Result<JSONValue, RPCFailure>, _ binding: ResourceBinding, _ call: TaskCall
    ) -> CallOutcome {
        guard case .http = binding.target else { return result.outcome(limits: settings.limits) }
        return HTTPTaskAnswer.outcome(of: result, wantsValue: call.wantsValue, limits: settings.limits)
    }

    /// The attempt has its answer.
    private func finish(_ delivery: Delivery, _ input: Input) {
        dispatcher.remove(delivery)
        do throws(StoreError) {
            let worker = try worker(delivery.key.execution)
            // Refused: the task ended in this very tick, by its token or its time.
            _ = try? step(worker, input)
        } catch {
            cannotContinue(delivery.key.execution, error)
        }
    }
}

// MARK: - When a service does not take a task

extension FlowEngineService {
    private func noteTrouble(_ target: TaskTarget, _ failure: RPCFailure, _ delivery: Delivery?) {
        let health = dispatcher.health(of: target)
        let isNews = health.noteTrouble(failure.description, at: world.now)
        if isNews, let delivery { log.undeliverable(delivery, failure.description) }
        guard case .unreachable = failure else {
            // Somebody was there: others need not wait for a trial.
            health.connectFailures = 0
            health.isProbing = false
            return
        }
        pause(target, health)
    }

    /// Nobody is there: one call tries again after a pause, the others wait for it.
    private func pause(_ target: TaskTarget, _ health: TargetHealth) {
        health.isProbing = false
        guard health.pause == nil else { return }
        health.connectFailures += 1
        health.pause = loop.after(redelivery.pause(after: health.connectFailures, world: world)) { [self] in
            assumeIsolated { $0.targetPauseEnded(target) }
        }
    }

    private func targetPauseEnded(_ target: TaskTarget) {
        dispatcher.health(of: target).pause = nil
        pumpAll()
    }

    private var redelivery: Backoff {
        Backoff(first: settings.redeliveryFirst, longest: settings.redeliveryMax)
    }

    /// Sends the same attempt again: at once when the target itself is waited for, else after a pause of its
    /// own.
    private func redeliver(_ delivery: Delivery, _ failure: RPCFailure) {
        delivery.trouble = failure.description
        delivery.redeliveries += 1
        if case .unreachable = failure { return enqueue(delivery) }
        let key = delivery.key
        let pause = redelivery.pause(after: delivery.redeliveries, world: world)
        delivery.state = .pausing(loop.after(pause) { [self] in assumeIsolated { $0.pauseEnded(key) } })
    }

    private func pauseEnded(_ key: TaskKey) {
        guard !isDraining, let delivery = dispatcher.delivery(key) else { return }
        enqueue(delivery)
        pump(delivery.binding)
    }

    /// The bindings may have changed since it was sent last.
    private func enqueue(_ delivery: Delivery) {
        if let binding = binding(for: delivery.invocation.resourceArn) { delivery.binding = binding }
        dispatcher.enqueue(delivery)
    }

    /// Forgets attempts that have ended otherwise: by their token, their time, or with their execution.
    func dropEndedDeliveries(of worker: ExecutionWorker) {
        for delivery in dispatcher.deliveries(of: worker.id) {
            let outcome = worker.machine.taskOutcome(scheduledEventID: delivery.key.scheduledEventID)
            guard outcome != nil || !worker.entry.isOpen else { continue }
            dispatcher.remove(delivery)
            switch (outcome?.type, delivery.state) {
            // A service that reports before it answers is about to answer: a cancel would only cost a
            // message.
            case (.taskSucceeded, .calling), (.taskFailed, .calling): continue
            default: delivery.cancel()
            }
        }
    }
}

extension TaskInvocation {
    func answered(_ output: JSONValue) -> Input {
        pattern.waitsForReport
            ? .taskSubmitted(scheduledEventID: scheduledEventID, output: output)
            : .taskSucceeded(scheduledEventID: scheduledEventID, output: output, by: .service)
    }

    func failed(_ failure: FlowFailure) -> Input {
        pattern.waitsForReport
            ? .taskSubmitFailed(scheduledEventID: scheduledEventID, failure)
            : .taskFailed(scheduledEventID: scheduledEventID, failure, by: .service)
    }
}

extension RPCError {
    /// Says nothing about the task: the same call will be answered otherwise later.
    var isTransient: Bool {
        if retryable { return true }
        switch name {
        case .serviceUnavailable, .resourceThrottled, .deadlineExceeded, .canceled: return true
        default: return false
        }
    }
}
