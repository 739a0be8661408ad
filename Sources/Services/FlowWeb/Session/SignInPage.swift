import HTMLMarkup
import HTTPMessage
import Primitives
import WebPages

/// The page that asks for an access key.
struct SignInPage {
    let request: PageRequest
    /// What was wrong with the attempt before; nil: there was none.
    var fault: SignInFault?

    private var language: Language { request.language }

    var page: Page {
        Page(SignInFace.face, language("Sign in", "登录"), status: status) {
            el("section", .class("card")) {
                el("div", .class("stack tight")) {
                    el("h1") { language("Sign in", "登录") }
                    el("p", .class("muted")) {
                        language("With an access key of this host.", "使用本主机的访问密钥。")
                    }
                }
                if case .throttled(let wait)? = fault {
                    notice(.bad) { el("p") { Self.wait(wait, language) } }
                } else if let name = request.visitor.name {
                    notice(.run) { present(name) }
                }
                form
                el("div", .class("way")) {
                    el("p", .class("small muted")) {
                        language(
                            "Without a key: make a link on the host, it works once.",
                            "没有密钥？在主机上生成一次性链接：")
                    }
                    copyLine("fnfctl ui", language)
                }
            }
        }
    }

    private var status: Int {
        switch fault {
        case nil: 200
        case .throttled: 429
        default: 403
        }
    }

    /// Where to go on: named by the page that sent somebody here, then by the form.
    private var place: String {
        SessionPages.place(request.form["to"] == nil ? request.asked("to") : request.field("to"))
    }

    private func present(_ name: String) -> HTML {
        el("p") {
            language("You are signed in as ", "当前登录：")
            el("strong") { name }
            " (\(request.visitor.role?.rawValue ?? "")). "
            el("a", .href(place)) { language("Go on", "继续") }
        }
    }

    private var form: HTML {
        let wrong: String? =
            fault == .wrong ? language("No key lets in with this secret.", "密钥或密码不正确。") : nil
        return request.form("/signin", .data("once", "")) {
            void("input", .type("hidden"), .name("to"), .value(place))
            field("key", language("Access key", "访问密钥")) { attributes in
                input(
                    attributes + [
                        .type("text"), .value(request.field("key")), .attribute("autocomplete", "username"),
                        .attribute("autocapitalize", "none"), .attribute("spellcheck", "false"),
                        .flag("autofocus", when: fault == nil),
                    ])
            }
            field("secret", language("Secret", "密码"), fault: wrong) { attributes in
                input(
                    attributes + [
                        .type("password"), .attribute("autocomplete", "current-password"),
                        .flag("autofocus", when: fault != nil),
                    ])
            }
            el("button", .type("submit"), .class("main")) { language("Sign in", "登录") }
        }
    }

    private func input(_ attributes: [HTMLAttribute]) -> HTML {
        void("input", attributes + [.flag("required"), .attribute("maxlength", "256")])
    }

    /// Says how long to wait, in whole seconds.
    static func wait(_ wait: Duration, _ language: Language) -> String {
        let (seconds, rest) = wait.components
        let length = MomentText.length(seconds + (rest > 0 ? 1 : 0), language)
        return language(
            "Too many attempts failed. Try again in \(length).", "失败次数过多，请在 \(length)后重试。")
    }
}
