import Primitives
import RPCProtocol
import RPCTransport
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct StreamTests {
    @Test func `items come in order and the reply ends the stream`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Flood", ["value": 100])
            for number in 0..<100 {
                let message = try #require(try await client.receive())
                #expect(message["method"] == "rpc.item")
                #expect(message["params"] == ["id": 1, "item": ["value": .integer(Int64(number))]])
            }
            #expect(try await client.receive()?["result"] == ["value": 100])
        }
    }

    /// A reader that reads nothing gets everything up to a cursor without a gap, then SlowConsumer with that
    /// cursor.
    @Test func `a slow reader is ended with the cursor to go on from`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Flood", ["value": 1_000_000])
            await host.notes.heard("SlowConsumer")
            var next: Int64 = 0
            while let message = try await client.receive() {
                if let error = message["error"] {
                    #expect(error["data"]?["name"] == "SlowConsumer")
                    #expect(error["data"]?["details"]?["cursor"] == .integer(next))
                    break
                }
                #expect(message["params"]?["item"]?["value"] == .integer(next))
                next += 1
            }
            #expect(next > 256)
            client.request(2, "Echo")
            #expect(try await client.receive()?["id"] == 2)
        }
    }

    @Test func `a handler that waits for room never finds its reader slow`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let client = try RawClient(host.path)
            client.request(1, "Paced", ["value": 20_000])
            var count = 0
            while let message = try await client.receive(), message["result"] == nil { count += 1 }
            #expect(count == 20_000)
        }
    }

    @Test func `a reader that goes away while a handler waits for room ends it`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            do {
                let client = try RawClient(host.path)
                client.request(1, "Paced", ["value": 1_000_000])
                #expect(try await client.receive() != nil)
            }
            await host.notes.heard("quiet")
            #expect(!host.notes.words.contains("paced"))
        }
    }

    @Test func `a reader that stops reading does not hold up other connections`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let (stuck, other) = (try RawClient(host.path), try RawClient(host.path))
            for id in Int64(0)..<200 { stuck.request(.integer(id), "Blob", ["value": 100_000]) }
            other.request(1, "Echo")
            #expect(try await other.receive()?["id"] == 1)
            for _ in 0..<200 { #expect(try await stuck.receive()?["result"] != nil) }
        }
    }

    @Test func `a caller's slow handling holds the stream back and loses nothing`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let caller = host.caller()
            let sum = Mutex(Int64(0))
            let result = try await caller.stream(Paced.self, Number(5000)) { item in
                await Task.yield()
                sum.withLock { $0 += item.value }
            }
            #expect(result.value == 5000)
            #expect(sum.withLock { $0 } == 5000 * 4999 / 2)
        }
    }

    @Test func `an item may be handled by calling the same caller`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let caller = host.caller()
            let count = Mutex(0)
            _ = try await caller.stream(Paced.self, Number(300)) { item in
                let echoed = try await caller.call(Echo.self, item)
                if echoed == item { count.withLock { $0 += 1 } }
            }
            #expect(count.withLock { $0 } == 300)
        }
    }

    @Test func `canceling the caller's task ends the stream on the server`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let caller = host.caller()
            let task = Task { try await caller.stream(Watch.self, Number(1)) { _ in } }
            await host.notes.heard("watching")
            task.cancel()
            let failure = await #expect(throws: RPCFailure.self) { try await task.value }
            #expect(failure == .canceled)
            await host.notes.heard("watch ended")
        }
    }

    @Test func `an error of the item's handler is thrown and ends the stream on the server`() async throws {
        try await ServerHost.with { host in
            try await host.serve()
            let caller = host.caller()
            let failure = await #expect(throws: RPCFailure.self) {
                try await caller.stream(Watch.self, Number(1)) { _ in throw RPCFailure.lost("enough") }
            }
            #expect(failure == .lost("enough"))
            await host.notes.heard("watch ended")
        }
    }
}
