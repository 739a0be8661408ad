import HTMLMarkup

/// A problem as a page.
enum ProblemPage {
    static func page(_ problem: Problem, _ face: Face, _ language: Language) -> Page {
        Page(face, problem.title, status: problem.status) {
            el("section", .class("problem")) {
                el("p", .class("number")) { "\(problem.status)" }
                el("h1") { problem.title }
                el("p") { problem.sentence }
                if let advice = problem.advice { el("p", .class("muted")) { advice } }
                el("p") {
                    el("a", .class("button"), .href(face.home)) { language("To the start", "返回首页") }
                }
            }
        }
    }
}
