import Glibc
import Yams

/// Reads YAML configuration files into values with places.
package enum ConfigurationFile {
    /// A configuration is written by people; a larger file is the wrong one. Units: bytes.
    package static let bytesMax = 1 << 20

    /// What a file says; a file that does not exist says nothing, so every key keeps its default.
    package static func load(_ path: String) throws(ConfigurationFault) -> ConfigurationValue {
        let start = ConfigurationPosition(file: path)
        guard let text = try read(path) else { return ConfigurationValue(.mapping([]), at: start) }
        return try parse(text, file: path)
    }

    /// Every `*.yaml` of a folder in the order of the bytes of their names; none when the folder does not
    /// exist.
    package static func loadFolder(_ path: String) throws(ConfigurationFault) -> [ConfigurationValue] {
        var values: [ConfigurationValue] = []
        var problems: [ConfigurationProblem] = []
        for name in try names(in: path) {
            do throws(ConfigurationFault) { values.append(try load("\(path)/\(name)")) } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw ConfigurationFault(problems) }
        return values
    }

    /// - Parameter file: what messages call the text.
    package static func parse(_ text: String, file: String) throws(ConfigurationFault) -> ConfigurationValue {
        let start = ConfigurationPosition(file: file, line: 1, column: 1)
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch {
            throw ConfigurationFault([problem(of: error, file)])
        }
        guard let node else { return ConfigurationValue(.mapping([]), at: start) }
        var reader = NodeReader(file: file)
        return try reader.value(node)
    }

    private static func problem(of error: any Error, _ file: String) -> ConfigurationProblem {
        func at(_ mark: Mark, _ reason: String, _ remedy: String = "") -> ConfigurationProblem {
            let position = ConfigurationPosition(file: file, line: mark.line, column: mark.column)
            return ConfigurationProblem(at: position, reason, remedy: remedy)
        }
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let around = context.map { "\($0.text) in line \($0.mark.line)" } ?? ""
            return at(
                mark, "is not YAML: \(problem) \(around)".trimmedEnd,
                "check indentation, quotes and colons near this line")
        case .duplicatedKeysInMapping(let keys, let context):
            return at(
                context.mark, "the key \(keys.joined(separator: ", ")) stands twice in one mapping",
                "keep one")
        default:
            return ConfigurationProblem(
                at: ConfigurationPosition(file: file), "can't be read as YAML: \(error)")
        }
    }
}

extension String {
    fileprivate var trimmedEnd: String { hasSuffix(" ") ? String(dropLast()) : self }
}

// MARK: - Files

extension ConfigurationFile {
    /// nil when there is no such file.
    private static func read(_ path: String) throws(ConfigurationFault) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw unreadable(path)
        }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path) }
            if count == 0 { break }
            content += buffer[..<count]
            guard content.count <= bytesMax else {
                throw fault(path, "is larger than \(bytesMax) bytes", "this is not a configuration file")
            }
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw fault(path, "is not UTF-8 text", "save it as UTF-8")
        }
        return text
    }

    private static func names(in folder: String) throws(ConfigurationFault) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw unreadable(folder)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
                    String(cString: $0)
                }
            }
            if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func unreadable(_ path: String) -> ConfigurationFault {
        let reason = "can't be read: \(String(cString: strerror(errno)))"
        return fault(
            path, reason, "user \(geteuid()) needs to read it; correct its owner or mode (chmod a+r)")
    }

    private static func fault(_ path: String, _ reason: String, _ remedy: String) -> ConfigurationFault {
        ConfigurationFault([
            ConfigurationProblem(at: ConfigurationPosition(file: path), reason, remedy: remedy)
        ])
    }
}
