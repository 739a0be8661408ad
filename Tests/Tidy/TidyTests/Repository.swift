import Foundation

/// The checkout that these tests belong to, as text.
enum Repository {
    static let root: URL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    struct SourceFile: CustomStringConvertible {
        let path: String
        let text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var name: String { String(path.split(separator: "/").last ?? "") }
        var description: String { path }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func files(under folder: String, endingIn suffixes: [String] = [".swift"]) throws -> [SourceFile] {
        let base = root.appending(path: folder)
        guard let paths = FileManager.default.enumerator(atPath: base.path) else { return [] }
        var files: [SourceFile] = []
        for case let path as String in paths where suffixes.contains(where: path.hasSuffix) {
            files.append(SourceFile(path: "\(folder)/\(path)", text: try text("\(folder)/\(path)")))
        }
        return files.sorted { $0.path < $1.path }
    }
}
