package import Primitives
package import RPCProtocol

/// What a backup is and how each of its bytes is known to be right; its `manifest.json`, written last.
package struct BackupManifest: WireRecord {
    package static let fileName = "manifest.json"
    package static let formatName = "fnf-backup"
    package static let formatVersion: Int64 = 1

    package var format = formatName
    package var formatVersion = formatVersion
    package var program = ""
    package var begun = ""
    package var ended = ""
    /// Whether the engine stood still while the moment of each service was fixed.
    package var isOneCut = false
    package var services: [ServiceBackup] = []

    package init() {}

    package static let fields: [WireField<BackupManifest>] = [
        .required("format", \.format), .required("formatVersion", \.formatVersion),
        .required("program", \.program, "The fnfctl that made it"), .required("begun", \.begun),
        .required("ended", \.ended),
        .required("isOneCut", \.isOneCut, "All services at one moment of the engine"),
        .required("services", \.services, "In the order in which their moments were fixed"),
    ]

    package static func read(from folder: String) throws(BackupFault) -> BackupManifest {
        let path = "\(folder)/\(fileName)"
        guard DurableFile.exists(path) else {
            throw BackupFault(
                .refused, "\(folder) is no whole backup: it has no \(fileName)",
                next: "name the folder that `fnfctl admin backup` has made")
        }
        let bytes = try DurableFile.read(path, bytesMax: 1 << 20)
        let manifest: BackupManifest
        do { manifest = try BackupManifest(wire: try JSONParser.parse(bytes), strict: false) } catch {
            throw BackupFault(.damaged, "\(path) is no manifest: \(error)")
        }
        guard manifest.format == formatName, manifest.formatVersion == formatVersion else {
            throw BackupFault(
                .refused,
                "\(path) has format \(manifest.format) \(manifest.formatVersion), this fnfctl "
                    + "reads \(formatName) \(formatVersion)",
                next: "use the fnfctl of the release that made it")
        }
        // Names become paths.
        for service in manifest.services {
            for name in [service.service] + service.files.map(\.name)
            where name.isEmpty || name.hasPrefix(".") || name.contains("/") {
                throw BackupFault(.damaged, "\(path) names a file \(name), which no backup has")
            }
        }
        return manifest
    }
}

/// The files of one service.
package struct ServiceBackup: WireRecord {
    package var service = ""
    package var version = ""
    package var time = ""
    package var files: [BackedUpFile] = []
    /// Newest sequences and other numbers by which people know how far it goes.
    package var position: JSONObject = [:]

    package init() {}

    package static let fields: [WireField<ServiceBackup>] = [
        .required("service", \.service),
        .required("version", \.version, "Of the release that wrote the files"),
        .required("time", \.time, "The moment that the files show"), .required("files", \.files),
        .defaulted("position", \.position, "How far the service had come"),
    ]

    package var bytes: Int64 { files.reduce(0) { $0 + $1.bytes } }
}
