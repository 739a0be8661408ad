package import FlowDefinition

/// Where a task's call goes.
package enum TaskTarget: Sendable, Hashable, CustomStringConvertible {
    /// A service of this host, at its task door.
    case service(String)
    /// A socket by its path.
    case socket(String)
    /// An HTTP endpoint, by way of http-egress.
    case http(HTTPTarget)

    package var description: String {
        switch self {
        case .service(let name), .socket(let name): name
        case .http(let target): target.description
        }
    }
}

/// Says which method of which service answers for the resources that a pattern matches.
package struct ResourceBinding: Sendable, Hashable {
    package static let concurrencyStandard = 64

    package let pattern: ResourcePattern
    package let target: TaskTarget
    package let method: String
    /// Calls in flight at once; more wait in the engine.
    package let concurrencyMax: Int

    package init(
        pattern: ResourcePattern, target: TaskTarget, method: String,
        concurrencyMax: Int = concurrencyStandard
    ) {
        self.pattern = pattern
        self.target = target
        self.method = method
        self.concurrencyMax = concurrencyMax
    }

    /// Why a text is no pattern of resources.
    package struct PatternFault: Error, CustomStringConvertible {
        package let description: String
    }

    package init(
        pattern text: String, target: TaskTarget, method: String, concurrencyMax: Int = concurrencyStandard
    ) throws(PatternFault) {
        let pattern: ResourcePattern
        do throws(ResourceNameFault) { pattern = try ResourcePattern(text) } catch {
            throw PatternFault(description: error.reason)
        }
        self.init(pattern: pattern, target: target, method: method, concurrencyMax: concurrencyMax)
    }
}

/// All bindings, in the order of the files: the first whose pattern matches decides.
package struct ResourceResolver: Sendable, Hashable {
    package let bindings: [ResourceBinding]

    package init(_ bindings: [ResourceBinding] = []) { self.bindings = bindings }

    package func binding(for arn: String) -> ResourceBinding? {
        guard let name = try? ResourceName(arn) else { return nil }
        return bindings.first { $0.pattern.matches(name) }
    }

    /// The patterns most like a resource that none matches.
    package func nearest(to arn: String) -> [String] {
        guard let name = try? ResourceName(arn) else { return [] }
        return name.nearest(in: bindings.map(\.pattern))
    }

    /// Why a resource can't be called, and what to do.
    package func unboundText(_ arn: String) -> String {
        let near = nearest(to: arn)
        let hint = near.isEmpty ? "" : "; bound and alike: \(near.joined(separator: ", "))"
        guard case .topic(let name) = EngineResource(arn: arn) else {
            return "no binding in resources.d matches \(arn)\(hint)"
        }
        return "no binding in resources.d matches \(arn)\(hint), and there is no topic \(name) "
            + "(CreateTopic makes it)"
    }
}
