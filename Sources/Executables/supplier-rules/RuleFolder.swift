import ConfigurationFile
import SupplierRules

/// Reads the rules of all files of a folder, in the order of the file names. Throws everything that is wrong
/// in them.
enum RuleFolder {
    static func load(_ folder: String) throws(ConfigurationFault) -> RuleSet {
        var rules: [SupplierRule] = []
        var problems: [ConfigurationProblem] = []
        for file in try ConfigurationFile.loadFolder(folder) {
            let reader = ConfigurationReader(file)
            for section in reader.sections("rules") {
                let rule = rule(section)
                if let other = rules.first(where: { $0.name == rule.name && !rule.name.isEmpty }) {
                    section.report(
                        "name", "the rule \(rule.name) stands at \(other.source) already",
                        remedy: "give each rule a name of its own")
                }
                rules.append(rule)
            }
            do throws(ConfigurationFault) { try reader.finish() } catch { problems += error.problems }
        }
        guard problems.isEmpty else { throw ConfigurationFault(problems) }
        return RuleSet(rules)
    }

    private static func rule(_ reader: ConfigurationReader) -> SupplierRule {
        let name = reader.requiredString("name")
        let methods = reader.strings("paymentMethods")
        if let fault = PaymentMethodNames.fault(in: methods) {
            reader.report("paymentMethods", fault, remedy: "write for example [zhifubao, weixin]")
        }
        let when = reader.section("when")
        var conditions = RuleConditions()
        conditions.supplier = globs(when, "supplier")
        conditions.products = globs(when, "products")
        conditions.address = globs(when, "address")
        conditions.time = when.has("time") ? window(when.section("time")) : nil
        let file = reader.position.file.split(separator: "/").last.map(String.init) ?? reader.position.file
        return SupplierRule(
            name: name, source: "\(file):\(reader.position.line)", conditions: conditions,
            paymentMethods: methods)
    }

    /// A pattern or a list of patterns.
    private static func globs(_ reader: ConfigurationReader, _ key: String) -> [Glob]? {
        guard let value = reader.value(key) else { return nil }
        let patterns: [String]
        if case .list = value.content {
            patterns = reader.strings(key)
        } else {
            patterns = [reader.requiredString(key)]
        }
        if patterns.contains("") || patterns.isEmpty {
            reader.report(
                key, "has an empty pattern", remedy: "\"*\" is any text; leave the key out to match all")
        }
        return patterns.map(Glob.init)
    }

    private static func window(_ reader: ConfigurationReader) -> TimeWindow? {
        let times = ["from", "to"].map { key -> MinuteOfDay? in
            let text = reader.requiredString(key)
            let time = MinuteOfDay(text)
            if time == nil, !text.isEmpty {
                reader.report(key, "'\(text)' is no time of day", remedy: "write for example \"09:00\"")
            }
            return time
        }
        guard let from = times[0], let to = times[1] else { return nil }
        guard let window = TimeWindow(from: from, to: to) else {
            reader.report("from and to are the same", remedy: "leave `time` out to match the whole day")
            return nil
        }
        return window
    }
}
