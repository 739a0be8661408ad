import HTMLMarkup
import HTTPMessage

extension EventHub {
    /// Within what a proxy and a browser take for a dead connection.
    private static let stillHereEvery = Duration.seconds(25)

    /// The event stream of a page: `change` at once, so that nothing is missed between the page and its
    /// stream, and at each ring; `end` when there will be no more.
    ///
    /// Throws: `Problem`, when there are too many listeners already.
    package func answer(to topic: String, _ language: Language) throws(Problem) -> PageAnswer {
        guard count < listenersMax else { throw Self.tooMany(language) }
        return .events { [self] sink in
            guard let listener = listen(to: topic) else {
                return try await sink.write(ServerSentEvent("end").bytes)
            }
            defer { leave(listener) }
            try await sink.write(ServerSentEvent("change").bytes)
            while true {
                switch await listener.next(within: Self.stillHereEvery) {
                case .change: try await sink.write(ServerSentEvent("change").bytes)
                case .quiet: try await sink.write(ServerSentEvent.stillHere)
                case .end: return try await sink.write(ServerSentEvent("end").bytes)
                case .canceled: return
                }
            }
        }
    }

    private static func tooMany(_ language: Language) -> Problem {
        Problem(
            503, language("Too many pages are open", "打开的页面过多"),
            language("This page does not change by itself now.", "本页暂时不会自动更新。"),
            advice: language("Load it again to see what is new.", "请手动刷新查看最新状态。"))
    }
}
