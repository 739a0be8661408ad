package import RPCProtocol

/// Removes the ended executions that are kept no longer by the rules of retention, or tells which these are.
/// Ours: the cloud keeps executions for 90 days.
///
/// It goes on in small turns between the engine's work. Ending the call ends it; what was removed stays
/// removed.
package enum ApplyRetention: RPCStreamMethod {
    package struct Params: WireRecord {
        package var dryRun = true

        package init() {}

        package static let fields: [WireField<Params>] = [
            .defaulted("DryRun", \.dryRun, "Remove nothing, only count")
        ]
    }

    package struct Item: WireRecord {
        package var examined: Int64 = 0
        package var executions: Int64 = 0

        package init() {}

        package static let fields: [WireField<Item>] = [
            .required("Examined", \.examined, "Executions looked at so far"),
            .required("Executions", \.executions, "That go"),
        ]
    }

    package struct Result: WireRecord {
        package var rules: [RetentionRuleRecord] = []
        package var groups: [RetentionGroup] = []
        package var examined: Int64 = 0
        package var executions: Int64 = 0
        package var rows: Int64 = 0
        package var bytes: Int64 = 0

        package init() {}

        package static let fields: [WireField<Result>] = [
            .required("Rules", \.rules, "In force; the first that fits holds"),
            .required("Groups", \.groups, "What goes, by flow and status"),
            .required("Examined", \.examined), .required("Executions", \.executions, "That go, or went"),
            .required("Rows", \.rows, "Of the journal that were removed"),
            .required("Bytes", \.bytes, "Of what was written in them"),
        ]
    }

    package static let summary = "Removes executions that are kept no longer, or tells which"
    package static let roles: Set<RPCRole> = [.admin]
    package static let errors: [RPCErrorName] = [.resourceThrottled, .serviceUnavailable]
    package static let exampleParams = Params()
    package static let exampleItem = Item.with {
        $0.examined = 500
        $0.executions = 12
    }
    package static let exampleResult = Result.with {
        $0.rules = [
            RetentionRuleRecord.with {
                $0.flow = "Order*"
                $0.keepDays = 30
            }
        ]
        $0.groups = [
            RetentionGroup.with {
                $0.flowName = "OrderDemo-Jiyuan"
                $0.status = "Succeeded"
                $0.executions = 12
                $0.oldestTime = "2026-09-01T09:30:00.000Z"
            }
        ]
        $0.examined = 500
        $0.executions = 12
    }
}

/// A rule of `flow-engine.yaml`.
package struct RetentionRuleRecord: WireRecord {
    package var flow = ""
    package var statuses: [String] = []
    package var keepDays: Int64?
    package var keepCount: Int64?

    package init() {}

    package static let fields: [WireField<RetentionRuleRecord>] = [
        .required("Flow", \.flow, "With * for any characters"),
        .defaulted("Statuses", \.statuses, "Empty: however it ended"),
        .optional("KeepDays", \.keepDays, "Since the end"),
        .optional("KeepCount", \.keepCount, "The newest of each flow and status"),
    ]
}

/// Executions of one flow that ended alike.
package struct RetentionGroup: WireRecord {
    package var flowName = ""
    package var status = ""
    package var executions: Int64 = 0
    package var oldestTime = ""

    package init() {}

    package static let fields: [WireField<RetentionGroup>] = [
        .required("FlowName", \.flowName), .required("Status", \.status),
        .required("Executions", \.executions), .required("OldestTime", \.oldestTime, "When the first ended"),
    ]
}
