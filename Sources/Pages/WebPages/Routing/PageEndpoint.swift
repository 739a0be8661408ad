package import HTTPMessage
package import Logging
package import Primitives
import RPCProtocol

/// Answers browsers: finds the page, who it is for, and whether they may.
package struct PageEndpoint: WebEndpoint {
    private let table: RouteTable
    private let faces: [Face]
    private let gate: any VisitorGate
    private let world: any World
    private let frame: PageFrame
    private let logger: Logger

    /// - Parameter faces: the first that a path belongs to (by its `home`) shows problems; else the first.
    package init(
        _ routes: [PageRoute], faces: [Face], gate: any VisitorGate, assets: PageAssets, world: any World,
        logger: Logger
    ) {
        table = RouteTable(routes + assets.routes + [LanguageChoice.route])
        self.faces = faces
        self.gate = gate
        self.world = world
        self.logger = logger
        frame = PageFrame(assets: assets)
    }

    package func bodyBytesMax(of head: WebHead) -> Int {
        if case .route(let route, _) = table.find(head) { route.bodyBytesMax } else { 0 }
    }

    package func answer(_ request: WebRequest) async -> WebAnswer {
        let visitor = await gate.visitor(of: request.head)
        var asked = PageRequest(
            head: request.head, visitor: visitor, language: Language.of(request.head), now: world.now)
        do {
            let (route, values) = try find(request.head, asked.language)
            asked = try read(request, values, visitor)
            if let role = route.needs, !visitor.may(role) { return refuse(asked, needs: role) }
            if route.method == "POST" { try FormToken.check(asked) }
            return rendered(try await route.handler(asked), for: asked)
        } catch let problem as Problem {
            return rendered(.problem(problem), for: asked)
        } catch let failure as RPCFailure {
            return rendered(.problem(Problem(failure, asked.language)), for: asked)
        } catch {
            logger.error("the page \(request.head.path) could not be made: \(error)")
            return rendered(.problem(Self.ownFault(asked.language)), for: asked)
        }
    }

    package func refusal(of fault: WebFault, head: WebHead?) -> WebAnswer {
        let head = head ?? WebHead(method: "GET", path: "/")
        let asked = PageRequest(
            head: head, visitor: Visitor(formToken: ""), language: Language.of(head), now: world.now)
        return rendered(.problem(Problem(fault, asked.language)), for: asked)
    }

    private func find(
        _ head: WebHead, _ language: Language
    ) throws(Problem) -> (PageRoute, [String: String]) {
        switch table.find(head) {
        case .route(let route, let values): return (route, values)
        case .nothing:
            throw .notFound(
                language("No page has this address.", "没有这个地址的页面。"), language)
        case .otherMethod(let methods):
            throw Problem(
                405, language("Not in this way", "请求方式不正确"),
                language("This address takes ", "此地址只接受 ") + methods.joined(separator: ", ") + ".")
        }
    }

    private func read(
        _ request: WebRequest, _ values: [String: String], _ visitor: Visitor
    ) throws(Problem) -> PageRequest {
        let language = Language.of(request.head)
        do {
            let form = String(validating: request.body, as: UTF8.self)
            guard let form else {
                throw Problem.badField(language("The form is no UTF-8.", "表单不是 UTF-8 编码。"), language)
            }
            return PageRequest(
                head: request.head, path: values, query: try FormParameters(request.head.query ?? ""),
                form: try FormParameters(form), visitor: visitor, language: language, now: world.now)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw .badField("\(error)", language)
        }
    }

    /// Who is not signed in signs in first and comes back; who may not is told so.
    private func refuse(_ asked: PageRequest, needs role: VisitorRole) -> WebAnswer {
        let language = asked.language
        if asked.visitor.role == nil, asked.head.method != "POST" {
            return rendered(.seeOther("/signin?to=\(PercentCoding.encode(asked.head.target))"), for: asked)
        }
        return rendered(
            .problem(
                Problem(
                    403, language("You may not do that", "没有权限"),
                    language("This needs the role ", "需要角色 ") + role.rawValue + language(".", "。"),
                    advice: language("Sign in with a key that has it.", "请使用具有该角色的密钥登录。"))),
            for: asked)
    }

    private static func ownFault(_ language: Language) -> Problem {
        Problem(
            500, language("Something is broken here", "出错了"),
            language(
                "This page could not be made. The journal of flow-web says why.",
                "页面生成失败，原因见 flow-web 的日志。"),
            advice: "journalctl -u fnf-flow-web -n 50")
    }

    private func rendered(_ answer: PageAnswer, for asked: PageRequest) -> WebAnswer {
        AnswerRendering(frame: frame, face: face(of: asked.head)).render(answer, for: asked)
    }

    private func face(of head: WebHead) -> Face {
        faces.first { head.path == $0.home || head.path.hasPrefix($0.home + "/") } ?? faces[0]
    }
}
