import ArgumentParser

/// `fnfctl key …`
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Access keys: which programs may call the cloud endpoint, and what each may do.",
        discussion: "Example:\n  fnfctl key create --role operate --flow 'Order*' --description 'the shop'",
        subcommands: [
            KeyCreate.self, KeyList.self, KeyEnable.self, KeyDisable.self, KeyDelete.self,
        ],
        aliases: ["keys"])
}
