import FlowModel
import Primitives

extension Oracle {
    mutating func wait(_ wait: PlainWait, _ place: StepPlace, _ own: JSONObject) -> Course<StepEnd> {
        let until: Int64?
        switch wait {
        case .seconds(let seconds): until = place.time + seconds * 1000
        case .until(let time): until = time
        case .secondsAt(let path):
            let seconds = path.value(in: .object(own))?.doubleValue
            until = seconds.flatMap { $0 < 0 ? nil : place.time + Int64(($0 * 1000).rounded()) }
        case .untilAt(let path):
            until = path.value(in: .object(own))?.stringValue.flatMap { OracleClock.milliseconds($0) }
        }
        guard let until else { return fail(place, "FnF.InvalidInput", nil, place.time) }
        let detail: JSONObject = ["input": .object(own), "until": .string(OracleClock.text(until))]
        emit(.stepStarted, place.step.name, place.thread, place.time, detail)
        return finish(place, own, .object(JSONObject()), max(until, place.time))
    }

    mutating func choose(
        _ branches: [PlainBranch], _ otherwise: PlainBranch?, _ place: StepPlace, _ own: JSONObject
    ) -> Course<StepEnd> {
        var taken = otherwise
        var detail: JSONObject = ["input": .object(own)]
        if otherwise != nil { detail["branch"] = "default" }
        for (number, branch) in branches.enumerated() where branch.condition?.holds(own) == true {
            taken = branch
            detail["branch"] = .integer(Int64(number))
            break
        }
        emit(.stepStarted, place.step.name, place.thread, place.time, detail)
        switch list(taken?.steps ?? [], own, place.thread, place.time) {
        case .forever: return .forever
        case .failed(let failure):
            emit(.stepFailed, place.step.name, place.thread, failure.time, failure.detail)
            return .failed(failure)
        case .done(let local, let time):
            return finish(place, own, .object(local), time, goto: taken?.goto)
        }
    }

    /// Parallel and foreach: at most `atOnce` lists at one time, started in order.
    mutating func fork(
        _ lists: [([PlainStep], JSONObject)], _ place: StepPlace, _ own: JSONObject,
        types: (entered: HistoryEventType, exited: HistoryEventType), atOnce: Int
    ) -> Course<StepEnd> {
        let name = place.step.name
        var results: [JSONValue] = []
        var failures: [PlainFailure] = []
        var isForever = false
        /// When each place at one time is free again; nil: never.
        var places: [Int64?] = Array(repeating: place.time, count: min(atOnce, lists.count))
        for (index, (steps, input)) in lists.enumerated() {
            let free = places.indices.filter { places[$0] != nil }
            guard let slot = free.min(by: { places[$0] ?? 0 < places[$1] ?? 0 }), let start = places[slot]
            else { break }
            let thread = "\(place.thread)/\(name)#\(place.visit)[\(index)]"
            let number: JSONObject = ["index": .integer(Int64(index))]
            emit(types.entered, name, thread, start, number)
            switch list(steps, input, thread, start) {
            case .done(let local, let time):
                emit(types.exited, name, thread, time, Self.merge(number, ["local": .object(local)]))
                results.append(.object(local))
                places[slot] = time
            case .failed(let failure):
                emit(types.exited, name, thread, failure.time, Self.merge(number, failure.detail))
                failures.append(failure)
                places[slot] = nil
            case .forever:
                isForever = true
                places[slot] = nil
            }
        }
        if let earliest = failures.map(\.time).min() {
            let first = failures.filter { $0.time == earliest }
            let winner = first.first { $0.thread == preferred } ?? first[0]
            emit(.stepFailed, name, place.thread, winner.time, winner.detail)
            return .failed(winner)
        }
        if isForever { return .forever }
        let end = places.compactMap { $0 }.max() ?? place.time
        let local = JSONValue.array(results)
        guard place.step.outputMappings == nil else { return finish(place, own, local, end) }
        // Without outputMappings the output of both is empty. Source: fdl §3.1.
        return finish(place, own, .object(JSONObject()), end)
    }
}
