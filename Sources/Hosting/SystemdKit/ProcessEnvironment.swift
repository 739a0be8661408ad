import Glibc

/// Looks up one environment variable; tests pass a dictionary's subscript.
package typealias EnvironmentLookup = @Sendable (String) -> String?

package enum ProcessEnvironment {
    /// The process's own environment; a variable that is set but empty counts as absent.
    package static let lookup: EnvironmentLookup = { name in
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}

/// What an errno means, for a person.
func systemReason(_ code: Int32) -> String {
    String(cString: strerror(code))
}
