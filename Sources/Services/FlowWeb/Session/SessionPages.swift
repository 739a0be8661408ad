import HTTPMessage
import Primitives
import RPCProtocol
package import WebPages

/// The pages to sign in and out.
package enum SessionPages {
    /// What they add to the style sheet.
    package static var style: String { SignInFace.style }

    /// Units: bytes. An id and a secret, and where to go on.
    private static let bodyBytesMax = 8 << 10

    package static func routes(_ desk: SessionDesk) -> [PageRoute] {
        [
            .get("/signin") { request in .page(SignInPage(request: request).page) },
            .post("/signin", bodyBytesMax: bodyBytesMax) { try await signIn($0, desk) },
            .get("/signin/{link}") { request in
                guard let link = await desk.link(request["link"]) else {
                    return .page(GonePage(request: request).page)
                }
                return .page(LinkPage(request: request, link: link).page)
            },
            .post("/signin/{link}", bodyBytesMax: bodyBytesMax) { request in
                let cookie: SetCookie
                do throws(SignInFault) {
                    cookie = try await desk.signIn(link: request["link"], from: request.head)
                } catch {
                    if error == .noSuchLink { return .page(GonePage(request: request).page) }
                    throw problem(error, request.language)
                }
                return .seeOther(place(request.field("to")), cookies: [cookie])
            },
            .post("/signout", bodyBytesMax: bodyBytesMax) { request in
                do throws(RPCError) { try await desk.signOut(request.head) } catch {
                    throw RPCFailure.answered(error)
                }
                return .seeOther("/signin", cookies: [SetCookie(SessionDesk.sessionCookie, "", maxAge: 0)])
            },
        ]
    }

    private static func signIn(_ request: PageRequest, _ desk: SessionDesk) async throws -> PageAnswer {
        do throws(SignInFault) {
            // A secret may begin or end with what looks like nothing: it is taken as it came.
            let cookie = try await desk.signIn(
                key: request.field("key"), secret: request.form["secret"] ?? "", from: request.head)
            return .seeOther(place(request.field("to")), cookies: [cookie])
        } catch {
            switch error {
            case .wrong, .throttled: return .page(SignInPage(request: request, fault: error).page)
            case .noSuchLink, .unavailable: throw problem(error, request.language)
            }
        }
    }

    /// Where to go on; the console unless another place of ours was meant.
    static func place(_ text: String) -> String {
        let place = OwnPlace.checked(text)
        return place == "/" || place.hasPrefix("/signin") ? "/console" : place
    }

    private static func problem(_ fault: SignInFault, _ language: Language) -> Problem {
        switch fault {
        case .wrong, .noSuchLink:
            Problem(
                403, language("That does not sign in", "无法登录"),
                language("The key or the link is not good.", "密钥或链接无效。"))
        case .throttled(let wait):
            Problem(
                429, language("Too many attempts", "尝试次数过多"), SignInPage.wait(wait, language))
        case .unavailable(let reason):
            Problem(
                503, language("Not just now", "暂时无法处理"), reason,
                advice: language("Try it again in a moment.", "请稍后再试。"))
        }
    }
}
