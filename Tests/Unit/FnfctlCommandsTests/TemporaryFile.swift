import Glibc

/// A file of this test alone, gone with the value.
final class TemporaryFile {
    let path: String

    init(_ text: String) throws {
        var template = Array(("/tmp/fnfctl-test-" + String(repeating: "X", count: 6)).utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw FileFault(number: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        close(descriptor)
        try append(text)
    }

    func append(_ text: String) throws {
        let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
        let bytes = Array(text.utf8)
        guard descriptor >= 0, write(descriptor, bytes, bytes.count) == bytes.count else {
            throw FileFault(number: errno)
        }
        close(descriptor)
    }

    deinit {
        unlink(path)
        unlink("\(path).1")
    }

    struct FileFault: Error { let number: Int32 }
}
