/// The pair that a client signs with.
package struct SigningKey: Sendable, Hashable {
    package let id: String
    package let secret: String

    package init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }
}
