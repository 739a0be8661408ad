import Synchronization

/// A folder that is this supervisor's: locked, laid out, its sockets open.
final class SupervisedFolder: Sendable {
    struct Content: Sendable {
        let lock: FolderLock
        let notify: NotifySocket
        /// In the order of the plan's services.
        let doors: [DoorSockets]
    }

    private let content: Mutex<Content?>
    /// Where the TCP listeners are, by name.
    let addresses: [String: TCPAddress]

    init(_ plan: SupervisorPlan) throws(SupervisorFault) {
        let layout = plan.layout
        try makeFolder(layout.folder)
        let lock = try FolderLock(layout)
        for folder in [layout.runtimeFolder, layout.logFolder] { try makeFolder(folder) }
        for service in plan.services { try makeFolder(layout.stateFolder(of: service.name), mode: 0o700) }
        switch plan.configuration {
        case .folder(let folder):
            if !isFolder(folder) { throw .configurationUnusable(path: folder, reason: "it is no folder") }
        case .ownFrom(let defaults):
            let own = layout.configurationFolder
            if !isFolder(own) { try DefaultConfiguration.copy(from: defaults, to: own) }
        }
        for credential in plan.services.flatMap(\.credentials) {
            try makeFolder(layout.credentialsFolder, mode: 0o700)
            try CredentialFile.make("\(layout.credentialsFolder)/\(credential)")
        }
        let notify = try NotifySocket(path: layout.notifySocket)
        var doors: [DoorSockets] = []
        for service in plan.services { doors.append(try DoorSockets(service, layout: layout)) }
        addresses = doors.reduce(into: [:]) { all, next in all.merge(next.addresses) { first, _ in first } }
        content = Mutex(Content(lock: lock, notify: notify, doors: doors))
    }

    /// Whoever takes the content closes the sockets and frees the folder by letting go of it.
    func take() -> Content? { content.withLock { $0.take() } }
}
