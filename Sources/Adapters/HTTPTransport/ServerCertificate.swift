import NIOSSL

/// What a listener shows to its clients: a certificate chain and its key, read from PEM files.
package struct ServerCertificate: Sendable {
    private let context: NIOSSLContext

    /// Why the files can not be used.
    package struct Fault: Error, CustomStringConvertible {
        package let description: String
    }

    package init(certificateFile: String, privateKeyFile: String) throws(Fault) {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificateFile)
            guard !chain.isEmpty else { throw Fault(description: "it holds no certificate") }
            let key = try NIOSSLPrivateKey(file: privateKeyFile, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw Fault(
                description:
                    "the certificate \(certificateFile) with the key \(privateKeyFile) can not be used: "
                    + "\(error); both must be PEM files that the service's user may read")
        }
    }

    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: context) }
}
