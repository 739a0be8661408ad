package import RPCProtocol

/// Keeps the engine from committing anything, so that a backup can fix the moment of every service while none
/// of them learns of something new from the engine. Ours: the cloud has no such action.
///
/// One item comes when everything decided so far is on disk. It ends when the caller goes away, at the latest
/// after the time given; what was asked of the engine meanwhile is then done.
package enum HoldCommits: RPCStreamMethod {
    package struct Params: WireRecord {
        package var milliseconds: Int64 = 500

        package init() {}

        package static let fields: [WireField<Params>] = [
            .defaulted("Milliseconds", \.milliseconds, "1 to 2000")
        ]
    }

    package struct Item: WireRecord {
        package var sequence: Int64 = 0

        package init() {}

        package static let fields: [WireField<Item>] = [
            .required("Sequence", \.sequence, "Of the newest commit")
        ]
    }

    package typealias Result = NoFields

    package static let summary = "Keeps the engine from committing for some milliseconds"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.invalidArgument, .resourceThrottled, .serviceUnavailable]
    package static let exampleParams = Params()
    package static let exampleItem = Item.with { $0.sequence = 12 }
    package static let exampleResult = Result()
}
