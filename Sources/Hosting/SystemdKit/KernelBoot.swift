import Glibc

/// Which boot of the machine this is: what was written without waiting for the disk is whole within one only.
package enum KernelBoot {
    /// Nil when it can't be known.
    ///
    /// The unit passes it (`Environment=FNF_BOOT_ID=%b`), because its sandbox shows no /proc/sys; elsewhere
    /// the kernel's own file is read.
    package static func id(
        environment: EnvironmentLookup = ProcessEnvironment.lookup,
        file: String = "/proc/sys/kernel/random/boot_id"
    ) -> String? {
        if let id = environment("FNF_BOOT_ID"), !id.isEmpty { return normal(id) }
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        let id = normal(String(decoding: buffer[..<count], as: UTF8.self))
        return id.isEmpty ? nil : id
    }

    /// systemd writes it without dashes, the kernel with them.
    private static func normal(_ text: String) -> String { text.lowercased().filter(\.isHexDigit) }
}
