import Primitives
import Synchronization

extension MemoryStore {
    /// Versions and aliases of all flows.
    struct Versions {
        var versions: [StoredVersion] = []
        var aliases: [StoredAlias] = []
        /// The last number that was given, by the flow's key.
        var lastNumber: [Int64: Int64] = [:]
    }

    package func version(_ number: Int64, of flow: Int64) -> StoredVersion? {
        state.withLock { state in
            state.changing.versions.versions.first { $0.flow == flow && $0.number == number }
        }
    }

    package func versions(of flow: Int64, before: Int64, limit: Int) -> [StoredVersion] {
        let found = state.withLock { state in
            state.changing.versions.versions.filter { $0.flow == flow && $0.number < before }
        }
        return Array(found.sorted { $0.number > $1.number }.prefix(limit))
    }

    package func addVersion(_ version: StoredVersion) -> Int64 {
        change { state in
            var version = version
            version.number = state.versions.lastNumber[version.flow, default: 0] + 1
            state.versions.lastNumber[version.flow] = version.number
            state.versions.versions.append(version)
            return version.number
        }
    }

    package func removeVersion(_ number: Int64, of flow: Int64) {
        change { state in state.versions.versions.removeAll { $0.flow == flow && $0.number == number } }
    }
}

extension MemoryStore {
    package func alias(_ name: String, of flow: Int64) -> StoredAlias? {
        state.withLock { state in
            state.changing.versions.aliases.first { $0.flow == flow && $0.name.utf8Equals(name) }
        }
    }

    package func aliases(of flow: Int64, fromName: String, limit: Int) -> [StoredAlias] {
        let found = state.withLock { state in
            state.changing.versions.aliases.filter { $0.flow == flow && !$0.name.utf8Precedes(fromName) }
        }
        return Array(found.sorted { $0.name.utf8Precedes($1.name) }.prefix(limit))
    }

    package func putAlias(_ alias: StoredAlias) {
        change { state in
            state.versions.aliases.removeAll { $0.flow == alias.flow && $0.name.utf8Equals(alias.name) }
            state.versions.aliases.append(alias)
        }
    }

    package func removeAlias(_ name: String, of flow: Int64) {
        change { state in
            state.versions.aliases.removeAll { $0.flow == flow && $0.name.utf8Equals(name) }
        }
    }

    package func removeVersionsAndAliases(of flow: Int64) {
        change { state in
            state.versions.versions.removeAll { $0.flow == flow }
            state.versions.aliases.removeAll { $0.flow == flow }
        }
    }
}
