import Glibc
import HTTPMessage
import HTTPTransport
import NIOCore
import NIOPosix
import NIOSSL
import TestHost
import Testing

/// TLS by certificate files.
@Suite struct CertificateTests {
    /// A certificate for localhost that signed itself.
    private func withCertificate(
        _ body: (_ certificate: String, _ key: String, _ folder: String) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (certificate, key) = ("\(folder.path)/cert.pem", "\(folder.path)/key.pem")
        _ = try await RunningCommand(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days",
                "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key,
                "-out", certificate,
            ]
        ).result().expecting()
        try await body(certificate, key, folder.path)
    }

    @Test func `a request through TLS is answered, and says that it came so`() async throws {
        try await withCertificate { certificate, key, _ in
            let tls = try ServerCertificate(certificateFile: certificate, privateKeyFile: key)
            try await WebHost.run(tls: tls) { host in
                var configuration = TLSConfiguration.makeClientConfiguration()
                configuration.trustRoots = .file(certificate)
                let context = try NIOSSLContext(configuration: configuration)
                let answer = try await ask(host.port, context)
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answer.contains("GET /secret - 127.0.0.1 host=localhost secure=true"))
            }
        }
    }

    @Test func `a plain request to the TLS listener is not answered, and the listener goes on`() async throws
    {
        try await withCertificate { certificate, key, _ in
            let tls = try ServerCertificate(certificateFile: certificate, privateKeyFile: key)
            try await WebHost.run(tls: tls) { host in
                let plain = try host.connect()
                plain.send("GET / HTTP/1.1\r\n\r\n")
                #expect(try await plain.receive() == nil)
                var configuration = TLSConfiguration.makeClientConfiguration()
                configuration.certificateVerification = .none
                let answer = try await ask(host.port, try NIOSSLContext(configuration: configuration))
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            }
        }
    }

    @Test func `what waits ends when its peer behind TLS is gone`() async throws {
        try await withCertificate { certificate, key, _ in
            let tls = try ServerCertificate(certificateFile: certificate, privateKeyFile: key)
            try await WebHost.run(tls: tls) { host in
                var configuration = TLSConfiguration.makeClientConfiguration()
                configuration.certificateVerification = .none
                let channel = try await connect(host.port, try NIOSSLContext(configuration: configuration))
                try await channel.executeThenClose { _, outbound in
                    try await outbound.write(ByteBuffer(string: "GET /wait HTTP/1.1\r\n\r\n"))
                    await host.endpoint.events.seen("waiting")
                }
                await host.endpoint.events.seen("canceled")
                while await host.load.connections > 0 { await Task.yield() }
            }
        }
    }

    @Test func `files that can't be used are named`() async throws {
        try await withCertificate { certificate, key, folder in
            #expect {
                try ServerCertificate(certificateFile: "\(folder)/none.pem", privateKeyFile: key)
            } throws: { "\($0)".contains("\(folder)/none.pem") }
            #expect {
                try ServerCertificate(certificateFile: certificate, privateKeyFile: certificate)
            } throws: { "\($0)".contains("key \(certificate)") }
        }
    }

    private func connect(
        _ port: UInt16, _ context: NIOSSLContext
    ) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let group = MultiThreadedEventLoopGroup.singleton
        return try await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: Int(port)) {
            channel in
            channel.eventLoop.makeCompletedFuture {
                let tls = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                try channel.pipeline.syncOperations.addHandler(tls)
                return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    }

    /// One request, up to the end of the connection.
    private func ask(_ port: UInt16, _ context: NIOSSLContext) async throws -> String {
        let channel = try await connect(port, context)
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(
                ByteBuffer(string: "GET /secret HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
            var text = ""
            do {
                for try await part in inbound { text += String(buffer: part) }
            } catch let error as NIOSSLError {
                // The peer has closed the connection: all that it had to say is here.
                guard case .uncleanShutdown = error else { throw error }
            }
            return text
        }
    }
}
