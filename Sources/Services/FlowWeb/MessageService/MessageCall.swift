import HTTPMessage
import MessageXML

/// A request of the message service that was let in.
struct MessageCall: Sendable {
    let resource: MessageResource
    let method: String
    let headers: HeaderList
    let query: MessageQuery
    let grant: AccessGrant
    let origin: MessageOrigin
    private let body: [UInt8]

    init(_ request: WebRequest, grant: AccessGrant) throws(MessageFault) {
        let head = request.head
        guard let resource = MessageResource(path: head.path) else { throw .noSuchPath(head.path) }
        try ContentDigest.check(head.headers["Content-MD5"], of: request.body)
        self.resource = resource
        method = head.method
        headers = head.headers
        query = try MessageQuery(head.query ?? "")
        origin = MessageOrigin(head)
        body = request.body
        self.grant = grant
    }

    var hasBody: Bool { !body.isEmpty }

    /// Throws: `AccessDenied` unless the key's role is at least this one.
    func need(_ role: AccessGrant.Role) throws(MessageFault) {
        let needed: AccessGrant.Role = role
        let order = AccessGrant.Role.allCases
        guard let held = order.firstIndex(of: grant.role), let least = order.firstIndex(of: needed),
            held >= least
        else { throw .accessDenied(key: grant.accessKeyID, has: grant.role, needs: role) }
    }

    /// The body's root element, which must have one of these names.
    func document(_ names: String...) throws(MessageFault) -> MessageElement {
        let root: MessageElement
        do throws(MessageXMLFault) { root = try MessageXML.read(body) } catch { throw .malformed(error) }
        guard names.contains(root.name) else {
            throw .schema(root.name, "it must be \(names.joined(separator: " or "))")
        }
        return root
    }

    /// The same, where a request without a body says nothing.
    func documentIfAny(_ name: String) throws(MessageFault) -> MessageElement {
        hasBody ? try document(name) : MessageElement(name)
    }
}
