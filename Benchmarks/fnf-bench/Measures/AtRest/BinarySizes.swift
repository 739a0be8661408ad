import BenchReport
import Glibc
import ServiceSupervisor

/// The programs as they lie on the disk.
struct BinarySizes {
    let plan: SupervisorPlan

    func measure() throws -> [Figure] {
        var paths = plan.services.map { (name: $0.name, path: $0.executable) }
        paths.append(("fnfctl", try ProgramFolders().path(of: "fnfctl")))
        return try paths.map { name, path in
            var status = stat()
            guard stat(path, &status) == 0 else { throw BenchFault.system("can not see \(path)") }
            return Figure("binary_mib_\(figureWord(name))", Double(status.st_size) / 1_048_576, "MiB")
        }
    }
}

/// A service's name as it stands in the names of figures.
func figureWord(_ service: String) -> String {
    String(service.map { $0 == "-" ? "_" : $0 })
}
