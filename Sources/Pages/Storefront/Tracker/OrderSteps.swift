import HTMLMarkup
import OrderStoreAPI
import WebPages

/// The way of an order as four steps, the reached one marked.
struct OrderSteps {
    let sight: OrderSight
    let language: Language

    private enum State: String {
        case done, current, ahead, broken
    }

    var list: HTML {
        el("ol", .class("steps"), .aria("label", language("Progress", "进度"))) {
            for (index, name) in names.enumerated() { step(name, state(of: index)) }
        }
    }

    private var names: [String] {
        let last =
            switch sight.order.status {
            case .canceled: language("Canceled", "已取消")
            case .failed: language("Failed", "失败")
            default: language("Done", "完成")
            }
        return [
            language("Received", "已接单"), language("Choose payment", "选择支付"), language("Paid", "已支付"), last,
        ]
    }

    private func state(of index: Int) -> State {
        let broken = sight.order.status == .canceled || sight.order.status == .failed
        if index == names.count - 1, broken { return .broken }
        return index < reached ? .done : index == reached && !broken ? .current : .ahead
    }

    /// The step that is being worked on; those before it are done.
    private var reached: Int {
        switch sight.stage {
        case .received: 0
        case .choosing, .unpayable: 1
        case .paying: 2
        case .paid: 3
        case .completed: names.count
        case .canceled, .failed:
            sight.order.paymentMethod == nil ? 1 : 3
        }
    }

    private func step(_ name: String, _ state: State) -> HTML {
        el("li", .class(state.rawValue), .aria("current", state == .current ? "step" : nil)) {
            el("span", .class("dot")) { HTML(trusted: Self.sign(state)) }
            el("span", .class("step-name")) { name }
            if state == .done { el("span", .class("visually-hidden")) { language("done", "已完成") } }
        }
    }

    private static func sign(_ state: State) -> String {
        let shape =
            switch state {
            case .done: "<path d=\"M3.5 8.5l3 3 6-7\"/>"
            case .broken: "<path d=\"M4 4l8 8M12 4l-8 8\"/>"
            case .current, .ahead: ""
            }
        return """
            <svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" \
            stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" \
            aria-hidden="true">\(shape)</svg>
            """
    }
}
