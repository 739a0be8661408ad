import HTMLMarkup
import HTTPMessage
import Primitives
import WebPages

/// The page of a link: it asks before it signs in, since programs follow links too.
struct LinkPage {
    let request: PageRequest
    let link: SignInLink

    private var language: Language { request.language }

    var page: Page {
        Page(SignInFace.face, language("Sign in", "登录")) {
            el("section", .class("card")) {
                el("div", .class("stack tight")) {
                    el("h1") { language("Sign in as \(link.name)?", "以 \(link.name) 身份登录？") }
                    el("p", .class("muted")) {
                        language("The link works once.", "此链接只能使用一次。")
                    }
                }
                facts([
                    (language("Role", "角色"), HTML(link.role.rawValue)),
                    (
                        language("Flows", "流程"),
                        HTML(
                            link.flows.isEmpty
                                ? language("all", "全部") : link.flows.joined(separator: ", "))
                    ), (language("Ends", "失效"), moment(link.expires, now: request.now, language)),
                ])
                request.form("/signin/\(PercentCoding.encode(request["link"]))", .data("once", "")) {
                    void(
                        "input", .type("hidden"), .name("to"),
                        .value(SessionPages.place(request.asked("to"))))
                    el("button", .type("submit"), .class("main"), .flag("autofocus")) {
                        language("Sign in", "登录")
                    }
                }
            }
        }
    }
}

/// Where a link leads that was used, is over or was never made: nobody learns which.
struct GonePage {
    let request: PageRequest

    private var language: Language { request.language }

    var page: Page {
        let title = language("This link is not good any more", "此链接已失效")
        return Page(SignInFace.face, title, status: 404) {
            el("section", .class("card")) {
                el("div", .class("stack tight")) {
                    el("h1") { title }
                    el("p", .class("muted")) {
                        language("A link signs in once, and within minutes.", "每个链接只能使用一次，并在几分钟内失效。")
                    }
                }
                if let name = request.visitor.name {
                    el("p") {
                        language("You are signed in as ", "当前登录：")
                        el("strong") { name }
                    }
                    el("a", .class("button main"), .href("/console")) { language("Go on", "继续") }
                } else {
                    el("div", .class("stack tight")) {
                        el("p", .class("small muted")) { language("Make another on the host:", "请在主机上重新生成：") }
                        copyLine("fnfctl ui", language)
                    }
                    el("a", .href("/signin")) { language("Sign in with an access key", "使用访问密钥登录") }
                }
            }
        }
    }
}
