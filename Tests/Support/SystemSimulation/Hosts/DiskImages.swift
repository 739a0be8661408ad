import FaultyDisk
import FlowEngineAPI
import Foundation
import GRDB
import RPCProtocol

/// The disks that every run begins with: databases that were made and hold nothing yet. Making one costs as much as a
/// whole run.
package struct DiskImages {
    private let images: [String: FaultyDisk]
    /// The engine's, with the order flow in it: putting it in takes as long as an order.
    private let engineWithFlow: FaultyDisk
    /// The text of the order flow's definition.
    let orderFlow: String

    /// - Parameter orderFlow: the path of docs/examples/order-demo.yaml.
    package init(orderFlow path: String) throws {
        orderFlow = try String(contentsOfFile: path, encoding: .utf8)
        var images: [String: FaultyDisk] = [:]
        for name in ServiceName.services { images[name] = try FaultyDisk() }
        self.images = images
        engineWithFlow = try FaultyDisk()
        let system = try SimulatedSystem(seed: 0, bug: nil, images: self)
        system.plan.isActive = false
        for process in system.processes where process.disk != nil { process.start() }
        while system.queue.step(), !system.mortals.allSatisfy(\.isServing) {}
        for process in system.mortals {
            guard let made = process.disk?.disk, let image = images[process.name] else { continue }
            // What was made is in the log: the database takes it in.
            let file = "\(process.name).sqlite"
            let database = try DatabaseQueue(path: made.path(file))
            try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            if let bytes = made.bytes(of: file) { image.put(bytes, as: file) }
            if process.name == ServiceName.engine { try Self.putFlow(of: system, onto: engineWithFlow) }
        }
        Graveyard.keep(system)
    }

    func image(of name: String, hasFlow: Bool) -> FaultyDisk? {
        name == ServiceName.engine && hasFlow ? engineWithFlow : images[name]
    }

    private static func putFlow(of system: SimulatedSystem, onto image: FaultyDisk) throws {
        let engine = system.process(ServiceName.engine)
        guard let made = engine.disk?.disk, let loop = engine.loop,
            case .unary(let create)? = engine.table?.entries[CreateFlow.name]?.body
        else { return }
        let params = CreateFlow.Params.with {
            $0.name = OrderServiceBuilds.flow
            $0.definition = system.orderFlow
        }
        let context = RPCContext(requestID: "image", door: .admin, peer: nil, meta: RPCMeta())
        loop.spawn { _ = try? await create(params.wire, context) }
        while system.queue.step(), loop.isBusy {}
        let file = "\(engine.name).sqlite"
        let database = try DatabaseQueue(path: made.path(file))
        try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        if let bytes = made.bytes(of: file) { image.put(bytes, as: file) }
    }
}
