import FlowEngineAPI
import FlowStore
import Primitives
import RPCProtocol

/// Texts of a flow that are kept and given back.
extension FlowEngineService {
    func checkDescription(_ text: String?) throws(RPCError) {
        try check(text, parameter: "Description", bytesMax: settings.descriptionBytesMax)
    }

    func checkAttribute(_ text: String?, parameter: String) throws(RPCError) {
        try check(text, parameter: parameter, bytesMax: settings.attributeBytesMax)
    }

    private func check(_ text: String?, parameter: String, bytesMax: Int) throws(RPCError) {
        guard let count = text?.utf8.count, count > bytesMax else { return }
        throw .tooLarge(parameter, bytes: count, bytesMax: bytesMax)
    }

    /// The environment as it is stored; empty when it has no variable.
    func environment(_ environment: FlowEnvironment) throws(RPCError) -> JSONObject {
        var names: Set<String> = []
        for variable in environment.variables {
            guard !variable.name.isEmpty else {
                throw .argument("Environment", "a variable has an empty name")
            }
            guard names.insert(variable.name).inserted else {
                throw .argument("Environment", "the variable \(variable.name) is given twice")
            }
        }
        guard !environment.variables.isEmpty, let object = environment.wire.objectValue else { return [:] }
        let bytes = JSONValue.object(object).text.utf8.count
        guard bytes <= settings.environmentBytesMax else {
            throw .tooLarge("Environment", bytes: bytes, bytesMax: settings.environmentBytesMax)
        }
        return object
    }
}

extension FlowEnvironment {
    /// Nil when there is none, or when it is of a later release and can't be shown.
    init?(stored object: JSONObject) {
        guard !object.isEmpty else { return nil }
        do throws(WireFault) { try self.init(wire: .object(object), strict: false) } catch { return nil }
    }
}
