/// The version that every program of fnf tells by `--version` and `service.status`.
package enum ProductVersion {
    package static let text = "0.1.0"
}
