import ConsoleParts
import Primitives
import RPCProtocol

/// `fnfctl call`, which reaches every method.
enum CallText {
    static func command<Method: RPCMethod>(
        _ service: String, _ method: Method.Type, _ params: Method.Params
    ) -> String {
        let text = params.wire.text
        return ShellText.command(["fnfctl", "call", service, Method.name] + (text == "{}" ? [] : [text]))
    }
}
