import Primitives

/// Id and method of a request, found without reading what stands behind them: enough to refuse it. Who is let
/// in is read as a whole, so that what is wrong with the rest of a document is found then.
struct RequestHead {
    let id: RPCRequestID
    /// Where it lies in the document.
    let method: UnsafeBufferPointer<UInt8>

    /// Nil: the document is none, or writes them in a way that only a parser reads.
    init?(_ document: UnsafeBufferPointer<UInt8>) {
        var walk = JSONWalk(document)
        guard walk.enterObject() else { return nil }
        var id: RPCRequestID?
        var method: UnsafeBufferPointer<UInt8>?
        while id == nil || method == nil {
            guard let key = walk.key() else { return nil }
            if key.elementsEqual("id".utf8) {
                if let text = walk.plainText() {
                    guard let text = String(validating: text, as: UTF8.self) else { return nil }
                    id = .string(text)
                } else if let number = walk.integer() {
                    id = .integer(number)
                } else {
                    return nil
                }
            } else if key.elementsEqual("method".utf8) {
                guard let text = walk.plainText() else { return nil }
                method = text
            } else {
                guard walk.skipValue() else { return nil }
            }
        }
        guard let id, let method else { return nil }
        self.id = id
        self.method = method
    }
}
