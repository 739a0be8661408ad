import ConsoleParts

/// Places of these pages that no other room leads to.
enum OperationPaths {
    static let events = "\(ConsolePaths.home)/events"
    static let queues = "\(ConsolePaths.home)/queues"
    static let start = "\(ConsolePaths.executions)/start"
    static let review = "\(ConsolePaths.executions)/review"
    static let stop = "\(ConsolePaths.executions)/stop"
    static let report = "\(ConsolePaths.waiting)/report"
    static let scheduleNew = "\(ConsolePaths.schedules)/new"
    static let scheduleEdit = "\(ConsolePaths.schedules)/edit"
    static let scheduleSwitch = "\(ConsolePaths.schedules)/switch"
    static let scheduleDelete = "\(ConsolePaths.schedules)/delete"
    static let supplierRule = "\(ConsolePaths.suppliers)/rule"
    static let supplierExplain = "\(ConsolePaths.suppliers)/explain"
}
