import Glibc
import SystemdKit
import Testing

/// NOTIFY_SOCKET belongs to the whole process, so each test has one of its own.
@Suite struct NotifierTests {
    @Test func `the manager reads each message as sd_notify defines it`() async {
        await #expect(processExitsWith: .success) {
            let path = "/tmp/fnf-notify-\(getpid())"
            let manager = boundSocket(path, type: SOCK_DGRAM, listening: false)
            setenv("NOTIFY_SOCKET", path, 1)
            defer { unlink(path) }
            let notifier = Notifier()
            #expect(notifier.hasListener)
            notifier.ready(status: "Serving 3 sockets")
            #expect(received(manager, datagram: true) == "READY=1\nSTATUS=Serving 3 sockets")
            notifier.status("two\nlines")
            #expect(received(manager, datagram: true) == "STATUS=two lines")
            notifier.reloading()
            let reloading = received(manager, datagram: true).split(separator: "\n")
            #expect(reloading.first == "RELOADING=1")
            let time = reloading.last?.split(separator: "=")
            #expect(time?.first == "MONOTONIC_USEC" && time?.last.flatMap { Int($0) } ?? 0 > 0)
            notifier.stopping(status: "Finishing 2 requests")
            #expect(received(manager, datagram: true) == "STOPPING=1\nSTATUS=Finishing 2 requests")
            notifier.extendTimeout(.milliseconds(1500))
            #expect(received(manager, datagram: true) == "EXTEND_TIMEOUT_USEC=1500000")
        }
    }

    @Test func `without a manager nothing happens`() async {
        await #expect(processExitsWith: .success) {
            unsetenv("NOTIFY_SOCKET")
            #expect(!Notifier().hasListener)
            Notifier().ready(status: "Serving")
            #expect(Watchdog.demanded() == nil)
        }
    }

    @Test func `the watchdog is fed three times within its limit`() async {
        await #expect(processExitsWith: .success) {
            let path = "/tmp/fnf-watchdog-\(getpid())"
            let manager = boundSocket(path, type: SOCK_DGRAM, listening: false)
            defer { unlink(path) }
            setenv("NOTIFY_SOCKET", path, 1)
            setenv("WATCHDOG_USEC", "15000000", 1)
            setenv("WATCHDOG_PID", "\(getpid())", 1)
            let watchdog = try #require(Watchdog.demanded())
            #expect(watchdog.limit == .seconds(15))
            #expect(watchdog.interval == .seconds(5))
            watchdog.ping()
            #expect(received(manager, datagram: true) == "WATCHDOG=1")
            setenv("WATCHDOG_PID", "1", 1)
            #expect(Watchdog.demanded() == nil)
        }
    }
}
