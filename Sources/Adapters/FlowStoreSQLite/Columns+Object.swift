import FlowStore
import Primitives
import SQLiteStatements

extension Columns {
    /// - Parameter thing: what the row describes, for the error.
    func object(_ index: Int32, of thing: String) throws -> JSONObject {
        guard let object = try? JSONParser.parse(text(index)).objectValue else {
            throw StoreError.unreadable(place: thing, reason: "it holds a text that is no JSON object")
        }
        return object
    }
}
