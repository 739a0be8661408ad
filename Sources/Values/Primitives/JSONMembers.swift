/// Writes an object straight into a buffer, member by member, for documents that are made often: nothing is
/// built first. The caller adds the keys in the order of their bytes, as they stand everywhere.
package struct JSONMembers {
    private var isFirst = true

    package init(into buffer: inout [UInt8]) { buffer.append(UInt8(ascii: "{")) }

    /// The value is written next, by the caller.
    ///
    /// - Parameter key: a word that needs no escapes.
    package mutating func begin(_ key: StaticString, in buffer: inout [UInt8]) {
        if !isFirst { buffer.append(UInt8(ascii: ",")) }
        isFirst = false
        buffer.append(UInt8(ascii: "\""))
        JSONWriter.write(raw: key, into: &buffer)
        JSONWriter.write(raw: "\":", into: &buffer)
    }

    package mutating func add(_ key: StaticString, _ value: JSONValue, to buffer: inout [UInt8]) {
        begin(key, in: &buffer)
        JSONWriter.write(value, into: &buffer)
    }

    package func end(in buffer: inout [UInt8]) { buffer.append(UInt8(ascii: "}")) }
}
