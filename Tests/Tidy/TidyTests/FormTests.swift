import Foundation
import Testing

@Suite struct FormTests {
    @Test func `no source file has more than 400 lines`() throws {
        for file in try Repository.files(under: "Sources") + Repository.files(under: "Tests") {
            #expect(
                file.lines.count <= 401, "\(file) has \(file.lines.count) lines; it wants to be two rooms")
        }
    }

    @Test func `no line of source is longer than 110 columns`() throws {
        for file in try Repository.files(under: "Sources") {
            for (index, line) in file.lines.enumerated() where line.count > 110 {
                Issue.record("\(file):\(index + 1) has \(line.count) columns")
            }
        }
    }

    @Test func `no function is longer than 60 lines`() throws {
        for file in try Repository.files(under: "Sources") {
            for (name, start, length) in functions(of: file) where length > 60 {
                Issue.record("\(file):\(start) \(name) has \(length) lines")
            }
        }
    }

    @Test func `no name says nothing`() throws {
        let empty = ["Manager", "Helper", "Util", "Common", "Base", "Impl", "New", "Extensions"]
        for file in try Repository.files(under: "Sources") {
            for word in empty where file.name.contains(try Regex("\(word)(?=[A-Z.+]|s\\.)")) {
                Issue.record("\(file) is named by the word \(word)")
            }
            for match in file.text.matches(of: /\b(?:struct|class|enum|actor|protocol) (\w+)/) {
                for word in empty where String(match.1).contains(try Regex("\(word)(?=[A-Z]|s?$)")) {
                    Issue.record("\(file) declares \(match.1), whose name uses the word \(word)")
                }
            }
        }
    }

    @Test func `nothing unfinished is left behind`() throws {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
        for file in try Repository.files(under: "Sources") + Repository.files(under: "Tests") {
            for mark in marks where file.text.contains(try Regex("\\b\(mark)\\b")) {
                Issue.record("\(file) contains \(mark)")
            }
        }
    }

    @Test func `nothing traps on what comes from outside`() throws {
        for file in try Repository.files(under: "Sources") {
            for (index, line) in file.lines.enumerated() {
                for word in ["try!", " as! ", "fatalError("] where line.contains(word) {
                    Issue.record("\(file):\(index + 1) uses \(word)")
                }
            }
        }
    }

    /// Functions and initialisers by their braces at equal indentation.
    private func functions(of file: Repository.SourceFile) -> [(String, Int, Int)] {
        var found: [(String, Int, Int)] = []
        let lines = file.lines
        for (index, line) in lines.enumerated() {
            guard line.contains(/\b(func |init\()/), line.hasSuffix("{") || line.hasSuffix("(") else {
                continue
            }
            let indent = line.prefix { $0 == " " }
            guard let end = lines[(index + 1)...].firstIndex(where: { $0 == indent + "}" }) else { continue }
            found.append((line.trimmingCharacters(in: .whitespaces), index + 1, end - index + 1))
        }
        return found
    }
}
