import Primitives

/// Whether a method's requests are taken now; asked before anything else is done for one.
package protocol AdmissionGate: Sendable {
    /// All are refused until further notice: then a request is refused without being read. Asked with each
    /// frame.
    var isShut: Bool { get }

    /// Lets one request in, or says why not.
    func admit() -> Refusal?
}

/// An error that many requests are answered with: under overload refusals are most of what is written, so
/// its text is made once.
package final class Refusal: Sendable {
    package let error: RPCError
    /// What stands before and behind the request's name, and then its id.
    private let head: [UInt8]
    private let middle: [UInt8]

    /// - Parameter error: without a `requestID`.
    package init(_ error: RPCError) {
        self.error = error
        var (head, middle): ([UInt8], [UInt8]) = ([], [])
        JSONWriter.write(raw: #"{"error":"#, into: &head)
        error.writeHead(into: &head)
        JSONWriter.write(raw: #","requestId":""#, into: &head)
        JSONWriter.write(raw: "\"", into: &middle)
        error.writeTail(into: &middle)
        JSONWriter.write(raw: #","id":"#, into: &middle)
        (self.head, self.middle) = (head, middle)
    }

    /// Appends the whole frame: what `RPCMessage.failure` with this error and the request's name is.
    package func encode(id: RPCRequestID, request: RequestName, into buffer: inout [UInt8]) {
        FrameEncoder.append(to: &buffer) { buffer in
            buffer.append(contentsOf: head)
            request.write(into: &buffer)
            buffer.append(contentsOf: middle)
            id.write(into: &buffer)
            JSONWriter.write(raw: #","jsonrpc":"2.0"}"#, into: &buffer)
        }
    }
}

extension HandlerTable {
    /// What to answer a frame that asks for a method whose gate is shut; nil: the frame must be read.
    package func refusal(
        of payload: UnsafeBufferPointer<UInt8>, through door: RPCDoor
    ) -> (id: RPCRequestID, refusal: Refusal)? {
        guard gated.contains(where: { $0.gate.isShut }), let head = RequestHead(payload) else { return nil }
        for method in gated where head.method.elementsEqual(method.name) {
            guard method.gate.isShut, method.entry.admits(door) else { return nil }
            return method.gate.admit().map { (head.id, $0) }
        }
        return nil
    }
}
