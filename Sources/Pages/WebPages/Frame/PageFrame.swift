package import HTMLMarkup
import HTTPMessage
import Primitives

/// What stands around every page: head, navigation, language, who is signed in.
struct PageFrame {
    let assets: PageAssets

    func render(_ page: Page, for request: PageRequest) -> HTML {
        let language = page.face.languages.contains(request.language) ? request.language : .english
        return HTML(trusted: "<!doctype html>\n")
            + el("html", .attribute("lang", language.tag), .data("now", request.now.description)) {
                head(page, language)
                el("body", .class(page.face.word)) {
                    el("a", .class("skip"), .href("#main")) { language("Skip to the content", "跳到内容") }
                    header(page, request, language)
                    el(
                        "main", .id("main"), .class(page.isWide ? "wide" : nil),
                        .data("events", page.events), .attribute("tabindex", "-1")
                    ) { page.body }
                    footer(page, request, language)
                }
            }
    }

    private func head(_ page: Page, _ language: Language) -> HTML {
        el("head") {
            void("meta", .attribute("charset", "utf-8"))
            void("meta", .name("viewport"), .attribute("content", "width=device-width, initial-scale=1"))
            void("meta", .name("color-scheme"), .attribute("content", "light dark"))
            el("title") { "\(page.title) · \(page.face.name(language))" }
            void("link", .attribute("rel", "icon"), .href(assets.iconPath))
            void("link", .attribute("rel", "stylesheet"), .href(assets.stylePath))
            el("script", .src(assets.scriptPath), .flag("defer"))
            if let seconds = page.refreshSeconds {
                el("noscript") {
                    void("meta", .attribute("http-equiv", "refresh"), .attribute("content", "\(seconds)"))
                }
            }
        }
    }

    private func header(_ page: Page, _ request: PageRequest, _ language: Language) -> HTML {
        let entries = page.face.navigation(language, request.visitor)
        return el("header", .class("bar")) {
            el("a", .class("brand"), .href(page.face.home)) {
                HTML(trusted: PageAssets.mark)
                el("span") { page.face.name(language) }
            }
            if !entries.isEmpty {
                el("nav", .aria("label", language("Main", "主导航"))) {
                    for entry in entries {
                        el(
                            "a", .href(entry.path), .data("key", entry.key.map { "\($0)" }),
                            .aria("current", entry.path == page.section ? "page" : nil)
                        ) { entry.label }
                    }
                }
            }
            account(request, language)
        }
    }

    private func account(_ request: PageRequest, _ language: Language) -> HTML {
        el("div", .class("account")) {
            if let name = request.visitor.name {
                el("span", .class("muted"), .title(request.visitor.role?.rawValue)) { name }
                request.form("/signout", .class("inline")) {
                    el("button", .type("submit"), .class("quiet")) { language("Sign out", "退出") }
                }
            } else {
                el("a", .class("quiet"), .href("/signin")) { language("Sign in", "登录") }
            }
        }
    }

    private func footer(_ page: Page, _ request: PageRequest, _ language: Language) -> HTML {
        el("footer") {
            if page.face.languages.count > 1 {
                // A form, since the choice is remembered.
                request.form("/language", .class("inline languages")) {
                    void(
                        "input", .type("hidden"), .name("back"), .value(request.head.target))
                    for other in page.face.languages {
                        el(
                            "button", .type("submit"), .class("quiet"), .name("language"),
                            .value(other.rawValue), .attribute("lang", other.tag),
                            .aria("pressed", other == language ? "true" : "false")
                        ) { other.ownName }
                    }
                }
            }
            el("span", .class("muted")) { "fnf" }
        }
    }
}

extension PageRequest {
    /// A form that changes something: it is sent by POST and has the visitor's token.
    package func form(
        _ action: String, _ attributes: HTMLAttribute..., @HTMLBuilder content: () -> HTML
    ) -> HTML {
        el("form", [.attribute("method", "post"), .action(action)] + attributes) {
            void("input", .type("hidden"), .name("csrf"), .value(visitor.formToken))
            content()
        }
    }
}
