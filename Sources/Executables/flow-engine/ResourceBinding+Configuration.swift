import ConfigurationFile
import FlowEngine
import HTTPEgressAPI
import HTTPMessage
import RPCProtocol

extension ResourceBinding {
    /// Nil when something is wrong, which the reader then knows.
    init?(_ entry: ConfigurationReader) {
        let pattern = entry.requiredString("pattern")
        guard let (target, method) = Self.target(entry) else { return nil }
        let isHTTP = if case .http = target { true } else { false }
        let concurrencyMax = entry.integer(
            "concurrencyMax", default: isHTTP ? HTTPTarget.concurrencyStandard : Self.concurrencyStandard,
            in: 1...65_536)
        guard !pattern.isEmpty, !method.isEmpty else { return nil }
        do throws(PatternFault) {
            try self.init(pattern: pattern, target: target, method: method, concurrencyMax: concurrencyMax)
        } catch {
            entry.report("pattern", error.description, remedy: "e.g. \"acs:mns:*:*:/topics/demo/messages\"")
            return nil
        }
    }

    private static func target(_ entry: ConfigurationReader) -> (TaskTarget, method: String)? {
        let places = (
            entry.optionalString("service"), entry.optionalString("socket"), entry.optionalString("http")
        )
        switch places {
        case (nil, nil, let url?): return httpTarget(url, entry).map { (.http($0), SendRequest.name) }
        case (let service?, nil, nil) where !service.isEmpty && !service.contains("/"):
            return (.service(service), method(entry))
        case (nil, let socket?, nil) where !socket.isEmpty: return (.socket(socket), method(entry))
        default:
            _ = entry.optionalString("method")
            entry.report(
                "needs a service, a socket or an http address, and only one of them",
                remedy: "e.g. `service: payment-gateway` or `http: \"http://127.0.0.1:9000\"`")
            return nil
        }
    }

    private static func method(_ entry: ConfigurationReader) -> String {
        if entry.has("timeoutSeconds") {
            entry.report(
                "timeoutSeconds", "is for http bindings only",
                remedy: "write timeoutSeconds at the flow's step instead")
        }
        return entry.requiredString("method")
    }

    private static func httpTarget(_ url: String, _ entry: ConfigurationReader) -> HTTPTarget? {
        if entry.has("method") {
            entry.report(
                "method", "is not for http bindings, which are always POSTed", remedy: "delete this line")
        }
        let timeout = entry.integer(
            "timeoutSeconds", default: HTTPTarget.timeoutStandard, in: 1...86_400)
        do throws(WebLocation.Fault) { return try HTTPTarget(url, timeoutSeconds: timeout) } catch {
            entry.report("http", error.description, remedy: "e.g. \"http://127.0.0.1:9000\"")
            return nil
        }
    }
}
