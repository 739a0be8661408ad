import Glibc
import SystemdKit
import Testing

@Suite struct CatalogTests {
    private static let text: String = {
        // Tests/Unit/SystemdKitTests/CatalogTests.swift lies four below the root.
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let descriptor = open("/\(root)/units/fnf.catalog", O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return received(descriptor)
    }()

    /// The entries by number: the lines between one `-- ` and the next.
    private static let entries: [(number: String, lines: [String])] = {
        var entries: [(number: String, lines: [String])] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("-- ") {
                entries.append((String(line.dropFirst(3)), []))
            } else if !line.hasPrefix("#"), !entries.isEmpty {
                entries[entries.count - 1].lines.append(String(line))
            }
        }
        return entries
    }()

    @Test func `the catalog explains exactly the message kinds of the code`() {
        #expect(Self.entries.map(\.number).sorted() == MessageID.allCases.map(\.rawValue).sorted())
    }

    @Test func `numbers are 128 bits in lower-case hexadecimal`() {
        for kind in MessageID.allCases {
            #expect(kind.rawValue.count == 32)
            #expect(kind.rawValue.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        }
    }

    @Test func `every entry has a subject, a text and a command to run next`() {
        let commands = ["fnfctl ", "journalctl ", "systemctl "]
        for (number, lines) in Self.entries {
            #expect(lines.first?.hasPrefix("Subject: ") == true, "\(number)")
            #expect(lines.contains("Defined-By: fnf"), "\(number)")
            #expect(lines.contains { $0.hasPrefix("Documentation: ") }, "\(number)")
            #expect(lines.contains { line in commands.contains { line.contains($0) } }, "\(number)")
        }
    }

    @Test func `placeholders are fields that the journal handler writes`() {
        let parts = Self.text.split(separator: "@", omittingEmptySubsequences: false)
        let names = parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
        #expect(!names.isEmpty)
        for name in names {
            #expect(name == "SYSLOG_IDENTIFIER" || JournalFields.name(of: String(name.dropFirst(4))) == name)
        }
    }
}
