import HTTPMessage
import Synchronization

/// Answers what it was asked, waits or streams, by the path; refuses in a shape of its own.
final class TestEndpoint: WebEndpoint {
    let bodyBytesMax: Int
    let events = Events()

    init(bodyBytesMax: Int = 1000) { self.bodyBytesMax = bodyBytesMax }

    func bodyBytesMax(of head: WebHead) -> Int { head.path == "/large" ? 100 * bodyBytesMax : bodyBytesMax }

    func answer(_ request: WebRequest) async -> WebAnswer {
        switch request.head.path {
        case "/wait": await wait()
        case "/stream": stream(endless: false)
        case "/endless": stream(endless: true)
        case "/nothing": WebAnswer(status: 204)
        case "/big":
            WebAnswer(contentType: "text/plain", text: String(repeating: "x", count: 32 << 20))
        case "/headers":
            WebAnswer(
                headers: HeaderList([
                    ("Content-Length", "3"), ("X-Split", "a\r\nX-Injected: b"), ("Connection", "upgrade"),
                    ("Transfer-Encoding", "gzip"), ("X-Kept", "yes"),
                ]), body: .bytes(Array("12345".utf8)))
        default: echo(request)
        }
    }

    func refusal(of fault: WebFault, head: WebHead?) -> WebAnswer {
        let (status, text) =
            switch fault {
            case .malformed(let reason): (400, "malformed \(reason)")
            case .headersTooLarge: (431, "headersTooLarge")
            case .bodyTooLarge(let bytesMax): (413, "bodyTooLarge \(bytesMax)")
            case .tooSlow: (408, "tooSlow")
            case .overloaded: (503, "overloaded")
            case .stopping: (503, "stopping")
            }
        return WebAnswer(
            status: status, contentType: "text/refusal", text: "\(text) \(head?.path ?? "headless")")
    }

    private func echo(_ request: WebRequest) -> WebAnswer {
        let head = request.head
        return WebAnswer(
            contentType: "text/plain",
            text: "\(head.method) \(head.path) \(head.query ?? "-") \(head.peer) "
                + "host=\(head.headers["Host"] ?? "-") secure=\(head.isSecure) "
                + "body=\(String(decoding: request.body, as: UTF8.self))")
    }

    /// Until the peer is gone or the service ends.
    private func wait() async -> WebAnswer {
        events.say("waiting")
        await withTaskCancellationHandler {
            await events.seen("canceled")
        } onCancel: {
            events.say("canceled")
        }
        return WebAnswer(contentType: "text/plain", text: "nothing came")
    }

    private func stream(endless: Bool) -> WebAnswer {
        WebAnswer(
            body: .stream { [events] sink in
                events.say("streaming")
                do {
                    var number = 0
                    while endless || number < 3 {
                        try await sink.write(Array("piece \(number)\n".utf8))
                        number += 1
                    }
                } catch {
                    events.say("gone")
                    throw error
                }
            })
    }
}

/// Words that were said, and those who wait for them.
final class Events: Sendable {
    private struct State {
        var words: [String] = []
        var waiters: [(word: String, count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func say(_ word: String) {
        let met = state.withLock { state in
            state.words.append(word)
            let count = state.words.count { $0 == word }
            let met = state.waiters.filter { $0.word == word && $0.count <= count }
            state.waiters.removeAll { $0.word == word && $0.count <= count }
            return met.map(\.continuation)
        }
        for continuation in met { continuation.resume() }
    }

    /// Returns once the word was said so often.
    func seen(_ word: String, _ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isMet = state.withLock { state in
                if state.words.count(where: { $0 == word }) >= count { return true }
                state.waiters.append((word, count, continuation))
                return false
            }
            if isMet { continuation.resume() }
        }
    }
}
