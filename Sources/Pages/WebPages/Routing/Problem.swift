package import RPCProtocol

/// Why a page can't be shown, or a form can't be carried out, in words for people.
package struct Problem: Error, Sendable, Hashable {
    package var status: Int
    package var title: String
    /// What happened: one or two sentences.
    package var sentence: String
    /// What to do now.
    package var advice: String?

    package init(_ status: Int, _ title: String, _ sentence: String, advice: String? = nil) {
        self.status = status
        self.title = title
        self.sentence = sentence
        self.advice = advice
    }

    package static func notFound(_ sentence: String, _ language: Language) -> Problem {
        Problem(404, language("There is nothing here", "这里什么也没有"), sentence)
    }

    /// A field of a form that can't be taken; the page of the form shows it where it can.
    package static func badField(_ sentence: String, _ language: Language) -> Problem {
        Problem(
            400, language("That can't be taken", "无法接受"), sentence,
            advice: language("Go back, mend it and send it again.", "请返回修改后重新提交。"))
    }
}

extension Problem {
    /// What a failed call means to whoever reads the page.
    package init(_ failure: RPCFailure, _ language: Language) {
        switch failure {
        case .answered(let error): self.init(error, language)
        case .unreachable, .lost, .timedOut, .canceled:
            self.init(
                503, language("A part of the system is away", "系统的一部分暂时不可用"),
                language("It could not be asked just now: ", "暂时无法访问：") + "\(failure)",
                advice: language(
                    "It starts again by itself. Load this page again in a moment.",
                    "它会自动重启，请稍后刷新页面。"))
        }
    }

    private init(_ error: RPCError, _ language: Language) {
        let name = error.name.text
        // Of queues and topics the message service says it without an s.
        if name.hasSuffix("NotExists") || name.hasSuffix("NotExist") {
            self.init(404, language("There is nothing here", "这里什么也没有"), error.message)
        } else if name == "AccessDenied" {
            self.init(403, language("You may not do that", "没有权限"), error.message)
        } else if error.retryable {
            self.init(
                503, language("Not just now", "暂时无法处理"), error.message,
                advice: language("Try it again in a moment.", "请稍后再试。"))
        } else {
            self.init(
                400, language("That can't be done", "无法执行"), "\(error.message) (\(name))")
        }
    }
}
