import HTMLMarkup
import HTTPMessage

/// A handler's answer as bytes and headers.
struct AnswerRendering {
    let frame: PageFrame
    /// Shows problems.
    let face: Face

    /// Nothing but our own files, forms and events; no page of another site may show ours in a frame.
    private static let contentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    func render(_ answer: PageAnswer, for request: PageRequest) -> WebAnswer {
        var rendered = plain(answer, for: request)
        for cookie in cookies(of: answer, for: request) {
            rendered.headers.add("Set-Cookie", cookie.header(isEncrypted: request.head.isEncrypted))
        }
        for (name, value) in [
            ("Content-Security-Policy", Self.contentPolicy), ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ] { rendered.headers[name] = value }
        if rendered.headers["Cache-Control"] == nil { rendered.headers["Cache-Control"] = "no-store" }
        return rendered
    }

    /// What a handler sets is newer than what was known of the visitor before; what never changes under its
    /// path may be kept by anybody on the way, so it says nothing about a visitor.
    private func cookies(of answer: PageAnswer, for request: PageRequest) -> [SetCookie] {
        var set: [SetCookie] = []
        switch answer {
        case .asset: return []
        case .seeOther(_, let cookies): set = cookies
        default: break
        }
        let names = Set(set.map(\.name))
        return set + request.visitor.cookies.filter { !names.contains($0.name) }
    }

    private func plain(_ answer: PageAnswer, for request: PageRequest) -> WebAnswer {
        switch answer {
        case .page(let page): return self.page(page, for: request)
        case .problem(let problem):
            return page(ProblemPage.page(problem, face, request.language), for: request)
        case .seeOther(let place, _):
            return WebAnswer(status: 303, headers: HeaderList([("Location", place)]))
        case .events(let write):
            return WebAnswer(
                headers: HeaderList([
                    ("Content-Type", "text/event-stream"), ("X-Accel-Buffering", "no"),
                ]), body: .stream(write))
        case .file(let name, let contentType, let text):
            var answer = WebAnswer(contentType: contentType, text: text)
            answer.headers["Content-Disposition"] =
                "attachment; filename*=UTF-8''\(PercentCoding.encode(name))"
            return answer
        case .asset(let contentType, let bytes):
            return WebAnswer(
                headers: HeaderList([
                    ("Content-Type", contentType), ("Cache-Control", "public, max-age=31536000, immutable"),
                ]), body: .bytes(bytes))
        }
    }

    private func page(_ page: Page, for request: PageRequest) -> WebAnswer {
        WebAnswer(
            status: page.status, contentType: "text/html; charset=utf-8",
            text: frame.render(page, for: request).markup)
    }
}
