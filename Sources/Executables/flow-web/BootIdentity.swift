import Glibc
import SystemdKit

/// Which boot of the machine this is.
enum BootIdentity {
    /// As the unit says it, since its sandbox shows no /proc/sys; else as the kernel does. Nil: it can't be
    /// known.
    static var current: String? { ProcessEnvironment.lookup("FNF_BOOT_ID") ?? kernel }

    private static var kernel: String? {
        let descriptor = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 36)
        guard read(descriptor, &buffer, buffer.count) == buffer.count else { return nil }
        return String(validating: buffer.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }
}
