import Glibc
package import ServiceSupervisor

/// What the build made, and the repository it was made from.
package enum BuildProducts {
    /// The root of the repository: where this file was when it was compiled.
    package static let repository: String = {
        var parts = #filePath.split(separator: "/")
        // Tests/Support/TestHost/BuildProducts.swift
        parts.removeLast(4)
        return "/" + parts.joined(separator: "/")
    }()

    /// The folder of the test bundle that runs, which is that of all other products.
    package static let folder: String = {
        let program = runningProgram()
        return program.lastIndex(of: "/").map { String(program[..<$0]) } ?? ""
    }()

    /// The path of a product that must be there.
    package static func path(of name: String) throws(TestHostFault) -> String {
        let path = "\(folder)/\(name)"
        guard Files.exists(path) else { throw .notBuilt(name, folder: folder) }
        return path
    }

    /// Where the supervisor finds the services.
    package static var programs: ProgramFolders {
        ProgramFolders(program: "\(folder)/fnfctl", libexec: folder)
    }

    /// The configuration as it is delivered.
    package static var defaultConfiguration: String { "\(repository)/etc" }
    package static var orderDemoFlow: String { "\(repository)/docs/examples/order-demo.yaml" }
    package static func crashShim() throws(TestHostFault) -> String { try path(of: "libCrashShim.so") }
}
