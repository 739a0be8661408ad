import FlowWeb
import HTTPMessage
import HTTPTransport
import Primitives
import RPCProtocol
import ServiceKit
import Synchronization

/// The HTTP servers of flow-web: one endpoint for the cloud's programs, one for the demo's own URLs.
final class WebServer: TCPServer {
    /// Why a listener that was passed can not be served.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    private let addresses: PageAddresses
    private let cloud: HTTPServer
    private let legacy: HTTPServer
    private let files: FlowWebConfiguration.Certificate?
    /// Shown to who connects next.
    private let certificate: Mutex<ServerCertificate?>

    /// - Parameter addresses: told where the cloud's protocols and the pages are reached.
    init(
        cloud: any WebEndpoint, legacy: any WebEndpoint, addresses: PageAddresses, _ context: ServiceContext,
        _ configuration: FlowWebConfiguration
    ) throws {
        let metrics = context.metrics
        metrics.declare("fnf_http_connections_total", "Connections that were accepted")
        metrics.declare("fnf_http_requests_total", "Requests by the class of their answer's status")
        metrics.declare("fnf_http_refusals_total", "Requests that were not read to their end")
        let server = { (endpoint: any WebEndpoint) in
            HTTPServer(
                endpoint, loop: context.loop, eventLoop: context.eventLoop, world: context.world,
                limits: configuration.limits, logger: context.logger,
                count: { Self.count($0, in: metrics) }, becameQuiet: context.becameQuiet)
        }
        self.addresses = addresses
        self.cloud = server(cloud)
        self.legacy = server(legacy)
        files = configuration.certificate
        certificate = Mutex(try Self.read(configuration.certificate))
    }

    private static func read(_ files: FlowWebConfiguration.Certificate?) throws -> ServerCertificate? {
        try files.map {
            try ServerCertificate(certificateFile: $0.certificateFile, privateKeyFile: $0.privateKeyFile)
        }
    }

    /// Reads the certificate's files again. Throws: the one before stays.
    func reload() throws {
        let renewed = try Self.read(files)
        certificate.withLock { $0 = renewed }
    }

    func listen(on descriptor: Int32, name: String) async throws {
        switch WebListener(rawValue: name) {
        case .http:
            try await cloud.listen(on: descriptor)
            tell(descriptor, "http")
        case .https:
            guard certificate.withLock({ $0 != nil }) else {
                throw Fault(
                    description: "the listener https was passed, but flow-web.yaml names no certificate: set "
                        + "certificateFile and privateKeyFile, or stop fnf-flow-web-https.socket")
            }
            try await cloud.listen(on: descriptor) { self.certificate.withLock { $0 } }
            tell(descriptor, "https")
        case .legacy: try await legacy.listen(on: descriptor)
        case nil: throw Fault(description: "there is no listener \(name)")
        }
    }

    private func tell(_ descriptor: Int32, _ scheme: String) {
        if let (address, port) = ListeningAddress.of(descriptor) {
            addresses.add(scheme: scheme, address: address, port: port)
        }
    }

    func drain(limit: Duration) async {
        await legacy.drain(limit: limit)
        await cloud.drain(limit: limit)
    }

    var load: TCPLoad {
        let loads = [cloud.load, legacy.load]
        return TCPLoad(
            connections: loads.reduce(0) { $0 + $1.connections },
            requests: loads.reduce(0) { $0 + $1.requests })
    }

    private static func count(_ count: HTTPServer.Count, in metrics: MetricSet) {
        switch count {
        case .connection: metrics.add("fnf_http_connections_total")
        case .answer(let status): metrics.add("fnf_http_requests_total{status=\"\(status / 100)xx\"}")
        case .refusal(let fault): metrics.add("fnf_http_refusals_total{reason=\"\(reason(fault))\"}")
        }
    }

    private static func reason(_ fault: WebFault) -> String {
        switch fault {
        case .malformed: "malformed"
        case .headersTooLarge: "headersTooLarge"
        case .bodyTooLarge: "bodyTooLarge"
        case .tooSlow: "tooSlow"
        case .overloaded: "overloaded"
        case .stopping: "stopping"
        }
    }
}
