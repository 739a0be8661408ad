import Primitives

/// Searching over all flows, a slice at a time.
extension ExecutionIndex {
    /// Where a search begins, so that it need not look at what is too new.
    package func searchStart(_ search: ExecutionSearch) throws(StoreError) -> Int64 {
        guard let until = search.startedUntil else { return .max }
        let latest = until.advanced(by: ExecutionSearch.clockSlack)
        return try table.execution(startedFrom: latest) ?? .max
    }

    /// Looks at executions older than `before`, newest first, until `examinedMax` were looked at or `limit`
    /// match.
    package func search(
        _ search: ExecutionSearch, before: Int64, examinedMax: Int, limit: Int
    ) throws(StoreError) -> SearchSlice {
        var slice: SearchSlice
        if search.isOfOpen {
            let executions = board.executions.keys(before: before, limit: examinedMax)
            slice = try look(at: executions, search, limit: limit, isAll: executions.count < examinedMax)
        } else if let name = search.labelName, let value = search.labelValue {
            slice = try labelled(name, value, search, before: before, examinedMax, limit)
        } else {
            slice = try searchTable(search, before: before, examinedMax, limit)
        }
        if let from = search.startedFrom?.advanced(by: .zero - ExecutionSearch.clockSlack),
            let started = slice.lastStarted, started < from
        {
            slice.last = nil
        }
        return slice
    }

    /// - Parameter isAll: there are no more behind them.
    private func look(
        at executions: [Int64], _ search: ExecutionSearch, limit: Int, isAll: Bool
    ) throws(StoreError) -> SearchSlice {
        var slice = SearchSlice()
        for execution in executions {
            slice.examined += 1
            slice.last = execution
            if search.isOfOpen, !search.matches(board.steps(of: execution)) { continue }
            guard let entry = try entry(execution: execution) else { continue }
            slice.lastStarted = entry.started
            guard search.matches(entry) else { continue }
            slice.entries.append(entry)
            if slice.entries.count == limit { break }
        }
        if isAll, slice.examined == executions.count { slice.last = nil }
        return slice
    }

    private func labelled(
        _ name: String, _ value: String, _ search: ExecutionSearch, before: Int64, _ examinedMax: Int,
        _ limit: Int
    ) throws(StoreError) -> SearchSlice {
        let written = try table.executions(labelled: name, value, before: before, limit: examinedMax)
        let isAll = written.count < examinedMax
        let oldest = isAll ? 0 : written.last ?? 0
        let new = pending.values.lazy.map(\.execution).filter { $0 < before && $0 >= oldest }
        let all = Set(written).union(new).sorted(by: >)
        return try look(at: all, search, limit: limit, isAll: isAll)
    }

    private func searchTable(
        _ search: ExecutionSearch, before: Int64, _ examinedMax: Int, _ limit: Int
    ) throws(StoreError) -> SearchSlice {
        var slice = try table.search(search, before: before, examinedMax: examinedMax, limit: limit)
        let oldest = slice.last ?? 0
        let new = pending.values.filter { entry in
            entry.execution < before && entry.execution >= oldest && search.matches(entry)
        }
        slice.examined += new.count
        let old = slice.entries.filter { pending[$0.execution] == nil }
        let all = (old + new).sorted { $0.execution > $1.execution }
        slice.entries = Array(all.prefix(limit))
        // What was found beyond the limit is found again by who goes on from here.
        if all.count > limit, let last = slice.entries.last {
            slice.last = last.execution
            slice.lastStarted = last.started
        }
        return slice
    }
}
