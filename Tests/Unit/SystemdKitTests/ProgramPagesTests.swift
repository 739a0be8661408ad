import CPlatform
import Glibc
import Testing

@Suite struct ProgramPagesTests {
    /// What the process has in memory of files. Units: pages.
    private func residentFilePages() throws -> Int {
        let descriptor = open("/proc/self/statm", O_RDONLY)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = read(descriptor, &bytes, bytes.count)
        let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        return try #require(words.count > 2 ? Int(words[2]) : nil)
    }

    @Test func `code that was run leaves memory, and comes back when it runs again`() throws {
        let before = try residentFilePages()
        let forgotten = fnf_forget_program_pages()
        let after = try residentFilePages()
        #expect(forgotten > 1 << 20)
        #expect(after < before)
        // Code, constants and type metadata are read again.
        #expect((1...3).map { "\($0)" }.joined(separator: ",") == "1,2,3")
        #expect(["b": 2, "a": 1].keys.sorted() == ["a", "b"])
    }
}
