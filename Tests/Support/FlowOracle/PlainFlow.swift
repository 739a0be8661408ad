package import Primitives

/// A flow as the generator makes it and the oracle reads it: no word of FlowDefinition.
package struct PlainFlow: Sendable {
    package var steps: [PlainStep] = []
    package var inputMappings: [PlainMapping]?
    package var outputMappings: [PlainMapping]?
    package var timeoutSeconds: Int64?
    /// Branches or iterations anywhere: then events of different threads may come in any order.
    package var forks = false

    package init() {}
}

package struct PlainStep: Sendable {
    package var name: String
    package var body: PlainBody
    package var end = false
    package var inputMappings: [PlainMapping]?
    package var outputMappings: [PlainMapping]?

    package init(_ name: String, _ body: PlainBody) {
        self.name = name
        self.body = body
    }
}

package indirect enum PlainBody: Sendable {
    case task(PlainTask)
    case pass
    case wait(PlainWait)
    /// `otherwise` nil: no default.
    case choice([PlainBranch], otherwise: PlainBranch?)
    case parallel([[PlainStep]])
    case foreach(collection: PlainPath, item: String, index: String?, [PlainStep])
    case succeed
    case fail(error: String?, cause: String?)
}

package struct PlainTask: Sendable {
    package var pattern = "requestResponse"
    package var timeoutSeconds: Int64?
    package var retry: [PlainRetry] = []
    package var catches: [(errors: [String], goto: String)] = []
    package var errorMappings: [PlainMapping]?
    package var serviceParams: [(name: String, source: PlainParameter)] = []

    package init() {}
}

package enum PlainParameter: Sendable {
    case path(PlainPath)
    case constant(JSONValue)
}

/// Nil: the key is left out, and the default holds.
package struct PlainRetry: Sendable {
    package var errors: [String]
    package var intervalSeconds: Int64?
    package var maxIntervalSeconds: Int64?
    package var maxAttempts: Int64?
    package var multiplier: JSONValue?
}

package enum PlainWait: Sendable {
    case seconds(Int64)
    case secondsAt(PlainPath)
    /// Units: milliseconds since the run's beginning.
    case until(Int64)
    case untilAt(PlainPath)
}

package struct PlainBranch: Sendable {
    /// Nil for a default.
    package var condition: PlainCondition?
    package var steps: [PlainStep] = []
    package var goto: String?
    /// False: the key `steps` is left out.
    package var hasSteps = true
}

package struct PlainMapping: Sendable {
    package enum Source: Sendable {
        case input(PlainPath)
        case local(PlainPath)
        /// `["step", "name"]`
        case context([String])
        case constant(JSONValue)
    }

    package var target: String
    package var source: Source
}

/// A path behind its root.
package struct PlainPath: Sendable {
    package enum Part: Sendable {
        case key(String)
        case index(Int)
        case each
    }

    package var parts: [Part]

    package init(_ parts: [Part]) { self.parts = parts }
    package init(_ key: String) { parts = [.key(key)] }
}

package indirect enum PlainCondition: Sendable {
    case literal(JSONValue)
    case path(PlainPath)
    case compare(String, PlainCondition, PlainCondition)
    case contained(PlainCondition, [JSONValue])
    case not(PlainCondition)
    case and(PlainCondition, PlainCondition)
    case or(PlainCondition, PlainCondition)
}
