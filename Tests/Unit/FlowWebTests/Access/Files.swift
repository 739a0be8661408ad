import Foundation
import LoopSupport

/// What a thief or a careless hand does with files.
enum Files {
    static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// All bytes of all files in a folder.
    static func bytes(in folder: String) throws -> [(name: String, bytes: Data)] {
        try FileManager.default.contentsOfDirectory(atPath: folder).map { name in
            (name, try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
        }
    }
}

extension TemporaryFolder {
    /// A crash image in which a file is missing, with what belongs to it.
    func crashImage(without name: String) throws -> TemporaryFolder {
        let image = try crashImage()
        for file in try FileManager.default.contentsOfDirectory(atPath: image.path) where file.hasPrefix(name)
        {
            try FileManager.default.removeItem(atPath: "\(image.path)/\(file)")
        }
        return image
    }
}
