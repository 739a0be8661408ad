package import WebPages

/// The operator's console.
package enum ConsoleFace {
    package static let face = Face(
        word: "console", home: "/console", languages: [.english], name: { _ in "fnf console" },
        navigation: { _, visitor in
            guard visitor.may(.read) else { return [] }
            return [
                Face.Entry("/console", "Home", key: "h"),
                Face.Entry("/console/executions", "Executions", key: "e"),
                Face.Entry("/console/waiting", "Waiting room", key: "w"),
                Face.Entry("/console/flows", "Flows", key: "f"),
                Face.Entry("/console/schedules", "Schedules", key: "s"),
                Face.Entry("/console/queues", "Queues", key: "q"),
                Face.Entry("/console/suppliers", "Suppliers", key: "u"),
                Face.Entry("/console/payments", "Payments", key: "p"),
            ]
        })
}
