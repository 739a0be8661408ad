/// The TCP listeners that may be passed, by the names of their descriptors.
enum WebListener: String, CaseIterable {
    case http
    /// With the certificate of the configuration.
    case https
    /// The demo's own URLs, which change state on GET.
    case legacy
}
