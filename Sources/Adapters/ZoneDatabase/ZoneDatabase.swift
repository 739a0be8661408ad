package import FlowSchedule
import Glibc
import Primitives

/// The time zones that the system has installed, one file each.
///
/// Nothing is kept: a zone's file is read when a time is worked out, so that a new tzdata holds at once.
package struct ZoneDatabase: Sendable {
    package let folder: String

    /// The largest file of tzdata has 4 KB.
    private static let fileBytesMax = 64 * 1024

    package init(folder: String = "/usr/share/zoneinfo") { self.folder = folder }

    package func lookUp(_ name: String) -> ZoneLookup {
        let path = "\(folder)/\(name)"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let number = errno
            guard number == ENOENT || number == ENOTDIR else {
                return .unreadable(reason: "\(path): \(Self.text(of: number))")
            }
            let names = self.names(in: "")
            if names.isEmpty { return .unreadable(reason: "there is nothing in \(folder)") }
            return .unknown(nearest: nearest(to: name, top: names))
        }
        defer { close(descriptor) }
        var about = stat()
        guard fstat(descriptor, &about) == 0 else {
            return .unreadable(reason: "\(path): \(Self.text(of: errno))")
        }
        // An area such as `Europe`.
        if about.st_mode & S_IFMT == S_IFDIR { return .unknown(nearest: []) }
        var bytes = [UInt8](repeating: 0, count: Self.fileBytesMax)
        let count = read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { return .unreadable(reason: "\(path): \(Self.text(of: errno))") }
        return .found(Array(bytes[..<count]))
    }

    private static func text(of number: Int32) -> String { String(cString: strerror(number)) }

    /// In the same area, or where it is not one, among all areas.
    private func nearest(to name: String, top: [String]) -> [String] {
        let area = name.split(separator: "/").dropLast().joined(separator: "/")
        let siblings = area.isEmpty ? [] : names(in: area).map { "\(area)/\($0)" }
        if !siblings.isEmpty { return name.nearest(in: siblings, limit: 2) }
        let city = name.split(separator: "/").last.map(String.init) ?? name
        return top.flatMap { area in [area] + names(in: area).map { "\(area)/\($0)" } }
            .filter { $0 == city || $0.hasSuffix("/\(city)") || $0.lowercased() == name.lowercased() }
            .prefix(2).map { $0 }
    }

    private func names(in area: String) -> [String] {
        guard let directory = opendir(area.isEmpty ? folder : "\(folder)/\(area)") else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // Zones and areas begin with a capital; tables and copies with other rules do not.
            if name.first?.isUppercase == true { names.append(name) }
        }
        return names.sorted()
    }
}
