/// A copy of everything that the service keeps, as it was at one moment. Every service with a state answers
/// it.
///
/// The first item has no bytes: the moment is fixed, and the service goes on working. Then each file follows
/// from its beginning to its end. A service makes one copy at a time; a caller that goes away ends it.
package enum BackUpService: RPCStreamMethod {
    package typealias Params = NoFields

    package struct Item: WireRecord {
        package var file = ""
        package var offset: Int64 = 0
        package var size: Int64 = 0
        package var content = ""

        package init() {}

        package static let fields: [WireField<Item>] = [
            .defaulted("file", \.file, "Its name in the service's state folder"),
            .defaulted("offset", \.offset, "Where the content belongs, in bytes"),
            .defaulted("size", \.size, "Of the whole file, in bytes"),
            .defaulted("content", \.content, "Bytes in Base64"),
        ]
    }

    package struct Result: WireRecord {
        package var service = ""
        package var version = ""
        package var time = ""
        package var files: [BackedUpFile] = []

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("service", \.service),
            .required("version", \.version, "Of the release that wrote the files"),
            .required("time", \.time, "The moment that the files show"),
            .required("files", \.files, "All that were sent"),
        ]
    }

    package static let name = "service.backUp"
    package static let summary = "Sends a copy of all that the service keeps, as it was at one moment"
    /// It contains secrets, such as the key of the task tokens.
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.resourceThrottled, .serviceUnavailable, .slowConsumer]
    package static let exampleParams = NoFields()
    package static let exampleItem = Item.with {
        $0.file = "order-store.sqlite"
        $0.size = 3
        $0.content = "Zm5m"
    }
    package static let exampleResult = Result.with {
        $0.service = "order-store"
        $0.version = "0.1.0"
        $0.time = "2026-11-23T09:30:00.000Z"
        $0.files = [BackedUpFile.example]
    }
}

/// A file of a backup, by which its bytes are known to be the right ones.
package struct BackedUpFile: WireRecord {
    package var name = ""
    package var bytes: Int64 = 0
    package var sha256 = ""

    package init() {}

    package static let fields: [WireField<BackedUpFile>] = [
        .required("name", \.name), .required("bytes", \.bytes),
        .required("sha256", \.sha256, "In hexadecimal digits"),
    ]

    static let example = BackedUpFile.with {
        $0.name = "order-store.sqlite"
        $0.bytes = 3
        $0.sha256 = "20dc15e8a27c2ea1a3e31f04d3ed42cd2e3ba03a1a0ac2a4b7e0b50b1ae7ba35"
    }
}
