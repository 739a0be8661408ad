import Glibc

/// Why a credential could not be read.
package enum CredentialsError: Error, Equatable, CustomStringConvertible {
    case noFolder(name: String)
    case invalidName(String)
    case notFound(path: String)
    case unreadable(path: String, errno: Int32)
    case tooLarge(path: String, bytesMax: Int)
    case notText(path: String)

    package var description: String {
        switch self {
        case .noFolder(let name):
            "the credential '\(name)' is not there, CREDENTIALS_DIRECTORY is not set: add "
                + "LoadCredential=\(name):/etc/fnf/credentials/\(name) to the unit"
        case .invalidName(let name):
            "'\(name)' is not a credential's name: it may hold no '/' and not begin with '.'"
        case .notFound(let path):
            "the credential \(path) does not exist: add LoadCredential= for it to the unit"
        case .unreadable(let path, let errno):
            "the credential \(path) can not be read: \(systemReason(errno))"
        case .tooLarge(let path, let bytesMax): "the credential \(path) is larger than \(bytesMax) bytes"
        case .notText(let path): "the credential \(path) is not UTF-8 text"
        }
    }
}

/// Secrets that systemd hands over by `LoadCredential=`.
package struct Credentials: Sendable {
    private let folder: String?

    package init(environment: EnvironmentLookup = ProcessEnvironment.lookup) {
        folder = environment("CREDENTIALS_DIRECTORY")
    }

    /// The bytes of a credential. 64 KiB is more than any key has, and a wrong file is not read into memory.
    package func bytes(_ name: String, bytesMax: Int = 65_536) throws(CredentialsError) -> [UInt8] {
        guard !name.isEmpty, !name.hasPrefix("."), !name.utf8.contains(UInt8(ascii: "/")) else {
            throw .invalidName(name)
        }
        guard let folder else { throw .noFolder(name: name) }
        let path = "\(folder)/\(name)"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .notFound(path: path) : .unreadable(path: path, errno: errno)
        }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count == 0 { return content }
            if count < 0 {
                if errno == EINTR { continue }
                throw .unreadable(path: path, errno: errno)
            }
            content += buffer[..<count]
            guard content.count <= bytesMax else { throw .tooLarge(path: path, bytesMax: bytesMax) }
        }
    }

    /// The text of a credential, without the line break that an editor leaves at the end.
    package func text(_ name: String, bytesMax: Int = 65_536) throws(CredentialsError) -> String {
        let content = try bytes(name, bytesMax: bytesMax)
        guard let text = String(validating: content, as: UTF8.self) else {
            throw .notText(path: "\(folder ?? "")/\(name)")
        }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
