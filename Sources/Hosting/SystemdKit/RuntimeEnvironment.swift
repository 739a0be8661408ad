/// Where the services meet: the folder of sockets and the folder of configuration.
package struct RuntimeEnvironment: Sendable, Equatable {
    /// FNF_RUNTIME_DIR, else /run/fnf.
    package let socketFolder: String
    /// FNF_CONFIG_DIR, else /etc/fnf.
    package let configurationFolder: String

    /// `sun_path` has 108 bytes and the last one is NUL.
    package static let socketPathBytesMax = 107

    package init(environment: EnvironmentLookup = ProcessEnvironment.lookup) {
        socketFolder = Self.folder(environment("FNF_RUNTIME_DIR") ?? "/run/fnf")
        configurationFolder = Self.folder(environment("FNF_CONFIG_DIR") ?? "/etc/fnf")
    }

    /// The path of a socket by its file name, e.g. `flow-engine.sock`; it need not exist.
    package func socketPath(_ name: String) throws(HostingError) -> String {
        let path = "\(socketFolder)/\(name)"
        guard path.utf8.count <= Self.socketPathBytesMax else {
            throw .socketPathTooLong(path: path, bytes: path.utf8.count, bytesMax: Self.socketPathBytesMax)
        }
        return path
    }

    package func configurationPath(_ name: String) -> String {
        "\(configurationFolder)/\(name)"
    }

    /// Throws: the folder is missing, not a folder, or not readable.
    package func checkConfigurationFolder() throws(HostingError) {
        try checkFolder(configurationFolder, variable: "FNF_CONFIG_DIR", writable: false)
    }

    private static func folder(_ path: String) -> String {
        path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
