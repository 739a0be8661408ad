import FlowDefinition
import FlowModel
import Primitives

extension ExecutionStory {
    mutating func note(_ event: HistoryEvent) {
        let thread = threads[event.scheduleEventID] ?? 0
        threads[event.eventID] = thread
        switch event.type {
        case .executionStarted:
            nodes[0].input = event.detail["input"]?.objectValue
            open[0] = [0]
        case .branchEntered, .iterationEntered: enterFork(event, thread)
        case .branchExited, .iterationExited: exitFork(event, thread)
        case .stepEntered: enterStep(event, thread)
        case .stepExited, .stepFailed: leaveStep(event, thread)
        case .executionSucceeded, .executionFailed, .executionStopped, .executionTimedOut: end(event)
        default: noteWithin(event, thread)
        }
    }

    /// What is open when the execution ends was stopped by it; a container waits when all within it waits.
    mutating func settle() {
        guard !nodes.isEmpty else { return }
        if status.isTerminal {
            for index in nodes.indices.dropFirst() where nodes[index].state.isOpen {
                nodes[index].state = .stopped
                nodes[index].ended = nodes[0].ended
            }
            return
        }
        for index in nodes.indices.dropFirst().reversed() where nodes[index].ended == nil {
            let inner = nodes[index].children.map { nodes[$0].state }.filter(\.isOpen)
            guard !inner.isEmpty else { continue }
            if inner.allSatisfy({ $0 == .waiting }) {
                nodes[index].state = .waiting
            } else if inner.contains(.retrying), !inner.contains(.running) {
                nodes[index].state = .retrying
            } else {
                nodes[index].state = .running
            }
        }
    }

    private mutating func add(_ kind: StoryNode.Kind, _ name: String, _ event: HistoryEvent, _ thread: Int64)
        -> Int
    {
        let parent = open[thread]?.last ?? 0
        nodes.append(StoryNode(kind, name, eventID: event.eventID, began: event.time, parent: parent))
        nodes[parent].children.append(nodes.count - 1)
        return nodes.count - 1
    }

    private mutating func enterFork(_ event: HistoryEvent, _ thread: Int64) {
        let index = Int(event.detail["index"]?.integerValue ?? 0)
        let node = add(
            event.type == .branchEntered ? .branch(index) : .iteration(index), event.stepName, event, thread)
        threads[event.eventID] = event.eventID
        parentThreads[event.eventID] = thread
        open[event.eventID] = [node]
    }

    private mutating func exitFork(_ event: HistoryEvent, _ thread: Int64) {
        threads[event.eventID] = parentThreads[thread] ?? 0
        guard thread != 0, let node = open.removeValue(forKey: thread)?.first else { return }
        nodes[node].ended = event.time
        nodes[node].endEventID = event.eventID
        nodes[node].localAfter = event.detail["local"]?.objectValue
        nodes[node].result = event.detail["local"]
        nodes[node].failure = event.failure
        nodes[node].state = event.failure == nil ? .succeeded : .failed
    }

    private mutating func enterStep(_ event: HistoryEvent, _ thread: Int64) {
        let node = add(.step, event.stepName, event, thread)
        nodes[node].listInput = event.detail["input"]?.objectValue
        nodes[node].listLocal = event.detail["local"]?.objectValue
        open[thread, default: []].append(node)
    }

    /// The open run of a step; one that began before what was read is taken up here.
    private mutating func running(_ event: HistoryEvent, _ thread: Int64) -> Int {
        if let node = open[thread]?.last(where: {
            nodes[$0].name == event.stepName && nodes[$0].kind == .step
        }) {
            return node
        }
        nodes.append(StoryNode(.step, event.stepName, eventID: 0, began: event.time, parent: 0))
        nodes[0].children.append(nodes.count - 1)
        open[thread, default: []].append(nodes.count - 1)
        return nodes.count - 1
    }

    private mutating func leaveStep(_ event: HistoryEvent, _ thread: Int64) {
        let node = running(event, thread)
        if let place = open[thread]?.lastIndex(of: node) { open[thread]?.removeSubrange(place...) }
        nodes[node].ended = event.time
        nodes[node].endEventID = event.eventID
        nodes[node].goto = event.detail["goto"]?.stringValue
        if event.type == .stepFailed {
            nodes[node].failure = event.failure
            nodes[node].state = .failed
            return
        }
        let last = nodes[node].attempts.last
        let isCaught = last?.failure != nil && last?.retryAt == nil
        nodes[node].failure = isCaught ? last?.failure : nil
        nodes[node].state = isCaught ? .caught : .succeeded
        nodes[node].localAfter = event.detail["local"]?.objectValue
        nodes[node].output = output(of: nodes[node], event, isCaught: isCaught)
    }

    /// StepExited names the output only where no event before it did.
    private func output(of node: StoryNode, _ event: HistoryEvent, isCaught: Bool) -> JSONObject? {
        if let output = event.stored["output"]?.objectValue { return output }
        let step = steps[node.name]
        var mappings = step?.outputMappings
        if case .task(let task) = step?.body, isCaught { mappings = task.errorMappings ?? [] }
        if event.stored["local"] != nil, let mappings, let local = node.localAfter {
            // Read with all it inherits: the mapped members are among it.
            return JSONObject(mappings.compactMap { one in local[one.target].map { (one.target, $0) } })
        }
        return isCaught ? JSONObject() : node.output ?? node.result?.objectValue
    }

    private mutating func end(_ event: HistoryEvent) {
        status =
            switch event.type {
            case .executionSucceeded: .succeeded
            case .executionFailed: .failed
            case .executionTimedOut: .timedOut
            default: .stopped
            }
        output = event.detail["output"]?.objectValue
        failure = event.failure
        nodes[0].ended = event.time
        nodes[0].endEventID = event.eventID
        nodes[0].output = output
        nodes[0].failure = failure
        nodes[0].state =
            switch status {
            case .succeeded: .succeeded
            case .stopped: .stopped
            default: .failed
            }
    }
}

extension HistoryEvent {
    /// Nil when the event tells of none.
    var failure: FlowFailure? {
        guard let error = detail["error"]?.stringValue else { return nil }
        return FlowFailure(error: error, cause: detail["cause"]?.stringValue ?? "")
    }

    func moment(_ key: String) -> Timestamp? { detail[key]?.stringValue.flatMap(Timestamp.init(rfc3339:)) }
}

extension ExecutionStory {
    /// What happens between the entering and the leaving of a step.
    private mutating func noteWithin(_ event: HistoryEvent, _ thread: Int64) {
        let node = running(event, thread)
        switch event.type {
        case .stepStarted: start(node, event)
        case .stepSucceeded:
            nodes[node].output = event.detail["output"]?.objectValue
            nodes[node].result = result(of: node)
        case .taskScheduled:
            nodes[node].input = event.detail["input"]?.objectValue ?? nodes[node].input
            nodes[node].inputEventID = event.eventID
            nodes[node].state = .running
            nodes[node].attempts.append(
                StoryAttempt(
                    number: event.detail["attempt"]?.integerValue ?? 0, scheduledEventID: event.eventID,
                    scheduled: event.time, deadline: event.moment("deadline")))
        case .taskSubmitted:
            changeAttempt(of: node) { attempt in
                attempt.submitted = event.time
                attempt.submission = event.detail["output"]
            }
            if case .task(let task) = steps[event.stepName]?.body, task.pattern.waitsForReport {
                nodes[node].state = .waiting
            }
        case .taskSucceeded, .taskFailed, .taskTimedOut, .taskSubmitFailed: endAttempt(node, event)
        default: break
        }
    }

    private mutating func start(_ node: Int, _ event: HistoryEvent) {
        nodes[node].input = event.detail["input"]?.objectValue
        nodes[node].inputEventID = event.eventID
        nodes[node].branch = event.detail["branch"]
        nodes[node].until = event.moment("until")
        switch steps[event.stepName]?.body {
        case .wait: nodes[node].state = .waiting
        case .parallel(let parallel): nodes[node].forkCount = parallel.branches.count
        case .foreach(let foreach):
            nodes[node].forkCount = nodes[node].input.flatMap {
                foreach.collection.value(in: .object($0))?.arrayValue?.count
            }
        default: break
        }
    }

    private mutating func endAttempt(_ node: Int, _ event: HistoryEvent) {
        if event.type == .taskSucceeded { nodes[node].result = event.detail["output"] }
        let retryAt = event.moment("retryAt")
        changeAttempt(of: node) { attempt in
            attempt.ended = event.time
            attempt.ending = event.type
            attempt.failure = event.failure
            attempt.retryAt = retryAt
        }
        nodes[node].state = retryAt == nil ? .running : .retrying
    }

    private mutating func changeAttempt(of node: Int, _ change: (inout StoryAttempt) -> Void) {
        guard let last = nodes[node].attempts.indices.last else { return }
        change(&nodes[node].attempts[last])
    }

    /// `$local` of a step that is no task: a choice's branch's local, what the branches or iterations gave.
    private func result(of node: Int) -> JSONValue? {
        switch steps[nodes[node].name]?.body {
        case .parallel, .foreach:
            var results = [JSONValue](repeating: .null, count: nodes[node].forkCount ?? 0)
            for child in nodes[node].children.map({ nodes[$0] }) {
                switch child.kind {
                case .branch(let index), .iteration(let index):
                    if results.indices.contains(index), let local = child.result { results[index] = local }
                default: break
                }
            }
            return .array(results)
        case .choice:
            if steps[nodes[node].name]?.outputMappings == nil {
                return nodes[node].output.map(JSONValue.object)
            }
            let inner = nodes[node].children.last.map { nodes[$0] }
            return .object(inner?.localAfter ?? JSONObject())
        default: return .object(JSONObject())
        }
    }
}
