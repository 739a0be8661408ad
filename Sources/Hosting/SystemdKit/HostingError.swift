import Glibc

/// What is wrong with a folder or file that the environment names; the text says the way out.
package enum HostingError: Error, Equatable, CustomStringConvertible {
    case variableMissing(String, purpose: String, remedy: String)
    case folderUnusable(path: String, variable: String, reason: String)
    case socketPathTooLong(path: String, bytes: Int, bytesMax: Int)

    package var description: String {
        switch self {
        case .variableMissing(let name, let purpose, let remedy):
            "\(name) is not set, it names \(purpose): \(remedy)"
        case .folderUnusable(let path, let variable, let reason):
            "the folder \(path) (from \(variable)) can not be used: \(reason)"
        case .socketPathTooLong(let path, let bytes, let bytesMax):
            "the socket path \(path) has \(bytes) bytes and the kernel allows \(bytesMax): choose a shorter "
                + "folder by FNF_RUNTIME_DIR or `fnfctl up --dir`"
        }
    }
}

/// Checks that the path is a folder that this process may use in the given way.
func checkFolder(_ path: String, variable: String, writable: Bool) throws(HostingError) {
    func unusable(_ reason: String) -> HostingError {
        .folderUnusable(path: path, variable: variable, reason: reason)
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
        throw unusable(
            errno == ENOENT ? "it does not exist, create it or correct \(variable)" : systemReason(errno))
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw unusable("it is not a folder") }
    if access(path, (writable ? W_OK : R_OK) | X_OK) != 0 {
        throw unusable(
            errno == EROFS
                ? "its file system is read-only"
                : "it is not \(writable ? "writable" : "readable") for user \(geteuid()), correct its owner")
    }
}
