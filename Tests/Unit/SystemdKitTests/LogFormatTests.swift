import Logging
import SystemdKit
import Testing

@Suite struct LogFormatTests {
    private func record(
        _ message: String = "charged", level: Logger.Level = .info, error: (any Error)? = nil,
        metadata: Logger.Metadata = [:], own: Logger.Metadata? = nil
    ) -> LogRecord {
        let event = LogEvent(
            level: level, message: "\(message)", error: error, metadata: own, source: nil,
            file: "PaymentGateway/Charge.swift", function: "charge()", line: 7)
        var record = LogRecord(event, metadata: metadata, service: "payment-gateway")
        record.seconds = 1_784_000_000
        record.nanoseconds = 5_000_000
        return record
    }

    @Test func `the journal gets structured fields`() {
        let fields = JournalFields.encode(
            record(
                metadata: ["execution": "ex-1", "flow": "Demo", "order": "42"],
                own: ["step": "pay", "attempt": "2", "request": "r-9", "messageID": "paymentCharged"]))
        #expect(
            fields.texts == [
                "MESSAGE=charged", "PRIORITY=6", "SYSLOG_IDENTIFIER=payment-gateway",
                "CODE_FILE=PaymentGateway/Charge.swift", "CODE_LINE=7", "CODE_FUNC=charge()",
                "MESSAGE_ID=\(MessageID.paymentCharged.rawValue)", "FNF_ATTEMPT=2", "FNF_EXECUTION=ex-1",
                "FNF_FLOW=Demo", "FNF_ORDER=42", "FNF_REQUEST=r-9", "FNF_STEP=pay",
            ])
    }

    @Test func `any metadata key becomes a field name that the journal takes`() {
        #expect(JournalFields.name(of: "execution") == "FNF_EXECUTION")
        #expect(JournalFields.name(of: "wait.time-left") == "FNF_WAIT_TIME_LEFT")
        #expect(JournalFields.name(of: "größe") == "FNF_GR____E")
        #expect(JournalFields.name(of: String(repeating: "k", count: 100)).utf8.count == 64)
    }

    @Test func `a message kind is named by its case or its number`() {
        let number = MessageID.refundDue.rawValue
        #expect(record(own: ["messageID": "\(MessageID.refundDue)"]).messageID == .refundDue)
        #expect(record(own: ["messageID": .string(number)]).messageID == .refundDue)
        let unknown = record(own: ["messageID": "refundDew"])
        #expect(unknown.messageID == nil)
        #expect(JournalFields.encode(unknown).texts.contains("FNF_MESSAGEID=refundDew"))
    }

    @Test func `a value is cut at 64 KiB between two characters`() throws {
        let long = String(repeating: "x", count: 65_535) + "ß"
        let fields = JournalFields.encode(record(own: ["input": .string(long)]))
        let input = try #require(fields.texts.last)
        #expect(input == "FNF_INPUT=" + String(repeating: "x", count: 65_535))
    }

    @Test func `levels are syslog priorities`() {
        let priorities = Logger.Level.allCases.map { record(level: $0).priority }
        #expect(priorities == [7, 7, 6, 5, 4, 3, 2])
    }

    @Test func `the error of an event is its error field`() {
        struct DiskFull: Error, CustomStringConvertible { let description = "the disk is full" }
        #expect(JournalFields.encode(record(error: DiskFull())).texts.contains("FNF_ERROR=the disk is full"))
        let named = record(error: DiskFull(), own: ["error": "StoreFault"])
        #expect(JournalFields.encode(named).texts.contains("FNF_ERROR=StoreFault"))
    }

    @Test func `a JSON line has the metadata under its own keys`() {
        let line = StderrLine.json(
            record("paid \"10\"\n\u{1}ß", own: ["order": "42", "time": "x", "messageID": "paymentCharged"]))
        #expect(
            String(decoding: line, as: UTF8.self)
                == "{\"time\":\"2026-07-14T03:33:20.005Z\",\"priority\":6,\"service\":\"payment-gateway\","
                + "\"message\":\"paid \\\"10\\\"\\n\\u0001ß\","
                + "\"messageID\":\"\(MessageID.paymentCharged.rawValue)\",\"order\":\"42\",\"time_\":\"x\"}\n"
        )
    }

    @Test func `a line for a collector begins with its priority and stays one line`() {
        let line = StderrLine.prefixed(
            record("no\nspace", level: .error, own: ["path": "/x", "error": "full"]))
        #expect(
            String(decoding: line, as: UTF8.self) == "<3>payment-gateway: no\\nspace (error=full, path=/x)\n")
    }

    @Test func `a line for a terminal begins with the time`() {
        let line = StderrLine.human(record())
        #expect(String(decoding: line, as: UTF8.self) == "03:33:20.005 info payment-gateway: charged\n")
    }
}
