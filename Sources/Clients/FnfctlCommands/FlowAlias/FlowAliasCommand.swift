import ArgumentParser

/// `fnfctl flow alias …`
struct FlowAliasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias", abstract: "Names for versions of a flow, with the share that each gets.",
        discussion: """
            Executions are started under an alias by --qualifier; the execution's name decides which \
            version it gets, so a repeated start gets the same one.

            Example:
              fnfctl flow alias create Greeting prod --route 1=90 --route 2=10
            """,
        subcommands: [
            FlowAliasCreate.self, FlowAliasSet.self, FlowAliasShow.self, FlowAliasList.self,
            FlowAliasDelete.self,
        ],
        aliases: ["aliases"])
}
