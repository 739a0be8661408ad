import HTTPMessage

/// Where the console's pages are, each in one place.
package enum ConsolePaths {
    package static let home = "/console"
    package static let executions = "/console/executions"
    package static let waiting = "/console/waiting"
    package static let flows = "/console/flows"
    package static let schedules = "/console/schedules"
    package static let suppliers = "/console/suppliers"
    package static let payments = "/console/payments"

    package static func execution(_ flow: String, _ name: String) -> String {
        "\(executions)/\(PercentCoding.encode(flow))/\(PercentCoding.encode(name))"
    }

    package static func flow(_ name: String) -> String { "\(flows)/\(PercentCoding.encode(name))" }

    /// A path with a query of these; what is empty is left out.
    package static func with(_ path: String, _ query: [(String, String?)]) -> String {
        let pairs = query.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "\(name)=\(PercentCoding.encode($0))" }
        }
        return pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
    }
}
