/// The bounds of a sender; each default says why that number.
package struct HTTPClientLimits: Sendable, Hashable {
    /// Who has not taken the connection by then is not there; the kernel would go on for two minutes.
    package var connectTimeout: Duration = .seconds(10)
    /// Units: bytes of the status line and all headers. As much as this product reads itself.
    package var headBytesMax = 32_768
    /// Lookups of names that run or wait; a resolver that hangs must not collect the calls of an hour.
    package var lookupsMax = 256

    package init() {}
}
