import ArgumentParser
import FlowWebAPI
import RPCProtocol

extension AccessKeyRole: ExpressibleByArgument {}

/// `fnfctl key create`
struct KeyCreate: Verb {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Creates an access key and prints its secret, this once.",
        discussion: """
            The secret is made up, or read from a file: an argument would be seen by everyone on the host.

            Examples:
              fnfctl key create --role operate --flow 'Order*' --description 'the shop'
              fnfctl key create --role read -o json > key.json
              fnfctl key create --id LTAI5tShop --secret-file secret.txt
            """)

    @Option(help: ArgumentHelp("The id; made up if not given.", valueName: "id")) var id: String?

    @Option(help: "What its holder may do; each role includes those before it.")
    var role = AccessKeyRole.operate

    @Option(
        name: .customLong("flow"), parsing: .singleValue,
        help: ArgumentHelp(
            "Only flows whose names match, * is any text; may be repeated (default: all flows).",
            valueName: "pattern"))
    var flows: [String] = []

    @Option(help: ArgumentHelp("Who has it, for the list.", valueName: "text")) var description = ""

    @Option(
        help: ArgumentHelp(
            "Take the secret from the first line of a file; - is standard input.", valueName: "file"))
    var secretFile: String?

    @Flag(help: "Give a key that has this id the new secret, role and flows.") var replace = false

    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if replace, id == nil { throw ValidationError("--replace needs --id.") }
    }

    func run(in session: Session) async throws(CommandFailure) {
        let given = try secret()
        let key = try await global.peers(session).call(
            CreateAccessKey.self,
            .with {
                $0.accessKeyID = id
                $0.secret = given
                $0.role = role
                $0.flows = flows
                $0.description = description
                $0.replace = replace
            }, on: .flowWeb)
        session.show(KeyReport.created(key, isSecretKnown: given != nil), as: form.output)
        if given == nil { session.note("keep the secret now: it is not shown again") }
    }

    private func secret() throws(CommandFailure) -> String? {
        guard let secretFile else { return nil }
        let text = try TextArgument.file(secretFile)
        let secret = text.prefix { !$0.isNewline }
        guard !secret.isEmpty else {
            throw CommandFailure(
                .usage, "the first line of \(secretFile) is empty", next: "write the secret into it, alone")
        }
        return String(secret)
    }
}
