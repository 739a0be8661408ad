import Glibc
import ServiceSupervisor

/// The folder that a run works in, and the files of the repository that it needs.
struct Workplace: Sendable {
    let folder: String
    let resultFile: String
    /// The folder of the repository, when the program lies in one.
    let repository: String?
    /// The text of the order demo's flow.
    let definition: String
    private let keeps: Bool

    init(folder: String?, flow: String?, json: String?, keeps: Bool) throws {
        let program = runningProgram()
        let root = Self.repository(of: program)
        repository = root
        let build = root.map { "\($0)/.build" } ?? "."
        guard let file = flow ?? root.map({ "\($0)/docs/examples/order-demo.yaml" }) else {
            throw BenchFault("\(program) lies in no checkout: name the order demo's flow by --flow")
        }
        guard let text = SmallFile.text(file) else {
            throw BenchFault.system("can not read the flow \(file)")
        }
        definition = text
        self.keeps = keeps
        resultFile = json ?? "\(build)/bench.json"
        Self.removeLeftovers(in: build)
        self.folder = "\(folder ?? build)/bench-\(getpid())"
        guard mkdir(self.folder, 0o755) == 0 else {
            throw BenchFault.system("can not make the folder \(self.folder)")
        }
    }

    /// The four services, as `fnfctl up` would run them, in a folder inside this one.
    func plan(in part: String = "all") throws -> SupervisorPlan {
        try SupervisorPlan.fnf(folder: "\(folder)/\(part)")
    }

    func remove() {
        if keeps { Progress.note("kept: \(folder)") } else { FolderTree.remove(folder) }
    }

    private static func repository(of program: String) -> String? {
        let parts = program.split(separator: "/", omittingEmptySubsequences: false)
        return parts.lastIndex(of: ".build").map { parts[..<$0].joined(separator: "/") }
    }

    /// Folders of runs that were killed.
    private static func removeLeftovers(in build: String) {
        for name in FolderTree.names(in: build) where name.hasPrefix("bench-") {
            guard let pid = Int32(name.dropFirst("bench-".count)), kill(pid, 0) != 0, errno == ESRCH else {
                continue
            }
            FolderTree.remove("\(build)/\(name)")
        }
    }
}
