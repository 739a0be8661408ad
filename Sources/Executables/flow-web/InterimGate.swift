import FlowWeb
import FlowWebAPI
import Primitives
import RPCProtocol
import RequestSigning
import Synchronization

/// Keys in memory, until the desk of access keys is wired.
final class InterimGate: AccessGate {
    private let secrets = Mutex<[String: String]>([:])

    func admit(_ request: SignedRequest) async throws(AccessFault) -> AccessGrant {
        guard let secret = secrets.withLock({ $0[request.accessKeyID] }) else {
            throw .unknownKey(request.accessKeyID)
        }
        guard request.isSigned(with: secret) else {
            throw .signatureMismatch(stringToSign: request.stringToSign)
        }
        return AccessGrant(accessKeyID: request.accessKeyID, role: .admin)
    }

    func put(_ params: CreateAccessKey.Params) -> CreateAccessKey.Result {
        secrets.withLock { $0[params.accessKeyID ?? ""] = params.secret ?? "" }
        var result = CreateAccessKey.Result()
        result.accessKeyID = params.accessKeyID ?? ""
        result.secret = params.secret ?? ""
        result.role = params.role
        return result
    }
}
