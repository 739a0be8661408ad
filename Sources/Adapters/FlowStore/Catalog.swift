package import Primitives

/// A flow as the catalog holds it. A deleted flow stays as long as executions of it exist; a flow made again
/// under the same name is another one, with another key.
package struct StoredFlow: Sendable, Hashable {
    /// Made by the store: 1, 2, 3 … and never used twice.
    package var key: Int64 = 0
    /// The published id.
    package var id = ""
    package var name = ""
    /// The content id of the definition's text.
    package var definition = ""
    package var description = ""
    package var type = ""
    package var roleArn = ""
    package var externalStorageLocation = ""
    package var executionMode = ""
    /// As the API has it.
    package var environment: JSONObject = [:]
    package var resourceGroup = ""
    package var created = Timestamp(microseconds: 0)
    package var modified = Timestamp(microseconds: 0)
    package var deleted: Timestamp?

    package init() {}
}

/// The flows by name, and the text of every definition that a flow or an execution refers to.
///
/// Durability: a change is seen at once by whoever reads the store, and on disk with the next
/// `Journal.append`.
package protocol Catalog: Sendable {
    /// The flow that bears the name now.
    func flow(named name: String) throws(StoreError) -> StoredFlow?

    /// How many flows there are that are not deleted.
    func flowCount() throws(StoreError) -> Int

    /// The deleted flows that bore the name, newest first.
    func deletedFlows(named name: String) throws(StoreError) -> [StoredFlow]

    /// The flows that are not deleted, in the order of their names.
    ///
    /// - Parameter resourceGroup: only those of this group; nil for all.
    func flows(fromName: String, limit: Int, resourceGroup: String?) throws(StoreError) -> [StoredFlow]

    /// Adds a flow and the text of its definition; returns its key.
    func addFlow(_ flow: StoredFlow, definitionText: String) throws(StoreError) -> Int64

    /// Replaces the flow with this key; the text is pinned if it is new.
    func replaceFlow(_ flow: StoredFlow, definitionText: String) throws(StoreError)

    /// Keeps the text of a definition that no flow refers to.
    func pin(definition id: String, text: String) throws(StoreError)

    func definitionText(_ id: String) throws(StoreError) -> String?
}
