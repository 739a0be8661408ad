import FlowEngineAPI
import FlowModel
import FlowStore
import Primitives
import RPCProtocol

/// Searching executions of all flows: the index in slices, with a turn of the loop between them.
extension FlowEngineService {
    func searchExecutions(
        _ params: SearchExecutions.Params
    ) async throws(RPCError) -> SearchExecutions.Result {
        let query = try ExecutionQuery(params, now: world.now)
        guard console.searches < settings.searchesMax else {
            throw .throttled(
                "\(console.searches) searches are under way, as many as there may be; one must end first",
                retryAfter: .milliseconds(200))
        }
        console.searches += 1
        defer { console.searches -= 1 }
        await settle()
        var page = SearchPage(query, settings)
        if page.before == .max {
            page.before = try answering { () throws(StoreError) in try index.searchStart(query.search) }
        }
        while true {
            let (before, examinedMax, limit) = (page.before, page.sliceMax, page.matchesMax)
            let slice = try answering { () throws(StoreError) in
                try index.search(query.search, before: before, examinedMax: examinedMax, limit: limit)
            }
            var isRead = true
            for entry in slice.entries where isRead {
                isRead = try take(entry, into: &page)
                if page.isTurnOver {
                    page.turnBytes = 0
                    try await nextSearchTurn()
                }
            }
            page.examined += slice.examined
            if !isRead { break }
            if let started = slice.lastStarted { page.searchedBackTo = started }
            guard let last = slice.last else {
                page.isDone = true
                break
            }
            page.before = last
            if page.isFull { break }
            try await nextSearchTurn()
        }
        return page.result(now: world.now)
    }

    /// Adds the entry to the page if it is what is looked for; false when there is no room for more, and the
    /// next page begins with this entry.
    private func take(_ entry: ExecutionEntry, into page: inout SearchPage) throws(RPCError) -> Bool {
        guard !page.isFull else { return false }
        var place = page.query.text.flatMap { $0.place(in: entry)?.rawValue }
        if page.query.isInPayloads, let text = page.query.text {
            // Those with the text in the index were found by the pages before.
            place = place == nil ? payloadPlace(of: text, in: entry, &page) : nil
        }
        let isFound = page.query.text == nil || place != nil
        if isFound, !page.add(try found(entry, place)) { return false }
        page.before = entry.execution
        page.searchedBackTo = entry.started
        return true
    }

    /// Whether input or output have the text. What can't be read has it not.
    private func payloadPlace(
        of text: TextNeedle, in entry: ExecutionEntry, _ page: inout SearchPage
    ) -> String? {
        page.payloads += 1
        if let input = payload(entry.execution, text, &page)?.first?.detail {
            if input["inputText"]?.stringValue.map(text.isIn) ?? false { return "input" }
            if input["input"].map({ text.isIn($0.text) }) ?? false { return "input" }
        }
        guard entry.status == .succeeded,
            let output = payload(entry.lastSequence, text, &page)?.last?["output"]
        else { return nil }
        return text.isIn(output.text) ? "output" : nil
    }

    /// The events of a row that may have the text: most are passed over as they lie there.
    private func payload(
        _ sequence: Int64, _ text: TextNeedle, _ page: inout SearchPage
    ) -> [HistoryEvent]? {
        guard let row = try? store.row(sequence) else { return nil }
        page.noteRead(row.body.count)
        guard text.isEscaped || text.isInJSON(row.body) else { return nil }
        return try? TransitionBody(row: row).events
    }

    private func found(_ entry: ExecutionEntry, _ place: String?) throws(RPCError) -> FoundExecution {
        var record = FoundExecution()
        record.flowName = entry.flowName
        record.name = entry.name
        record.status = entry.status.rawValue
        record.startedTime = entry.started.description
        record.stoppedTime = entry.stopped?.description ?? ""
        let end = entry.stopped ?? world.now
        record.durationMs = (end.microseconds - entry.started.microseconds) / 1000
        record.error = entry.error
        record.cause = entry.cause
        record.labels = entry.labels
        record.flowVersion = entry.origin.version.map { "\($0)" }
        record.matchedIn = place
        let steps = index.board.steps(of: entry.execution)
        record.openSteps = Int64(steps.count)
        for step in steps.prefix(SearchPage.stepsShown) {
            record.steps.append(try current(step, entry.definition))
        }
        return record
    }

    private func current(_ step: OpenStep, _ definition: String) throws(RPCError) -> CurrentStep {
        var record = CurrentStep()
        record.stepName = step.name
        record.state =
            switch step.state {
            case .delivering: "delivering"
            case .waitingForCallback: "waitingForCallback"
            case .waitingToRetry: "waitingToRetry"
            case .waiting: "waiting"
            }
        record.since = step.since.description
        record.deadline = step.deadline?.description
        record.attempt = step.attempt
        if step.state != .waiting { record.resourceArn = try resource(of: step.name, in: definition) }
        return record
    }
}

/// A page of a search as it fills.
struct SearchPage {
    static let stepsShown = 10
    /// Entries of a slice of which input and output are read.
    private static let payloadSlice = 50

    let query: ExecutionQuery
    private let settings: FlowEngineSettings
    private var page: Page<FoundExecution>
    private var hasOverflowed = false
    /// Where the next slice, or the next page, goes on.
    var before: Int64
    var examined = 0
    var payloads = 0
    private var payloadBytes = 0
    /// Read in this turn of the loop.
    var turnBytes = 0
    var searchedBackTo: Timestamp?
    /// There are no more executions.
    var isDone = false

    init(_ query: ExecutionQuery, _ settings: FlowEngineSettings) {
        self.query = query
        self.settings = settings
        page = Page(limit: query.limit, bytesMax: settings.wire.replyBytesMax)
        before = query.before ?? .max
    }

    var sliceMax: Int { query.isInPayloads ? Self.payloadSlice : settings.searchBatch }

    /// Entries that a slice need not find more of than.
    var matchesMax: Int {
        query.isInPayloads ? sliceMax : min(sliceMax, query.limit - page.items.count + 1)
    }

    var isTurnOver: Bool { turnBytes > settings.searchTurnBytesMax }

    mutating func noteRead(_ bytes: Int) {
        payloadBytes += bytes
        turnBytes += bytes
    }

    /// No more is looked at for this page.
    var isFull: Bool {
        hasOverflowed || page.items.count >= query.limit || examined >= settings.searchExaminedMax
            || payloads >= settings.searchPayloadsMax || payloadBytes >= settings.searchPayloadBytesMax
    }

    mutating func add(_ item: FoundExecution) -> Bool {
        let bytes = 512 + (item.cause?.utf8.count ?? 0) + item.steps.count * 256 + item.labels.count * 128
        hasOverflowed = !page.add(item, bytes: bytes)
        return !hasOverflowed
    }

    func result(now: Timestamp) -> SearchExecutions.Result {
        var result = SearchExecutions.Result()
        result.executions = page.items
        result.isInPayloads = query.isInPayloads
        result.searchedBackTo = searchedBackTo?.description
        if !isDone {
            result.nextToken = query.token(before: before)
        } else if query.text != nil, !query.isInPayloads {
            result.nextToken = ExecutionQuery.payloadToken
        }
        return result
    }
}
