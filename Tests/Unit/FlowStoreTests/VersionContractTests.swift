import FlowStore
import FlowStoreSQLite
import Primitives
import Testing

@Suite struct VersionContractTests {
    /// A flow with the definition d1, and its key.
    private func flow(_ store: any DurableStore, _ name: String = "Greeting") throws -> Int64 {
        var flow = StoredFlow()
        flow.name = name
        flow.id = "id-of-\(name)"
        flow.definition = "d1"
        return try store.addFlow(flow, definitionText: "version: v1\n")
    }

    private func version(of flow: Int64, _ description: String = "") -> StoredVersion {
        var version = StoredVersion()
        version.flow = flow
        version.definition = "d1"
        version.description = description
        version.created = Timestamp(microseconds: 5)
        return version
    }

    private func alias(_ name: String, of flow: Int64, _ routes: [StoredRoute]) -> StoredAlias {
        var alias = StoredAlias()
        alias.flow = flow
        alias.name = name
        alias.routes = routes
        alias.created = Timestamp(microseconds: 6)
        alias.modified = Timestamp(microseconds: 7)
        return alias
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a version is found by its number with all its fields`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let (first, second) = (try flow(store), try flow(store, "Other"))
        var wanted = version(of: first, "says hello")
        wanted.roleArn = "acs:ram::1:role/r"
        wanted.environment = ["Variables": [["Name": "a", "Value": "b"]]]
        wanted.number = try store.addVersion(wanted)
        #expect(wanted.number == 1)
        #expect(try store.version(1, of: first) == wanted)
        #expect(try store.version(2, of: first) == nil)
        #expect(try store.version(1, of: second) == nil)
        #expect(try store.addVersion(version(of: second)) == 1)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `versions are listed newest first, and a removed number is not given again`(
        _ kind: StoreUnderTest
    ) throws {
        let (store, folder) = try kind.make()
        let flow = try flow(store)
        for _ in 1...4 { _ = try store.addVersion(version(of: flow)) }
        try store.removeVersion(2, of: flow)
        try store.removeVersion(4, of: flow)
        #expect(try store.versions(of: flow, before: .max, limit: 10).map(\.number) == [3, 1])
        #expect(try store.versions(of: flow, before: 3, limit: 10).map(\.number) == [1])
        #expect(try store.versions(of: flow, before: .max, limit: 1).map(\.number) == [3])
        #expect(try store.version(4, of: flow) == nil)
        #expect(try store.addVersion(version(of: flow)) == 5)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `an alias is kept, replaced, listed by name and removed`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let flow = try flow(store)
        let routes = [StoredRoute(version: 1, weight: 90), StoredRoute(version: 2, weight: 10)]
        let wanted = alias("prod", of: flow, routes)
        try store.putAlias(wanted)
        #expect(try store.alias("prod", of: flow) == wanted)
        #expect(try store.alias("Prod", of: flow) == nil)
        #expect(try store.alias("prod", of: flow + 1) == nil)
        var changed = wanted
        changed.routes = [StoredRoute(version: 2, weight: 100)]
        changed.description = "all on 2"
        try store.putAlias(changed)
        #expect(try store.alias("prod", of: flow) == changed)
        for name in ["b", "B", "a"] { try store.putAlias(alias(name, of: flow, routes)) }
        #expect(
            try store.aliases(of: flow, fromName: "", limit: 10).map(\.name) == ["B", "a", "b", "prod"])
        #expect(try store.aliases(of: flow, fromName: "a", limit: 2).map(\.name) == ["a", "b"])
        try store.removeAlias("prod", of: flow)
        #expect(try store.alias("prod", of: flow) == nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `all of a deleted flow go, those of others stay`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let (gone, kept) = (try flow(store), try flow(store, "Kept"))
        for flow in [gone, kept] {
            _ = try store.addVersion(version(of: flow))
            try store.putAlias(alias("prod", of: flow, [StoredRoute(version: 1, weight: 100)]))
        }
        try store.removeVersionsAndAliases(of: gone)
        #expect(try store.versions(of: gone, before: .max, limit: 10).isEmpty)
        #expect(try store.aliases(of: gone, fromName: "", limit: 10).isEmpty)
        #expect(try store.versions(of: kept, before: .max, limit: 10).count == 1)
        #expect(try store.aliases(of: kept, fromName: "", limit: 10).count == 1)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `what was not committed is forgotten, its number too`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let flow = try flow(store)
        #expect(try store.addVersion(version(of: flow)) == 1)
        try store.append([])
        #expect(try store.addVersion(version(of: flow)) == 2)
        try store.putAlias(alias("prod", of: flow, [StoredRoute(version: 2, weight: 100)]))
        store.revert()
        #expect(try store.versions(of: flow, before: .max, limit: 10).map(\.number) == [1])
        #expect(try store.alias("prod", of: flow) == nil)
        #expect(try store.addVersion(version(of: flow)) == 2)
        withExtendedLifetime(folder) {}
    }

    @Test func `versions and aliases are there when the file is opened again`() throws {
        let (store, folder) = try StoreUnderTest.sqlite.make()
        let flow = try flow(store)
        let number = try store.addVersion(version(of: flow, "first"))
        try store.putAlias(alias("prod", of: flow, [StoredRoute(version: number, weight: 100)]))
        try store.append([])
        try store.close()
        let again = try SQLiteStore(path: folder.databasePath)
        #expect(try again.version(number, of: flow)?.description == "first")
        #expect(try again.alias("prod", of: flow)?.routes == [StoredRoute(version: number, weight: 100)])
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `executions are listed by version, by alias, and by neither`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        let origins: [(String?, Int64?)] = [(nil, nil), ("1", 1), ("prod", 1), ("prod", 2), ("12", 12)]
        var rows: [JournalRow] = []
        for (index, (qualifier, version)) in origins.enumerated() {
            var origin = ExecutionOrigin()
            origin.qualifier = qualifier
            origin.version = version
            rows.append(try Writer.start(Int64(index + 1), origin))
        }
        try store.append(rows)
        var index = ExecutionIndex(table: store)
        _ = try index.takeInTail(of: store)
        func listed(_ filter: QualifierFilter?) throws -> [Int64] {
            try index.entries(ExecutionFilter(flow: 1, qualifier: filter), before: .max, limit: 10)
                .map(\.execution)
        }
        func check() throws {
            #expect(try listed(nil) == [5, 4, 3, 2, 1])
            #expect(try listed(.latest) == [1])
            #expect(try listed(.version(1)) == [3, 2])
            #expect(try listed(.version(12)) == [5])
            #expect(try listed(.alias("prod")) == [4, 3])
            #expect(try listed(.alias("other")).isEmpty)
        }
        try check()
        try index.flush()
        try check()
        withExtendedLifetime(folder) {}
    }
}

extension Writer {
    /// The first row of an execution that came about in this way.
    fileprivate static func start(_ number: Int64, _ origin: ExecutionOrigin) throws -> JournalRow {
        var writer = Writer()
        _ = writer.start("run-\(number)")
        let row = try #require(writer.rows.first)
        var body = try TransitionBody(row: row)
        let start = try #require(body.start)
        body.start = ExecutionStart(
            flow: start.flow, flowName: start.flowName, name: start.name, definition: start.definition,
            labels: start.labels, origin: origin)
        return JournalRow(
            sequence: number, execution: number, previous: 0, kind: .starts, body: body.encoded)
    }
}
