import Glibc
import Primitives
import RPCProtocol

/// The call that failed: what the sentence about it may name.
struct Called: Sendable {
    let service: ServiceName
    let door: RPCDoor
    let socket: String
    let method: String
    let params: JSONValue

    private func text(_ keys: String...) -> String? {
        for key in keys { if let text = params[key]?.stringValue, !text.isEmpty { return text } }
        return nil
    }

    var flow: String { text("FlowName", "Name", "flow") ?? "FLOW" }
    var execution: String { text("ExecutionName") ?? "NAME" }
    var queue: String { text("QueueName") ?? "QUEUE" }
    var topic: String { text("TopicName") ?? "TOPIC" }
    var schedule: String { text("ScheduleName") ?? "NAME" }
    var order: String { text("orderNum") ?? "ORDER" }
}

extension CommandFailure {
    /// The one mapping from what a call ended with to an exit status and a way out.
    init(_ failure: RPCFailure, _ called: Called) {
        switch failure {
        case .answered(let error):
            self.init(
                Self.status(of: error.name), error.message, next: Self.next(after: error, called),
                errorName: error.name)
        case .unreachable(let reason):
            if access(called.socket, W_OK) != 0, errno == EACCES || errno == EPERM {
                self.init(.denied, Self.withoutAdvice(reason), next: Self.openDoor(called))
            } else {
                self.init(.unreachable, Self.withoutAdvice(reason), next: Self.startServices(called))
            }
        case .lost(let reason):
            self.init(
                .unreachable,
                "\(called.service.rawValue) ended before it answered \(called.method): \(reason)",
                next: "the call may have been done; ask again, or see: \(Self.look(at: called.service))")
        case .timedOut(let reason):
            self.init(.timedOut, reason, next: "wait longer by --timeout, or see: fnfctl status")
        case .canceled:
            self.init(.interrupted, "\(called.method) was interrupted")
        }
    }

    /// Which exit status an error's name means. A name that is not here is a plain failure.
    static func status(of name: RPCErrorName) -> CommandStatus {
        switch name.text {
        case "FlowVersionNotExists", "FlowAliasNotExists", "FlowNotExists", "ExecutionNotExists",
            "OrderNotExists", "RuleNotExists", "MethodNotFound", "QueueNotExist", "MessageNotExist",
            "TopicNotExist", "SubscriptionNotExist", "ScheduleNotExists", "AccessKeyNotExists",
            "SessionNotExists", "SupplierNotExists":
            .notFound
        case "AccessDenied": .denied
        case "FlowVersionInUse", "FlowAliasAlreadyExists", "FlowAlreadyExists", "ScheduleAlreadyExists",
            "ExecutionAlreadyExists",
            "ExecutionAlreadyCompleted",
            "TaskAlreadyCompleted",
            "TaskInvalidState", "ConcurrentUpdateError", "IdempotencyConflict", "OrderConflict",
            "OrderClosed",
            "PriceMismatch", "PaymentConflict", "MethodNotOffered", "QueueAlreadyExist",
            "TopicAlreadyExist", "SubscriptionAlreadyExist", "ReceiptHandleError", "AccessKeyAlreadyExists":
            .conflict
        case "DeadlineExceeded": .timedOut
        case "ServiceUnavailable": .unreachable
        case "ResourceThrottled", "SlowConsumer", "QueueFull", "TopicFull",
            "SignInLinkNumExceededLimit":
            .throttled
        case "ParseError", "InvalidRequest", "InvalidParams", "InvalidArgument", "InvalidOrder",
            "InvalidPayment",
            "InvalidRule", "InvalidProduct", "InvalidAccessKey", "InvalidSignInLink", "InvalidSession",
            "EntityTooLarge", "FrameTooLarge", "UnknownPaymentMethod":
            .usage
        default: .failed
        }
    }

    private static func next(after error: RPCError, _ called: Called) -> String? {
        switch error.name.text {
        case "FlowNotExists":
            "fnfctl flow apply -f FILE --name \(called.flow)   (what is there: fnfctl flow list)"
        case "FlowVersionNotExists": "fnfctl flow versions \(called.flow)"
        case "FlowAliasNotExists", "FlowVersionInUse": "fnfctl flow alias list \(called.flow)"
        case "FlowAliasAlreadyExists": "change it by: fnfctl flow alias set \(called.flow) ALIAS --route …"
        case "ExecutionNotExists": "fnfctl execution list \(called.flow)"
        case "OrderNotExists": "fnfctl order list"
        case "ScheduleNotExists": "fnfctl schedule list \(called.flow)"
        case "ScheduleAlreadyExists":
            "fnfctl schedule update \(called.flow) \(called.schedule), or choose another name"
        case "RuleNotExists": "fnfctl supplier list"
        case "SupplierNotExists", "InvalidProduct": "fnfctl product list"
        case "SequenceNotKept": "fnfctl order list, then fnfctl order changes"
        case "QueueNotExist": "fnfctl queue create \(called.queue)   (what is there: fnfctl queue list)"
        case "QueueAlreadyExist", "QueueFull": "fnfctl queue show \(called.queue)"
        case "TopicNotExist": "fnfctl topic create \(called.topic)   (what is there: fnfctl topic list)"
        case "TopicAlreadyExist", "TopicFull", "SubscriptionNotExist", "SubscriptionAlreadyExist",
            "SubscriptionNumExceededLimit":
            "fnfctl topic show \(called.topic)"
        case "TopicNumExceededLimit": "fnfctl topic list"
        case "MessageNotExist": "nothing is left to do for this message"
        case "ReceiptHandleError": "fnfctl queue receive \(called.queue)"
        case "QueueNumExceededLimit": "fnfctl queue list"
        case "AccessKeyNotExists", "AccessKeyNumExceededLimit": "fnfctl key list"
        case "AccessKeyAlreadyExists": "choose another --id, or give it another secret: --replace"
        case "SessionNotExists": "fnfctl session list"
        case "MethodNotFound": "fnfctl discover \(called.service.rawValue)"
        case "AccessDenied": "let fnfctl choose the door (without --door), or ask an administrator"
        case "ExecutionAlreadyExists":
            "fnfctl execution describe \(called.flow) \(called.execution), or choose another --name"
        case "ExecutionAlreadyCompleted": "fnfctl execution describe \(called.flow) \(called.execution)"
        case "TaskAlreadyCompleted", "TaskInvalidState":
            "the token of a task is taken once; nothing is left to do"
        case "ConcurrentUpdateError": "somebody else changed it at the same time; look at it and try again"
        case "PriceMismatch" where called.method == "SubmitOrder":
            "leave --total out, or look at the prices: fnfctl product list"
        case "OrderConflict", "OrderClosed", "PriceMismatch", "PaymentConflict", "MethodNotOffered":
            "fnfctl order show \(called.order)"
        case "DeadlineExceeded": "wait longer by --timeout, or see: fnfctl status"
        case "ServiceUnavailable": look(at: called.service)
        case "ResourceThrottled": "try again\(pause(error.details)); see: fnfctl status"
        case "InvalidParams", "InvalidRequest": "fnfctl discover \(called.service.rawValue)"
        case "Internal":
            error.requestID.map { "journalctl -u fnf-\(called.service.rawValue) FNF_REQUEST=\($0)" }
                ?? look(at: called.service)
        default: nil
        }
    }

    private static func pause(_ details: JSONObject) -> String {
        details["retryAfterMs"]?.integerValue.map { " after \($0) ms" } ?? " later"
    }

    private static func look(at service: ServiceName) -> String {
        "fnfctl status; systemctl status fnf-\(service.rawValue).service"
    }

    /// The transport names the unit to look at; here the way out stands in a line of its own.
    private static func withoutAdvice(_ reason: String) -> String {
        let sentence = reason.split(separator: "; see systemctl", maxSplits: 1).first ?? reason[...]
        return String(sentence.split(separator: " (ls -l", maxSplits: 1).first ?? sentence)
    }

    private static func startServices(_ called: Called) -> String {
        let unit = "systemctl status fnf-\(called.door.socketName(of: called.service.rawValue))et"
        if called.socket.hasPrefix("/run/fnf/") {
            return "\(unit); or without systemd: fnfctl up, and then export FNF_RUNTIME_DIR=.fnf/run"
        }
        return "does `fnfctl up` run there? The folder comes from --socket-dir or FNF_RUNTIME_DIR"
    }

    /// Source: wire protocol, "Who may call".
    static func openDoor(_ called: Called) -> String {
        guard called.socket.hasPrefix("/run/fnf/") else { return "be the user who runs `fnfctl up` there" }
        let group =
            switch called.door {
            case .client: "fnf"
            case .admin: "fnf-admin"
            case .report, .internal: "fnf-internal"
            case .task: "fnf-task"
            }
        return "sudo usermod -aG \(group) $USER, then log in again; or run it with sudo"
    }
}
