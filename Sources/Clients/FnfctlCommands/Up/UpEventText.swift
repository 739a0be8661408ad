import Primitives
import ServiceSupervisor

/// What `fnfctl up` shows of an event; nil: nothing.
enum UpEventText {
    static func text(_ event: SupervisorEvent, _ terminal: Terminal) -> String? {
        if case .log(let line) = event.kind { return LogLineText.text(line.fields, terminal) + "\n" }
        guard let (remark, tone) = remark(event.kind) else { return nil }
        let head = LogLineText.head(event.service, time: event.time.description, terminal)
        return head + terminal.paint(remark.printable(), tone) + "\n"
    }

    private static func remark(_ kind: SupervisorEvent.Kind) -> (String, Cell.Tone)? {
        switch kind {
        case .started(let pid): ("started as process \(pid)", .faint)
        case .ready: ("ready", .good)
        case .stopping: ("stopping", .faint)
        case .reloading: ("reading its configuration again", .faint)
        case .watchdogExpired: ("was silent for longer than the watchdog allows: ending it", .bad)
        case .exited(let exit): ("ended: \(exit)", exit.isSuccess ? .faint : .bad)
        case .restarting(let delay): ("starts again in \(delay.milliseconds) ms", .warning)
        case .problem(let text): (text, .bad)
        case .status, .log: nil
        }
    }
}
