import FlowWebAPI
import ServiceSupervisor

/// The access keys that `fnfctl up` was given.
enum UpKeys {
    static func create(
        _ keys: [AccessKeyArgument], in layout: SupervisorLayout, _ session: Session
    ) async throws(CommandFailure) {
        let peers = Peers(folder: layout.runtimeFolder, timeout: nil, session: session)
        for key in keys {
            var params = CreateAccessKey.Params()
            params.accessKeyID = key.id
            params.secret = key.secret
            params.role = .admin
            params.description = "fnfctl up"
            params.replace = true
            _ = try await peers.call(CreateAccessKey.self, params, on: .flowWeb)
        }
    }
}
