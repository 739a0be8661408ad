import Foundation

/// A folder of a test's own; it goes away with the object.
package final class TemporaryFolder: Sendable {
    package let path: String

    package init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fnf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The files as a kill at this moment would leave them, for whoever opens them next.
    package func crashImage() throws -> TemporaryFolder {
        let image = try TemporaryFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where !name.hasSuffix("-shm") {
            try FileManager.default.copyItem(atPath: "\(path)/\(name)", toPath: "\(image.path)/\(name)")
        }
        return image
    }
}
