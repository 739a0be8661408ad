extension ZoneRules {
    /// The zone of that name, e.g. `Asia/Shanghai`. UTC needs no database.
    package init(named name: String, _ zones: (String) -> ZoneLookup) throws(ScheduleFault) {
        let field = "time zone"
        guard Self.isName(name) else {
            throw ScheduleFault(
                field, name, "it is no name of a time zone",
                fix: "write CRON_TZ=Area/City, e.g. CRON_TZ=Asia/Shanghai")
        }
        if ["UTC", "Etc/UTC", "GMT", "Z"].contains(name) {
            self = .utc
            return
        }
        switch zones(name) {
        case .found(let bytes):
            do throws(ZoneFault) { try self.init(name: name, tzif: bytes) } catch {
                throw ScheduleFault(
                    field, name, "its file in the time zone database is not usable: \(error.reason)",
                    fix: "install the package tzdata again, or write the times in UTC")
            }
        case .unknown(let nearest):
            let near = nearest.isEmpty ? "" : "did you mean \(nearest.joined(separator: ", "))? "
            throw ScheduleFault(
                field, name, "there is no such time zone",
                fix: "\(near)The names: timedatectl list-timezones")
        case .unreadable(let reason):
            throw ScheduleFault(
                field, name, "the time zone database can't be read: \(reason)",
                fix: "install the package tzdata, or write the times in UTC")
        }
    }

    /// Letters, digits, `_`, `-` and `+` in parts between slashes, so that no name leads out of the database.
    private static func isName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count) else { return false }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                        UInt8(ascii: "+"):
                        true
                    default: false
                    }
                }
        }
    }
}
