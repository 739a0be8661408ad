/// The values that a number may have. Source: MNS 2015-06-06; narrower than the engine's own where the
/// cloud's are, so that a program is refused here what it would be refused there.
struct MessageRange: Sendable {
    let values: ClosedRange<Int64>
    /// As the service's messages say it.
    var unit = "seconds"

    static let delay = MessageRange(values: 0...604_800)
    static let messageBytes = MessageRange(values: 1024...65_536, unit: "bytes")
    static let retention = MessageRange(values: 60...604_800)
    static let visibility = MessageRange(values: 1...43_200)
    /// Of a message that was received: 0 gives it back.
    static let changedVisibility = MessageRange(values: 0...43_200)
    static let wait = MessageRange(values: 0...30)
    static let priority = MessageRange(values: 1...16, unit: "")
    static let batch = MessageRange(values: 1...16, unit: "")
    static let page = MessageRange(values: 1...1000, unit: "")
    /// Units: characters.
    static let tagLengthMax = 16

    /// 2 MiB: a batch of 16 messages of 64 KiB and their tags; a message of the largest size of this host in
    /// which every character is escaped. Units: bytes.
    static let messageDocumentBytesMax = 2 << 20
    /// 64 KiB: attributes, or 16 receipt handles, many times over. Units: bytes.
    static let documentBytesMax = 64 << 10

    /// Throws: `InvalidArgument`, naming the element or parameter.
    func number(_ text: String, of name: String) throws(MessageFault) -> Int64 {
        guard let number = Int64(text), values.contains(number) else {
            throw .outOfRange(name, found: text, self)
        }
        return number
    }
}
