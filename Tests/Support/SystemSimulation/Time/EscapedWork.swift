import CEscapedWork

/// Work that runs on the runtime's own threads rather than on a simulated loop: there must be none, or a seed would
/// not do the same twice.
package enum EscapedWork {
    package static func watch() { fnf_escaped_work_watch() }

    /// Since it is watched, in the whole process.
    package static var count: Int64 { fnf_escaped_work_count() }
}
