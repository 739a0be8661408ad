import ConsoleParts
import HTMLMarkup

/// What was reported for a task, and what is wrong with it, by field.
struct ReportForm: Sendable {
    var flow: String
    var execution: String
    /// The number of the event that scheduled it.
    var task: String
    var succeeds: Bool
    var output: String
    var error: String
    var cause: String
    var faults: [String: String] = [:]

    /// Units: characters.
    private static let errorMax = 128
    private static let causeMax = 4096

    /// - Parameter value: of a field, by its name.
    init(_ value: (String) -> String) {
        flow = value("flow")
        execution = value("execution")
        task = value("task")
        succeeds = value("outcome") != "fail"
        output = value("output")
        error = value("error")
        cause = value("cause")
    }

    mutating func check() {
        if succeeds {
            do throws(JSONPlace.Fault) { _ = try JSONPlace.object(output) } catch {
                faults["output"] = error.sentence
            }
            return
        }
        if error.isEmpty { faults["error"] = "Name the error: the flow's retry and catch look at it." }
        if error.count > Self.errorMax { faults["error"] = "At most \(Self.errorMax) characters." }
        if cause.count > Self.causeMax { faults["cause"] = "At most \(Self.causeMax) characters." }
    }

    /// The fields that say which task is meant.
    var names: HTML {
        group {
            hidden("flow", flow)
            hidden("execution", execution)
            hidden("task", task)
        }
    }

    func command(step: String) -> String {
        let head = ["fnfctl", "task", succeeds ? "succeed" : "fail", flow, execution, step]
        if succeeds { return ShellText.command(head + ["--output", output.isEmpty ? "{}" : output]) }
        return ShellText.command(head + ["--error", error] + (cause.isEmpty ? [] : ["--cause", cause]))
    }
}
