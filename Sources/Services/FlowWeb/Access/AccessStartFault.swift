/// Why nobody can be let in, so that the service does not start; the text says the way out.
package struct AccessStartFault: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
