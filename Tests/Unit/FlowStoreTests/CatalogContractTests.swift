import FlowStore
import FlowStoreSQLite
import Primitives
import Testing

@Suite struct CatalogContractTests {
    private func flow(_ name: String, _ definition: String = "d1") -> StoredFlow {
        var flow = StoredFlow()
        flow.name = name
        flow.id = "id-of-\(name)-\(definition)"
        flow.definition = definition
        flow.type = "FDL"
        flow.created = Timestamp(microseconds: 5)
        flow.modified = Timestamp(microseconds: 6)
        return flow
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a flow is found by its name with all its fields`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var greeting = flow("Greeting")
        greeting.description = "says hello"
        greeting.roleArn = "acs:ram::1:role/r"
        greeting.externalStorageLocation = "oss://x"
        greeting.executionMode = "Standard"
        greeting.key = try store.addFlow(greeting, definitionText: "version: v1\n")
        #expect(try store.flow(named: "Greeting") == greeting)
        #expect(try store.flow(named: "greeting") == nil)
        #expect(try store.definitionText("d1") == "version: v1\n")
        #expect(try store.definitionText("d2") == nil)
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a replaced definition leaves the old text for those who pinned it`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var greeting = flow("Greeting")
        greeting.key = try store.addFlow(greeting, definitionText: "old")
        greeting.definition = "d2"
        greeting.modified = Timestamp(microseconds: 7)
        try store.replaceFlow(greeting, definitionText: "new")
        #expect(try store.flow(named: "Greeting") == greeting)
        #expect(try store.definitionText("d1") == "old")
        #expect(try store.definitionText("d2") == "new")
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `a deleted flow frees its name and keeps its key`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        var first = flow("Greeting")
        first.key = try store.addFlow(first, definitionText: "one")
        first.deleted = Timestamp(microseconds: 9)
        try store.replaceFlow(first, definitionText: "one")
        #expect(try store.flow(named: "Greeting") == nil)
        var second = flow("Greeting", "d2")
        second.key = try store.addFlow(second, definitionText: "two")
        #expect(second.key != first.key)
        #expect(try store.flow(named: "Greeting") == second)
        #expect(try store.deletedFlows(named: "Greeting") == [first])
        #expect(try store.flows(fromName: "", limit: 10, resourceGroup: nil) == [second])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: StoreUnderTest.allCases)
    func `flows are listed by name from a name on`(_ kind: StoreUnderTest) throws {
        let (store, folder) = try kind.make()
        for name in ["C", "A", "b", "B"] { _ = try store.addFlow(flow(name), definitionText: "x") }
        let all = try store.flows(fromName: "", limit: 10, resourceGroup: nil)
        #expect(all.map(\.name) == ["A", "B", "C", "b"])
        #expect(try store.flows(fromName: "B", limit: 2, resourceGroup: nil).map(\.name) == ["B", "C"])
        withExtendedLifetime(folder) {}
    }
}
