import FlowStore
import Primitives

extension FaultyStore {
    func version(_ number: Int64, of flow: Int64) throws(StoreError) -> StoredVersion? {
        try store.version(number, of: flow)
    }
    func versions(of flow: Int64, before: Int64, limit: Int) throws(StoreError) -> [StoredVersion] {
        try store.versions(of: flow, before: before, limit: limit)
    }
    func addVersion(_ version: StoredVersion) throws(StoreError) -> Int64 {
        try check()
        return try store.addVersion(version)
    }
    func removeVersion(_ number: Int64, of flow: Int64) throws(StoreError) {
        try check()
        try store.removeVersion(number, of: flow)
    }
    func alias(_ name: String, of flow: Int64) throws(StoreError) -> StoredAlias? {
        try store.alias(name, of: flow)
    }
    func aliases(of flow: Int64, fromName: String, limit: Int) throws(StoreError) -> [StoredAlias] {
        try store.aliases(of: flow, fromName: fromName, limit: limit)
    }
    func putAlias(_ alias: StoredAlias) throws(StoreError) {
        try check()
        try store.putAlias(alias)
    }
    func removeAlias(_ name: String, of flow: Int64) throws(StoreError) {
        try check()
        try store.removeAlias(name, of: flow)
    }
    func removeVersionsAndAliases(of flow: Int64) throws(StoreError) {
        try check()
        try store.removeVersionsAndAliases(of: flow)
    }
}
