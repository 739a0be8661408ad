package import RPCProtocol

/// The published names of the errors about schedules. Source: fdl §10.3.
extension RPCErrorName {
    package static let scheduleAlreadyExists: Self = "ScheduleAlreadyExists"
    package static let scheduleNotExists: Self = "ScheduleNotExists"
}
