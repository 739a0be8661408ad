import Glibc
import Logging
import Synchronization
import SystemdKit
import Testing

@Suite struct LogHandlerTests {
    @Test func `a logger's lines arrive whole and in order`() throws {
        let (reading, writing) = try pipePair()
        let writer = StderrLogHandler.lineWriter(to: writing, as: StderrLine.prefixed)
        var logger = Logger(label: "test") { _ in
            StderrLogHandler(service: "order-store", level: .info, writer: writer)
        }
        logger[metadataKey: "order"] = "42"
        logger.debug("not shown")
        for number in 1...100 { logger.info("line \(number)") }
        logger.warning("last", metadata: ["order": "43"])
        writer.flush()
        close(writing)
        let expected =
            (1...100).map { "<6>order-store: line \($0) (order=42)\n" }.joined()
            + "<4>order-store: last (order=43)\n"
        #expect(received(reading) == expected)
        close(reading)
    }

    @Test func `metadata of the provider comes along and the event's own wins`() {
        let records = Mutex<[LogRecord]>([])
        let writer = LogWriter { record in records.withLock { $0.append(record) } }
        let provider = Logger.MetadataProvider { ["request": "r-1", "step": "outer"] }
        let logger = Logger(
            label: "test",
            factory: { _ in
                var handler = JournaldLogHandler(service: "flow-engine", level: .trace, writer: writer)
                handler.metadataProvider = provider
                return handler
            })
        logger.info("inner", metadata: ["step": "pay"])
        writer.flush()
        let fields = records.withLock { $0.first?.fields.map { "\($0.key)=\($0.value)" } }
        #expect(fields == ["request=r-1", "step=pay"])
    }

    @Test func `a critical entry is written before the call returns`() {
        let written = Atomic(0)
        let writer = LogWriter { _ in written.add(1, ordering: .sequentiallyConsistent) }
        let logger = Logger(label: "test") { _ in
            JournaldLogHandler(service: "flow-engine", level: .info, writer: writer)
        }
        logger.info("before")
        logger.critical("the store is gone")
        #expect(written.load(ordering: .sequentiallyConsistent) == 2)
    }

    @Test func `a log that hangs costs entries, not the service, and says how many`() throws {
        let (reading, writing) = try pipePair()
        let messages = Mutex<[String]>([])
        let entered = try pipePair()
        let writer = LogWriter { record in
            if record.message == "first" {
                _ = write(entered.writing, "x", 1)
                var byte: UInt8 = 0
                _ = read(reading, &byte, 1)
            }
            messages.withLock { $0.append(record.message) }
        }
        let logger = Logger(label: "test") { _ in
            JournaldLogHandler(service: "flow-engine", level: .info, writer: writer)
        }
        logger.info("first")
        #expect(received(entered.reading, datagram: true) == "x")
        for number in 0..<(LogWriter.pendingEntriesMax + 3) { logger.info("\(number)") }
        _ = write(writing, "x", 1)
        writer.flush()
        let all = messages.withLock { $0 }
        #expect(all.count == 1 + LogWriter.pendingEntriesMax + 1)
        #expect(all.last == "3 log entries were dropped: the log is slower than the service")
        [reading, writing, entered.reading, entered.writing].forEach { close($0) }
    }

    @Test func `the journal is chosen exactly when standard error is its stream`() throws {
        let (reading, writing) = try pipePair()
        defer { [reading, writing].forEach { close($0) } }
        var status = stat()
        fstat(writing, &status)
        let stream = "\(status.st_dev):\(status.st_ino)"
        func choice(_ values: [String: String]) -> LoggingChoice {
            LoggingChoice.detect(environment: { values[$0] }, standardError: writing)
        }
        #expect(choice(["JOURNAL_STREAM": stream]) == .journald)
        #expect(choice(["JOURNAL_STREAM": stream, "FNF_LOG_FORMAT": "json"]) == .journald)
        #expect(choice(["JOURNAL_STREAM": "8:1"]) == .prefixedLines)
        #expect(choice(["JOURNAL_STREAM": "8:1", "FNF_LOG_FORMAT": "json"]) == .jsonLines)
        #expect(choice([:]) == .prefixedLines)
    }

    @Test func `a process writes its last lines at exit and takes its level from the environment`() async {
        let result = await #expect(processExitsWith: .exitCode(3), observing: [\.standardErrorContent]) {
            setenv("FNF_LOG_FORMAT", "json", 1)
            setenv("FNF_LOG_LEVEL", "debug", 1)
            unsetenv("JOURNAL_STREAM")
            let logger = LoggingChoice.bootstrap(service: "supplier-rules", level: .error)
            logger.debug("bye", metadata: ["order": "42"])
            exit(3)
        }
        let text = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } ?? ""
        #expect(text.contains("\"service\":\"supplier-rules\",\"message\":\"bye\",\"order\":\"42\"}\n"))
    }
}
