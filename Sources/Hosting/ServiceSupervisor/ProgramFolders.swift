import Glibc

/// Where the services' programs are looked for.
package struct ProgramFolders: Sendable, Hashable {
    /// The absolute path of the program that asks: its folder and its prefix are looked in.
    package let program: String
    package let folders: [String]

    /// In this order: FNF_LIBEXEC_DIR when it is set, and then nowhere else; beside the program;
    /// `libexec/fnf` of the program's prefix; `/usr/libexec/fnf`.
    package init(
        program: String = runningProgram(), libexec: String? = environmentVariable("FNF_LIBEXEC_DIR")
    ) {
        self.program = program
        if let libexec, !libexec.isEmpty {
            folders = [absolutePath(libexec)]
        } else {
            let here = parentFolder(program)
            var all = [here, "\(parentFolder(here))/libexec/fnf", "/usr/libexec/fnf"]
            if all[1] == all[2] { all.removeLast() }
            folders = all
        }
    }

    package func path(of name: String) throws(SupervisorFault) -> String {
        for folder in folders {
            let path = "\(folder)/\(name)"
            if access(path, X_OK) == 0, !isFolder(path) { return path }
        }
        throw .programMissing(name: name, lookedIn: folders)
    }
}

/// The file that this process executes.
package func runningProgram() -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4097) { buffer in
        guard let start = buffer.baseAddress else { return "" }
        let count = readlink("/proc/self/exe", start, 4096)
        guard count > 0 else { return "" }
        start[count] = 0
        return String(cString: start)
    }
}
