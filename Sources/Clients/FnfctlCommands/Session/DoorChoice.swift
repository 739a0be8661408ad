import ArgumentParser
import RPCProtocol

/// Through which door a method is called: the humblest one that gives a role the method takes.
enum DoorChoice {
    static func door(for roles: Set<RPCRole>, of service: ServiceName) -> RPCDoor {
        for door in [RPCDoor.client, .admin, .task] where !roles.isDisjoint(with: door.roles) { return door }
        return service == .flowEngine ? .report : .internal
    }
}

extension RPCDoor: ExpressibleByArgument {}
