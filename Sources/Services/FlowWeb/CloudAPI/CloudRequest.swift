import HTTPMessage
import Primitives
import RequestSigning

/// A request as it is signed: who sent it, and what it asks for.
struct CloudRequest: Sendable {
    let signed: SignedRequest
    let action: String?
    let version: String?
    let parameters: FormParameters

    /// The signature says what counts: of the old one every parameter, of the new one two headers and the
    /// body as well. What it does not cover is not looked at.
    init(_ request: WebRequest) throws(CloudError) {
        let headers = request.head.headers
        do throws(SigningFault) {
            var parameters = try RequestParameters.of(request)
            if ACS3Signature.isMeant(request.head) {
                signed = try ACS3Signature.read(request)
                action = headers["x-acs-action"]
                version = headers["x-acs-version"]
            } else {
                signed = try RPCSignature.read(request.head.method, parameters)
                action = parameters["Action"]
                version = parameters["Version"]
            }
            if signed.scheme == .acs3, Self.isJSON(request) {
                parameters.add(try Self.members(request.body, besides: parameters))
            }
            self.parameters = parameters
        } catch {
            throw CloudError(error)
        }
    }

    private static func isJSON(_ request: WebRequest) -> Bool {
        guard let type = request.head.headers["Content-Type"]?.split(separator: ";").first else {
            return false
        }
        return type.lowercased().hasPrefix("application/json") && !request.body.isEmpty
    }

    /// What generic callers send: an object whose members are the parameters.
    private static func members(
        _ body: [UInt8], besides query: FormParameters
    ) throws(SigningFault) -> FormParameters {
        let value: JSONValue
        do { value = try JSONParser.parse(body) } catch {
            throw .malformedForm("the body is not JSON: \(error)")
        }
        guard let object = value.objectValue else {
            throw .malformedForm("the body is \(value.kind), not an object with the parameters")
        }
        var pairs: [(String, String)] = []
        for (name, value) in object where !value.isNull {
            guard query[name] == nil else { throw .repeatedParameter(name) }
            pairs.append((name, value.stringValue ?? value.text))
        }
        return FormParameters(pairs)
    }
}
