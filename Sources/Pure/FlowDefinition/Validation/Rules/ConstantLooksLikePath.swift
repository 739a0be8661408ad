import Primitives

enum ConstantLooksLikePath: FlowRule {
    static let code = "constant-looks-like-path"
    static let summary = "A constant looks like a path and is taken as a text."
    static let needsWholeFlow = false

    /// What a path may begin with where the constant stands.
    private enum Place {
        case mapping, parameter
        /// Within a list or an object, where paths are never evaluated.
        case inside
    }

    static func check(_ flow: ExaminedFlow, _ findings: inout Findings) {
        let definition = flow.definition
        check(definition.inputMappings, nil, &findings)
        check(definition.outputMappings, nil, &findings)
        for site in flow.sites {
            check(site.step.inputMappings, site, &findings)
            check(site.step.outputMappings, site, &findings)
            guard case .task(let task) = site.step.body else { continue }
            check(task.errorMappings, site, &findings)
            for parameter in task.serviceParams {
                guard case .constant(let constant) = parameter.source else { continue }
                check(constant, .parameter, at: parameter.location, site, &findings)
            }
        }
    }

    private static func check(_ mappings: [Mapping]?, _ site: StepSite?, _ findings: inout Findings) {
        for mapping in mappings ?? [] {
            guard case .constant(let constant) = mapping.source else { continue }
            check(constant, .mapping, at: mapping.location, site, &findings)
        }
    }

    private static func check(
        _ constant: JSONValue, _ place: Place, at location: SourceLocation, _ site: StepSite?,
        _ findings: inout Findings
    ) {
        switch constant {
        case .string(let text):
            guard let fix = fix(text, place) else { return }
            findings.warn(
                self, "\"\(text)\" is no path here and is taken as a text", at: location, in: site, fix: fix)
        case .array(let elements):
            for element in elements where !findings.isFull {
                check(element, .inside, at: location, site, &findings)
            }
        case .object(let object):
            for (_, value) in object where !findings.isFull {
                check(value, .inside, at: location, site, &findings)
            }
        default: return
        }
    }

    /// Nil for a text that nobody means as a path.
    private static func fix(_ text: String, _ place: Place) -> String? {
        guard text.utf8.count <= 512, text.utf8.first == UInt8(ascii: "$") else { return nil }
        let word = text.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        let rest = text.dropFirst(1 + word.count)
        guard rest.isEmpty || rest.first == "." || rest.first == "[",
            (try? JSONPath("$\(rest)", root: "$")) != nil
        else { return nil }
        let roots = ["input", "local", "context"]
        let root = roots.first { $0 == word.lowercased() } ?? String(word).nearest(in: roots).first
        switch place {
        case .mapping where word.isEmpty:
            return rest.isEmpty ? nil : "write $input\(rest) or $local\(rest); $ alone is for serviceParams"
        case .mapping:
            guard let root, isNear(word, root, rest) else { return other(word, rest, place) }
            return "write $\(root)\(rest)"
        case .parameter:
            guard let root, isNear(word, root, rest) else { return other(word, rest, place) }
            return root == "context"
                ? "map it in inputMappings and write $.<target> here"
                : "write $\(rest); a parameter's path reads the step's own input, which inputMappings make"
        case .inside:
            guard word.isEmpty ? rest.count > 1 : roots.contains(String(word)) else { return nil }
            return "paths inside a list or an object are not evaluated; map the path to a target of its own"
        }
    }

    /// `$Input` and `$inputs` are one letter away; with members, as `$inptus.x`, two will do.
    private static func isNear(_ word: Substring, _ root: String, _ rest: Substring) -> Bool {
        if word.lowercased() == root { return true }
        return word.lowercased().editDistance(to: root) <= (rest.isEmpty ? 1 : 2)
    }

    /// `$order.id` has the form of a path, `$HOME` and `$1` have not.
    private static func other(_ word: Substring, _ rest: Substring, _ place: Place) -> String? {
        guard !rest.isEmpty, word.first?.isLetter == true, rest.dropFirst().first?.isLetter == true else {
            return nil
        }
        return place == .mapping
            ? "a path begins with $input, $local or $context" : "a path begins with $. here"
    }
}
