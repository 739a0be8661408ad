extension String {
    /// The names of a text such as `zhifubao, weixin`: separated by commas, without blanks around them, none
    /// of them empty.
    package var commaSeparatedNames: [String] {
        var names: [String] = []
        for part in utf8.split(separator: UInt8(ascii: ",")) {
            var name = part.drop { $0 == UInt8(ascii: " ") }
            while name.last == UInt8(ascii: " ") { name.removeLast() }
            if !name.isEmpty { names.append(String(Substring(name))) }
        }
        return names
    }
}
