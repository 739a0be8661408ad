package import Primitives

/// A published version of a flow: what an execution of it runs, whatever becomes of the flow.
package struct StoredVersion: Sendable, Hashable {
    /// The flow's key, which another flow of the same name does not share.
    package var flow: Int64 = 0
    /// Made by the store: 1, 2, 3 … for each flow, and never used twice, not even after a deletion.
    package var number: Int64 = 0
    /// The content id of the definition's text, which the catalog has.
    package var definition = ""
    package var description = ""
    package var roleArn = ""
    /// As the API has it.
    package var environment: JSONObject = [:]
    package var created = Timestamp(microseconds: 0)

    package init() {}
}

/// A share of the executions that are started under an alias.
package struct StoredRoute: Sendable, Hashable {
    package let version: Int64
    /// Of one hundred.
    package let weight: Int64

    package init(version: Int64, weight: Int64) {
        self.version = version
        self.weight = weight
    }
}

/// A name for one version of a flow, or for two with a weight each.
package struct StoredAlias: Sendable, Hashable {
    /// The flow's key.
    package var flow: Int64 = 0
    package var name = ""
    package var description = ""
    /// By their versions, the oldest first.
    package var routes: [StoredRoute] = []
    package var created = Timestamp(microseconds: 0)
    package var modified = Timestamp(microseconds: 0)

    package init() {}
}

/// The published versions of flows, and the aliases that route to them.
///
/// Durability: a change is seen at once by whoever reads the store, and on disk with the next
/// `Journal.append`.
package protocol VersionTable: Sendable {
    func version(_ number: Int64, of flow: Int64) throws(StoreError) -> StoredVersion?

    /// Newest first, older than `before`.
    func versions(of flow: Int64, before: Int64, limit: Int) throws(StoreError) -> [StoredVersion]

    /// Adds a version and returns its number; the definition is in the catalog.
    func addVersion(_ version: StoredVersion) throws(StoreError) -> Int64

    /// Forgets the version; its number stays used.
    func removeVersion(_ number: Int64, of flow: Int64) throws(StoreError)

    func alias(_ name: String, of flow: Int64) throws(StoreError) -> StoredAlias?

    /// In the order of their names.
    func aliases(of flow: Int64, fromName: String, limit: Int) throws(StoreError) -> [StoredAlias]

    /// Adds the alias, or replaces the one of this name.
    func putAlias(_ alias: StoredAlias) throws(StoreError)

    func removeAlias(_ name: String, of flow: Int64) throws(StoreError)

    /// Forgets all versions and aliases of a flow that is deleted.
    func removeVersionsAndAliases(of flow: Int64) throws(StoreError)
}
