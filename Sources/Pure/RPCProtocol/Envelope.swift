package import Primitives

/// The id of a request on one connection: an integer or a string, chosen by the client.
package enum RPCRequestID: Sendable, Hashable, CustomStringConvertible {
    case integer(Int64)
    case string(String)

    init?(json: JSONValue?) {
        switch json {
        case .integer(let number): self = .integer(number)
        case .string(let text): self = .string(text)
        default: return nil
        }
    }

    private var json: JSONValue {
        switch self {
        case .integer(let number): .integer(number)
        case .string(let text): .string(text)
        }
    }

    func write(into buffer: inout [UInt8]) { JSONWriter.write(json, into: &buffer) }

    package var description: String { json.text }
}

/// One frame's content.
package enum RPCMessage: Sendable, Hashable {
    case request(id: RPCRequestID, method: String, params: JSONValue, meta: RPCMeta)
    case reply(id: RPCRequestID, result: JSONValue)
    /// The id is nil when the offending document had none that could be read.
    case failure(id: RPCRequestID?, RPCError)
    case item(id: RPCRequestID, JSONValue)
    case cancel(id: RPCRequestID)
}

extension RPCMessage {
    package static let itemMethod = "rpc.item"
    package static let cancelMethod = "rpc.cancel"

    /// Why a frame is no message, with the id to answer it under.
    package struct Malformed: Error, Sendable {
        package let id: RPCRequestID?
        package let error: RPCError
    }

    package static func decode(_ payload: [UInt8]) throws(Malformed) -> RPCMessage {
        try payload.withUnsafeBufferPointer { (bytes) throws(Malformed) in try decode(bytes) }
    }

    package static func decode(_ payload: UnsafeBufferPointer<UInt8>) throws(Malformed) -> RPCMessage {
        let document: JSONValue
        do { document = try JSONParser.parse(payload) } catch {
            throw Malformed(id: nil, error: RPCError(.parseError, "the frame is not JSON: \(error)"))
        }
        guard let object = document.objectValue else {
            throw invalid(nil, "a frame holds exactly one JSON-RPC object, found \(document.kind)")
        }
        let id = RPCRequestID(json: object["id"])
        guard object["jsonrpc"] == "2.0" else { throw invalid(id, "\"jsonrpc\" must be \"2.0\"") }
        if let method = object["method"] { return try decodeCall(method, id, object) }
        if let result = object["result"], let id { return .reply(id: id, result: result) }
        if let error = object["error"] { return .failure(id: id, RPCError(json: error)) }
        throw invalid(id, "expected \"method\", \"result\" or \"error\"")
    }

    /// For who reads frames where they lie.
    package static func result(of payload: UnsafeBufferPointer<UInt8>) -> Result<RPCMessage, Malformed> {
        do throws(Malformed) { return .success(try decode(payload)) } catch { return .failure(error) }
    }

    private static func decodeCall(
        _ method: JSONValue, _ id: RPCRequestID?, _ object: JSONObject
    ) throws(Malformed) -> RPCMessage {
        guard let method = method.stringValue else { throw invalid(id, "\"method\" must be a string") }
        let params = object["params"] ?? [:]
        guard let members = params.objectValue else {
            throw invalid(id, "\"params\" must be an object, found \(params.kind)")
        }
        if method == cancelMethod || method == itemMethod, object["id"] == nil {
            guard let target = RPCRequestID(json: members["id"]) else {
                throw invalid(nil, "\(method) needs params {\"id\": the request's id}")
            }
            return method == cancelMethod ? .cancel(id: target) : .item(id: target, members["item"] ?? .null)
        }
        guard let id else { throw invalid(nil, "\"id\" must be an integer or a string") }
        guard let meta = object["meta"] else {
            return .request(id: id, method: method, params: params, meta: RPCMeta())
        }
        guard meta.objectValue != nil else {
            throw invalid(id, "\"meta\" must be an object, found \(meta.kind)")
        }
        return .request(id: id, method: method, params: params, meta: RPCMeta(json: meta))
    }

    private static func invalid(_ id: RPCRequestID?, _ message: String) -> Malformed {
        Malformed(id: id, error: RPCError(.invalidRequest, message))
    }

    /// Appends the whole frame; returns the size of its payload.
    @discardableResult
    package func encode(into buffer: inout [UInt8]) -> Int {
        FrameEncoder.append(to: &buffer) { write(into: &$0) }
    }

    /// Straight into the frame, members in the order of their keys: a message is encoded once.
    private func write(into buffer: inout [UInt8]) {
        switch self {
        case .request(let id, let method, let params, let meta):
            JSONWriter.write(raw: #"{"id":"#, into: &buffer)
            id.write(into: &buffer)
            JSONWriter.write(raw: #","jsonrpc":"2.0""#, into: &buffer)
            if !meta.isEmpty {
                JSONWriter.write(raw: #","meta":"#, into: &buffer)
                meta.write(into: &buffer)
            }
            JSONWriter.write(raw: #","method":"#, into: &buffer)
            JSONWriter.write(method, into: &buffer)
            JSONWriter.write(raw: #","params":"#, into: &buffer)
            JSONWriter.write(params, into: &buffer)
        case .reply(let id, let result):
            JSONWriter.write(raw: #"{"id":"#, into: &buffer)
            id.write(into: &buffer)
            JSONWriter.write(raw: #","jsonrpc":"2.0","result":"#, into: &buffer)
            JSONWriter.write(result, into: &buffer)
        case .failure(let id, let error):
            JSONWriter.write(raw: #"{"error":"#, into: &buffer)
            error.write(into: &buffer)
            JSONWriter.write(raw: #","id":"#, into: &buffer)
            if let id { id.write(into: &buffer) } else { JSONWriter.write(.null, into: &buffer) }
            JSONWriter.write(raw: #","jsonrpc":"2.0""#, into: &buffer)
        case .item(let id, let item):
            JSONWriter.write(
                raw: #"{"jsonrpc":"2.0","method":"rpc.item","params":{"id":"#, into: &buffer)
            id.write(into: &buffer)
            JSONWriter.write(raw: #","item":"#, into: &buffer)
            JSONWriter.write(item, into: &buffer)
            JSONWriter.write(raw: "}", into: &buffer)
        case .cancel(let id):
            JSONWriter.write(
                raw: #"{"jsonrpc":"2.0","method":"rpc.cancel","params":{"id":"#, into: &buffer)
            id.write(into: &buffer)
            JSONWriter.write(raw: "}", into: &buffer)
        }
        JSONWriter.write(raw: "}", into: &buffer)
    }
}
