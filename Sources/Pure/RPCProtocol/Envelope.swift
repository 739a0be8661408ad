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

    var json: JSONValue {
        switch self {
        case .integer(let number): .integer(number)
        case .string(let text): .string(text)
        }
    }

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
        let meta = object["meta"] ?? [:]
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
        FrameEncoder.append(to: &buffer) { JSONWriter.write(.object(json), into: &$0) }
    }

    private var json: JSONObject {
        switch self {
        case .request(let id, let method, let params, let meta):
            var object: JSONObject = [
                "jsonrpc": "2.0", "id": id.json, "method": .string(method), "params": params,
            ]
            let metaObject = meta.json
            if !metaObject.isEmpty { object["meta"] = .object(metaObject) }
            return object
        case .reply(let id, let result): return ["jsonrpc": "2.0", "id": id.json, "result": result]
        case .failure(let id, let error):
            return ["jsonrpc": "2.0", "id": id?.json ?? .null, "error": error.json]
        case .item(let id, let item):
            return ["jsonrpc": "2.0", "method": "rpc.item", "params": ["id": id.json, "item": item]]
        case .cancel(let id):
            return ["jsonrpc": "2.0", "method": "rpc.cancel", "params": ["id": id.json]]
        }
    }
}
