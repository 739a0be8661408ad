import ArgumentParser

/// `ID:SECRET`, as `fnfctl up --access-key` takes it.
struct AccessKeyArgument: ExpressibleByArgument, Sendable {
    let id: String
    let secret: String

    init?(argument: String) {
        guard let colon = argument.firstIndex(of: ":") else { return nil }
        id = String(argument[..<colon])
        secret = String(argument[argument.index(after: colon)...])
        if id.isEmpty || secret.isEmpty { return nil }
    }
}
