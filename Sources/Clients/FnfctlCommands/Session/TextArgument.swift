import Glibc
import Primitives

/// Text given on the command line, in a file (`@FILE`) or on standard input (`-`).
enum TextArgument {
    /// Bound of what is read; the services take less.
    static let bytesMax = 64 << 20

    static func file(_ path: String) throws(CommandFailure) -> String {
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .failed, "\(path) cannot be read: \(reason(errno))", next: "check the path: ls -l \(path)")
        }
        defer { if descriptor != 0 { close(descriptor) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { break }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw CommandFailure(.failed, "\(path) cannot be read: \(reason(errno))") }
            bytes += buffer[..<count]
            guard bytes.count <= bytesMax else {
                throw CommandFailure(.usage, "\(path) has more than \(bytesMax) bytes")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(.usage, "\(path) is not UTF-8 text", next: "iconv -t UTF-8 \(path)")
        }
        return text
    }

    /// A JSON document from `JSON`, `@FILE` or `-`.
    static func json(_ argument: String, for what: String) throws(CommandFailure) -> JSONValue {
        let text = try text(argument)
        do { return try JSONParser.parse(text) } catch {
            throw CommandFailure(
                .usage, "\(what) is not JSON: \(error)",
                next:
                    "quote it for the shell ('{\"key\":\"value\"}'), or write @FILE, or - for standard input")
        }
    }

    /// The same, and it must be an object.
    static func object(_ argument: String, for what: String) throws(CommandFailure) -> JSONValue {
        let value = try json(argument, for: what)
        guard value.objectValue != nil else {
            throw CommandFailure(.usage, "\(what) must be a JSON object, not \(value.kind)")
        }
        return value
    }

    /// Text from `TEXT`, `@FILE` or `-`.
    static func text(_ argument: String) throws(CommandFailure) -> String {
        if argument == "-" { return try file("-") }
        return argument.hasPrefix("@") ? try file(String(argument.dropFirst())) : argument
    }

    static func isFile(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
