import Foundation
import Testing

@Suite struct DocumentTests {
    @Test func `the room map of the README names every room`() throws {
        let readme = try Repository.text("README.md")
        for room in try Rooms.read() {
            #expect(readme.contains("`\(room.name)`"), "README.md does not name the room \(room.name)")
        }
    }

    @Test func `every document has exactly one title and no dead link`() throws {
        let documents = try Repository.files(under: "docs", endingIn: [".md"])
        for file in documents + [.init(path: "README.md", text: try Repository.text("README.md"))] {
            var inCode = false
            var titles = 0
            for line in file.lines {
                if line.hasPrefix("```") { inCode.toggle() }
                if !inCode, line.hasPrefix("# ") { titles += 1 }
            }
            #expect(titles == 1, "\(file) has \(titles) titles")
            for match in file.text.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
                let folder = Repository.root.appending(path: file.path).deletingLastPathComponent()
                let target = folder.appending(path: String(match.1)).standardizedFileURL
                #expect(
                    FileManager.default.fileExists(atPath: target.path),
                    "\(file) links to \(match.1), which is not there")
            }
        }
    }

    @Test func `every door of make is explained`() throws {
        let makefile = try Repository.text("Makefile")
        for door in ["demo", "test", "check", "bench", "install", "uninstall", "help"] {
            #expect(makefile.contains(try Regex("(?m)^\(door):.*## ")), "make \(door) has no explanation")
        }
    }
}
