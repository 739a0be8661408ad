import Glibc
import Primitives

/// Reads the log file of `fnfctl up`, also while it grows and when it is put aside.
struct LogFileReader {
    let path: String
    private var descriptor: Int32 = -1
    private var partial: [UInt8] = []

    init(path: String) { self.path = path }

    /// The lines of the files that were put aside (`.1` is the youngest), oldest first, then the present.
    mutating func readAll(_ onLine: (JSONObject, String) -> Void) throws(CommandFailure) {
        var older: [String] = []
        while access("\(path).\(older.count + 1)", R_OK) == 0 { older.append("\(path).\(older.count + 1)") }
        for file in older.reversed() {
            var reader = LogFileReader(path: file)
            try reader.openFile()
            reader.readRest(onLine)
            reader.closeFile()
        }
        try openFile()
        readRest(onLine)
    }

    /// Goes on for ever; the present file is looked at four times a second.
    mutating func follow(_ onLine: (JSONObject, String) -> Void) async {
        while !Task.isCancelled {
            readRest(onLine)
            if wasPutAside {
                // What was written between the last look and the renaming.
                readRest(onLine)
                closeFile()
                try? openFile()
                continue
            }
            try? await Task.sleep(for: .milliseconds(250))
        }
    }

    private mutating func openFile() throws(CommandFailure) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            throw CommandFailure(
                .failed, "the log file \(path) cannot be read: \(TextArgument.reason(errno))",
                next: "name the folder of `fnfctl up` by --dir, or set FNF_RUNTIME_DIR to its run folder")
        }
    }

    private mutating func closeFile() {
        close(descriptor)
        descriptor = -1
        partial = []
    }

    private var wasPutAside: Bool {
        var present = stat()
        var opened = stat()
        guard stat(path, &present) == 0 else { return false }
        return descriptor < 0 || fstat(descriptor, &opened) != 0 || present.st_ino != opened.st_ino
    }

    private mutating func readRest(_ onLine: (JSONObject, String) -> Void) {
        guard descriptor >= 0 else { return }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return }
            partial += buffer[..<count]
            while let end = partial.firstIndex(of: UInt8(ascii: "\n")) {
                take(Array(partial[..<end]), onLine)
                partial.removeFirst(end + 1)
            }
        }
    }

    /// A line that is no JSON object is passed over: a crash may have cut it.
    private func take(_ bytes: [UInt8], _ onLine: (JSONObject, String) -> Void) {
        guard let fields = (try? JSONParser.parse(bytes))?.objectValue else { return }
        onLine(fields, String(decoding: bytes, as: UTF8.self))
    }
}
