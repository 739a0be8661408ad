/// The service's own durable folder, as systemd hands it over (`StateDirectory=`).
package struct StateDirectory: Sendable, Equatable {
    package let path: String

    /// Throws: the folder is not named, missing, not a folder, or not writable.
    package init(environment: EnvironmentLookup = ProcessEnvironment.lookup) throws(HostingError) {
        guard let value = environment("STATE_DIRECTORY") else {
            throw .variableMissing(
                "STATE_DIRECTORY", purpose: "the folder for durable state",
                remedy: "systemd sets it by StateDirectory= in the unit, `fnfctl up` by itself; by hand: "
                    + "STATE_DIRECTORY=/some/folder")
        }
        // With several StateDirectory= entries systemd joins them by colons; the first is ours.
        path = value.split(separator: ":").first.map(String.init) ?? value
        try checkFolder(path, variable: "STATE_DIRECTORY", writable: true)
    }

    package func file(_ name: String) -> String {
        "\(path)/\(name)"
    }
}
