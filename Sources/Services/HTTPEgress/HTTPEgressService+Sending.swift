import HTTPEgressAPI
import HTTPMessage
import Logging
import Primitives
import RPCProtocol

extension HTTPEgressService {
    private static let methods: Set = ["POST", "GET", "PUT"]
    private static let timeoutMs: ClosedRange<Int64> = 1...86_400_000
    private static let answerBytes: ClosedRange<Int64> = 0...4_194_304

    func send(_ params: SendRequest.Params, task: TaskMeta?) async throws(RPCError) -> SendRequest.Result {
        let location: WebLocation
        do throws(WebLocation.Fault) { location = try WebLocation(params.url) } catch {
            throw refuse(EgressPolicy.Refusal(reason: error.description, origin: "-"), task)
        }
        do throws(EgressPolicy.Refusal) { try policy.check(location) } catch { throw refuse(error, task) }
        let request = try request(params, location)
        try enter(location.origin)
        defer { leave(location.origin) }
        let answer = try await answer(to: request, params, location, task)
        metrics.note(.answered)
        return try result(answer)
    }

    private func request(
        _ params: SendRequest.Params, _ location: WebLocation
    ) throws(RPCError) -> WebRequest {
        guard Self.methods.contains(params.method) else {
            throw .parameter("Method", "\"\(params.method.prefix(20))\" is none of GET, POST, PUT")
        }
        guard Self.timeoutMs.contains(params.timeoutMs) else {
            throw .parameter("TimeoutMs", "\(params.timeoutMs) is not from 1 to 86400000")
        }
        guard Self.answerBytes.contains(params.answerBytesMax) else {
            throw .parameter("AnswerBytesMax", "\(params.answerBytesMax) is not from 0 to 4194304")
        }
        var headers: HeaderList
        do throws(OutboundHeaders.Fault) {
            headers = try OutboundHeaders.list(params.headers, limits)
        } catch {
            throw .parameter("Headers", error.reason)
        }
        headers.add("Host", location.authority)
        if headers["User-Agent"] == nil { headers.add("User-Agent", "fnf/\(ProductVersion.text)") }
        let head = WebHead(
            method: params.method, path: location.path.isEmpty ? "/" : location.path, query: location.query,
            headers: headers, peer: "", isSecure: location.scheme == .https)
        return WebRequest(head, body: Array(params.body.utf8))
    }

    /// Resolves, decides, and tries the addresses that may be called until one takes the connection.
    private func answer(
        to request: WebRequest, _ params: SendRequest.Params, _ location: WebLocation, _ task: TaskMeta?
    ) async throws(RPCError) -> WebAnswer {
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .milliseconds(params.timeoutMs))
        let found: [IPAddress]
        do throws(HTTPExchangeFault) {
            found = try await addresses(of: location, within: clock.now.duration(to: end))
        } catch {
            throw failure(error, location)
        }
        let chosen: [IPAddress]
        do throws(EgressPolicy.Refusal) { chosen = try policy.choose(from: found, for: location) } catch {
            throw refuse(error, task)
        }
        var last = HTTPExchangeFault.notConnected("it has no address")
        for address in chosen.prefix(limits.addressesTriedMax) {
            let exchange = HTTPExchange(
                address: address, port: location.port,
                tlsHost: location.scheme == .https ? location.host : nil, request: request,
                timeout: max(.milliseconds(1), clock.now.duration(to: end)),
                answerBytesMax: Int(params.answerBytesMax))
            do throws(HTTPExchangeFault) { return try await sender.send(exchange) } catch {
                last = error
                guard case .notConnected = error, clock.now < end else { break }
            }
        }
        throw failure(last, location)
    }

    private func addresses(
        of location: WebLocation, within limit: Duration
    ) async throws(HTTPExchangeFault) -> [IPAddress] {
        switch location.host {
        case .address(let address): [address]
        case .name where location.isLocalhost: [.v4(0x7F00_0001), .v6(0, 1)]
        case .name(let name): try await resolver.addresses(of: name, within: limit)
        }
    }

    private func result(_ answer: WebAnswer) throws(RPCError) -> SendRequest.Result {
        guard let text = String(validating: answer.bytes ?? [], as: UTF8.self) else {
            throw RPCError(
                .answerNotText, "the answer with status \(answer.status) is no UTF-8",
                details: ["status": .integer(Int64(answer.status))])
        }
        return .with {
            $0.status = Int64(answer.status)
            $0.headers = answer.headers.fields.map { field in
                .with {
                    $0.name = field.name
                    $0.value = field.value
                }
            }
            $0.body = text
        }
    }

    private func failure(_ fault: HTTPExchangeFault, _ location: WebLocation) -> RPCError {
        let origin = location.origin
        switch fault {
        case .notConnected(let reason):
            metrics.note(.notSent)
            return RPCError(.requestNotSent, "no connection to \(origin): \(reason)")
        case .lost(let reason):
            metrics.note(.lost)
            return RPCError(.answerLost, "\(origin) gave no whole answer: \(reason)")
        case .timedOut:
            metrics.note(.timedOut)
            return RPCError(.answerTimedOut, "\(origin) did not answer in time")
        case .answerTooLarge(let bytesMax):
            metrics.note(.tooLarge)
            return RPCError(.answerTooLarge, "\(origin) answered with more than \(bytesMax) bytes")
        case .canceled:
            metrics.note(.canceled)
            return RPCError(.canceled, "the caller is gone", retryable: true)
        }
    }
}

// MARK: - Refusals

extension HTTPEgressService {
    /// An address that is asked for again and again is told once a minute.
    private static let refusalInterval: Duration = .seconds(60)

    private func refuse(_ refusal: EgressPolicy.Refusal, _ task: TaskMeta?) -> RPCError {
        metrics.note(.refused)
        let now = world.now
        let last = refusals[refusal.origin]
        if last.map({ $0 > now || $0.duration(to: now) >= Self.refusalInterval }) ?? true {
            // Which origins there are is up to the authors of flows; their number must not be.
            if refusals.count >= limits.refusalsKept { refusals.removeAll() }
            refusals[refusal.origin] = now
            logger.warning("not called: \(refusal.reason)", metadata: metadata(refusal, task))
        }
        return RPCError(.addressNotAllowed, refusal.reason, details: ["origin": .string(refusal.origin)])
    }

    private func metadata(_ refusal: EgressPolicy.Refusal, _ task: TaskMeta?) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "messageID": "addressRefused", "resource": "\(refusal.origin)", "error": "\(refusal.reason)",
        ]
        if let task {
            metadata["flow"] = "\(task.flow)"
            metadata["execution"] = "\(task.execution)"
            metadata["step"] = "\(task.step)"
        }
        return metadata
    }
}

extension RPCError {
    fileprivate static func parameter(_ path: String, _ reason: String) -> RPCError {
        RPCError(.invalidParams, "\(path): \(reason)", details: ["path": .string(path)])
    }
}
