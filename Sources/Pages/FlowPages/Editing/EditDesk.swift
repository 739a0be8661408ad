import ConsoleParts
import FlowDefinition
import FlowEngineAPI
import FlowModel
import FlowParsing
import RPCProtocol
import WebPages

/// Checks, formats and saves drafts.
enum EditDesk {
    static func show(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        let draft = FlowDraft(try await desk.record(name, request))
        return .page(EditPage(draft: draft, request: request).page)
    }

    static func showBlank(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        .page(EditPage(draft: .blank(), request: request).page)
    }

    static func edit(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        let name = try desk.name(request)
        let present = try await desk.record(name, request)
        return try await carryOut(FlowDraft(request, of: present), over: present, request, desk)
    }

    static func create(_ request: PageRequest, _ desk: FlowDesk) async throws -> PageAnswer {
        try await carryOut(FlowDraft(request, of: nil), over: nil, request, desk)
    }

    private static func carryOut(
        _ draft: FlowDraft, over present: FlowRecord?, _ request: PageRequest, _ desk: FlowDesk
    ) async throws -> PageAnswer {
        let intent = FlowDraft.Intent(rawValue: request.field("intent")) ?? .check
        var page = EditPage(draft: draft, request: request)
        if intent == .format { try await format(&page, request, desk) }
        let report = try await report(page.draft, over: present, request, desk)
        page.report = report
        guard intent == .save else { return try await rendered(page, desk) }
        if let present, draft.seen != present.lastModifiedTime {
            return try await conflict(page, with: present, desk)
        }
        if let fault = nameFault(draft, request) {
            page.nameFault = fault
            return try await rendered(page, desk, status: 422)
        }
        guard report.check.isValid else {
            page.said = (.bad, "Nothing was saved: the definition has errors. They are listed below.")
            return try await rendered(page, desk, status: 422)
        }
        do throws(RPCFailure) {
            return try await save(draft, over: present, request, desk)
        } catch {
            if case .answered(let refusal) = error, refusal.name == .concurrentUpdateError {
                return try await conflict(page, with: try await desk.record(draft.name, request), desk)
            }
            let sentence = try Problem.refusal(error)
            page.said = (.bad, "Nothing was saved. \(sentence)")
            return try await rendered(page, desk, status: 422)
        }
    }

    private static func rendered(
        _ page: EditPage, _ desk: FlowDesk, status: Int = 200
    ) async throws -> PageAnswer {
        var page = page
        page.status = status
        let shown = page
        return .page(try await desk.workshop.work(page.request.language) { shown.page })
    }

    private static func nameFault(_ draft: FlowDraft, _ request: PageRequest) -> String? {
        guard draft.flow == nil else { return nil }
        if let fault = NameRule.check(draft.name, kind: .flow) { return "\(fault)." }
        if draft.name == "new" { return "The address of this name is this form's; choose another." }
        return request.visitor.mayTouch(flow: draft.name)
            ? nil : "Your key does not reach flows of that name."
    }

    private static func save(
        _ draft: FlowDraft, over present: FlowRecord?, _ request: PageRequest, _ desk: FlowDesk
    ) async throws(RPCFailure) -> PageAnswer {
        let said: String
        if let present {
            _ = try await desk.engine.call(
                UpdateFlow.self,
                .with {
                    $0.name = draft.name
                    $0.definition = draft.text
                    $0.description = draft.description
                    $0.ifLastModifiedTime = draft.seen
                }, as: request.visitor.role)
            let isSame = (present.definition, present.description) == (draft.text, draft.description)
            said = isSame ? "same" : "saved"
        } else {
            _ = try await desk.engine.call(
                CreateFlow.self,
                .with {
                    $0.name = draft.name
                    $0.definition = draft.text
                    $0.description = draft.description
                    $0.executionMode = draft.isExpress ? "Express" : "Standard"
                }, as: request.visitor.role)
            said = "created"
        }
        return .seeOther(ConsolePaths.with(ConsolePaths.flow(draft.name), [("said", said)]))
    }

    private static func format(
        _ page: inout EditPage, _ request: PageRequest, _ desk: FlowDesk
    ) async throws(Problem) {
        let text = page.draft.text
        let formatted = try await desk.workshop.work(request.language) {
            () -> Result<String, FormattingRefused> in
            do throws(FormattingRefused) { return .success(try FlowFormatter.format(text)) } catch {
                return .failure(error)
            }
        }
        switch formatted {
        case .success(text): page.said = (.good, "It is in canonical form already.")
        case .success(let canonical):
            page.draft.text = canonical
            page.said = (.good, "Formatted: the same values and comments in canonical form. Not saved yet.")
        case .failure(.invalid): page.said = (.bad, "Left as it is, because it has errors.")
        case .failure(.unfaithful(let reason)): page.said = (.wait, "Left as it is: \(reason).")
        }
    }

    private static func report(
        _ draft: FlowDraft, over present: FlowRecord?, _ request: PageRequest, _ desk: FlowDesk
    ) async throws -> DraftReport {
        var report = try await desk.workshop.work(request.language) {
            let check = CheckedDefinition(draft.text, bytesJudged: FlowLimits.standard.judgedBytesMax)
            var report = DraftReport(check: check)
            if let after = check.definition, let present,
                let before = FlowParser.parse(present.definition).definition
            {
                report.difference = FlowDifference(from: before, to: after)
            }
            return report
        }
        let uses = report.check.definition?.resourceArns ?? []
        guard !uses.isEmpty else { return report }
        let answer = try await desk.engine.call(
            CheckResources.self, .with { $0.resourceArns = Set(uses.map(\.arn)).sorted() },
            as: request.visitor.role)
        report.unbound = answer.unbound.flatMap { unbound in
            uses.filter { $0.arn == unbound.resourceArn }.map { use in
                Diagnostic(
                    severity: .warning, code: "unbound-resource",
                    message:
                        "No binding matches the resource \(use.arn); the task would fail until one does.",
                    fix: unbound.nearest.isEmpty
                        ? "bind it in resources.d" : "near: \(unbound.nearest.joined(separator: ", "))",
                    line: use.line, column: 0, stepPath: use.stepName)
            }
        }
        return report
    }

    /// The text is kept; who saves again has seen what the other one made of it.
    private static func conflict(
        _ page: EditPage, with present: FlowRecord, _ desk: FlowDesk
    ) async throws -> PageAnswer {
        var page = page
        let text = page.draft.text
        let lines = try await desk.workshop.work(page.request.language) {
            LineDifference(from: present.definition, to: text)
        }
        page.report?.conflict = .init(time: present.lastModifiedTime, lines: lines)
        page.draft.seen = present.lastModifiedTime
        return try await rendered(page, desk, status: 409)
    }
}
