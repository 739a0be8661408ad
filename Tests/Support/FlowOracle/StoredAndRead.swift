package import FlowModel
import Primitives

extension [HistoryEvent] {
    /// As they come back from the disk.
    package var storedAndRead: [HistoryEvent] {
        get throws {
            var buffer: [UInt8] = []
            StoredEvents.write(self, into: &buffer)
            guard let first, let items = try JSONParser.parse(buffer).arrayValue else { return [] }
            return try StoredEvents.read(items, first: first.eventID, time: first.time)
        }
    }
}
