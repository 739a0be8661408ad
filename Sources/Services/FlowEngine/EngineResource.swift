import FlowDefinition

/// A resource that the engine itself answers for. Source: fdl §5.2, §5.4, §5.5.
enum EngineResource: Hashable {
    /// `acs:mns:REGION:ACCOUNT:/queues/NAME/messages`
    case queue(String)
    /// `acs:mns:REGION:ACCOUNT:/topics/NAME/messages`
    case topic(String)
    /// `acs:fnf:REGION:ACCOUNT:flow/NAME`
    case flow(String)
    /// `action: fnf:StartExecution`, which names the flow in its parameters.
    case startExecution

    init?(arn: String) {
        let parts = arn.split(separator: ":", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0] == "acs" else { return nil }
        let path = parts[4].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts[1], path.count) {
        case ("mns", 4) where path[0].isEmpty && path[1] == "queues" && path[3] == "messages":
            self = .queue(path[2])
        case ("mns", 4) where path[0].isEmpty && path[1] == "topics" && path[3] == "messages":
            self = .topic(path[2])
        case ("fnf", 2) where path[0] == "flow" || path[0] == "flows": self = .flow(path[1])
        case ("fnf", 2) where path == ["actions", "StartExecution"]: self = .startExecution
        default: return nil
        }
    }
}
