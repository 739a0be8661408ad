/// What the name of a time zone leads to.
package enum ZoneLookup: Sendable {
    /// The content of its TZif file.
    case found([UInt8])
    /// There is no such zone; names that are like it.
    case unknown(nearest: [String])
    /// The zone's file, or the whole database, can't be read.
    case unreadable(reason: String)
}

extension ScheduleExpression {
    /// - Parameter zones: looks a time zone up; asked only when a zone other than UTC is named.
    package init(_ given: String, zones: (String) -> ZoneLookup) throws(ScheduleFault) {
        guard given.utf8.count <= Self.bytesMax else {
            throw ScheduleFault(
                "expression", "\(given.prefix(40))…", "it has \(given.utf8.count) bytes",
                fix: "at most \(Self.bytesMax) are allowed")
        }
        var words = given.split(whereSeparator: \.isWhitespace).map(String.init)
        text = words.joined(separator: " ")
        guard let first = words.first else { throw Self.fault("", "it is empty") }
        var zone = ZoneRules.utc
        if first.hasPrefix("CRON_TZ=") {
            zone = try ZoneRules(named: String(first.dropFirst("CRON_TZ=".count)), zones)
            words.removeFirst()
        } else if first.hasPrefix("TZ=") {
            throw ScheduleFault(
                "time zone", first, "the prefix is not known", fix: "write CRON_\(first)")
        }
        if let word = words.first, word.hasPrefix("@") {
            timing = .every(minutes: try Self.minutes(of: words))
        } else {
            timing = .cron(try CronTimes(words), zone)
        }
    }

    private static func fault(_ text: String, _ reason: String) -> ScheduleFault {
        ScheduleFault(
            "expression", text, reason, fix: "write `@every 60m`, or six fields such as `0 30 8 * * MON-FRI`")
    }

    /// Of `@every 60m`.
    private static func minutes(of words: [String]) throws(ScheduleFault) -> Int64 {
        guard words[0] == "@every" else { throw descriptorFault(words[0]) }
        guard words.count == 2, let unit = words[1].last else {
            throw fault(words.joined(separator: " "), "@every takes one number of minutes")
        }
        let digits = words[1].dropLast()
        guard unit == "m", let minutes = Int64(digits), digits.allSatisfy(\.isASCIIDigit) else {
            throw ScheduleFault(
                "interval", words[1], "it is no whole number of minutes followed by m",
                fix: inMinutes(words[1]).map { "write @every \($0)m" } ?? "write e.g. @every 60m")
        }
        guard (1...everyMinutesMax).contains(minutes) else {
            throw ScheduleFault(
                "interval", words[1], "it is out of range",
                fix: "an interval has 1 to \(everyMinutesMax) minutes; a fixed date is written as cron")
        }
        return minutes
    }

    /// What was meant by hours, days or seconds, where minutes can say it.
    private static func inMinutes(_ text: String) -> Int64? {
        guard let unit = text.last, let number = Int64(text.dropLast()), (1...100_000).contains(number) else {
            return nil
        }
        switch unit {
        case "h": return number * 60
        case "d": return number * 24 * 60
        case "s": return number % 60 == 0 ? number / 60 : nil
        default: return nil
        }
    }

    private static func descriptorFault(_ word: String) -> ScheduleFault {
        let sixFields =
            switch word {
            case "@hourly": "0 0 * * * *"
            case "@daily", "@midnight": "0 0 0 * * *"
            case "@weekly": "0 0 0 * * SUN"
            case "@monthly": "0 0 0 1 * *"
            case "@yearly", "@annually": "0 0 0 1 JAN *"
            default: ""
            }
        guard !sixFields.isEmpty else { return fault(word, "the only word with @ is @every") }
        return ScheduleFault(
            "expression", word, "the only word with @ is @every", fix: "write `\(sixFields)`")
    }
}

extension Character {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
