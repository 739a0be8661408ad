package import Primitives

/// How a task's result comes. Source: fdl §2.1.
package enum TaskPattern: String, Sendable, Hashable, CaseIterable {
    /// The service's answer is the result. `requestComplete` is read as a synonym.
    case requestResponse
    /// The service's answer only says that work began; the result is reported with the task's token when it
    /// ends.
    case sync
    /// The service's answer is dropped; the result is reported with the task's token by whoever has it.
    case waitForCallback

    /// True when the result is reported with the task's token.
    package var waitsForReport: Bool { self != .requestResponse }
}

/// Calls a service. Source: fdl §2.1.
package struct TaskStep: Sendable, Equatable {
    /// What to call. `action: ocr:DetectFace` reads as `acs:ocr:::actions/DetectFace`, so that bindings know
    /// one form.
    package let resourceArn: String
    package let resourceLocation: SourceLocation
    package let pattern: TaskPattern
    package let serviceParams: [ServiceParameter]
    /// Units: seconds of the wall clock, of one attempt; nil: bounded by the flow only.
    package let timeoutSeconds: Int64?
    package let retry: [RetryPolicy]
    package let catches: [CatchClause]
    package let errorMappings: [Mapping]?
    /// What each attempt's event says of the step: resource, pattern, parameters as they are written. Made
    /// once, since it is the same for every attempt.
    package let written: JSONObject

    package init(
        resourceArn: String, resourceLocation: SourceLocation = .none,
        pattern: TaskPattern = .requestResponse,
        serviceParams: [ServiceParameter] = [], timeoutSeconds: Int64? = nil, retry: [RetryPolicy] = [],
        catches: [CatchClause] = [], errorMappings: [Mapping]? = nil
    ) {
        self.resourceArn = resourceArn
        self.resourceLocation = resourceLocation
        self.pattern = pattern
        self.serviceParams = serviceParams
        self.timeoutSeconds = timeoutSeconds
        self.retry = retry
        self.catches = catches
        self.errorMappings = errorMappings
        var written: JSONObject = [
            "pattern": .string(pattern.rawValue), "resourceArn": .string(resourceArn),
        ]
        if !serviceParams.isEmpty { written["parameters"] = .object(serviceParams.written) }
        self.written = written
    }
}
