import ArgumentParser

/// The manual page, made from the tree of verbs, so that it says what the program does.
enum ManualPage {
    static var text: String {
        let root = Fnfctl.configuration
        var page = """
            .\\" Made by `fnfctl manual`; do not edit.
            .TH FNFCTL 1 "" "fnf \(Fnfctl.version)" "fnf"
            .SH NAME
            fnfctl \\- durable workflows on this host
            .SH SYNOPSIS
            .B fnfctl
            .I noun verb
            [arguments] [options]
            .SH DESCRIPTION
            \(escaped(root.abstract))
            .PP
            \(body(root.discussion))
            .SH COMMANDS

            """
        for command in leaves(of: Fnfctl.self) { page += section(command) }
        return page + """
            .SH ENVIRONMENT
            .TP
            .B FNF_RUNTIME_DIR
            Folder of the services' sockets; /run/fnf when it is not set.
            .TP
            .BR NO_COLOR ", " FORCE_COLOR
            Take colours away from a terminal, give them to a pipe.
            .SH SEE ALSO
            .BR journalctl (1),
            .BR systemctl (1)

            """
    }

    struct Leaf {
        let command: any ParsableCommand.Type
        let path: [String]
    }

    /// Every verb that is shown in the help, in its order.
    static func leaves(of command: any ParsableCommand.Type, path: [String] = []) -> [Leaf] {
        let configuration = command.configuration
        guard configuration.shouldDisplay else { return [] }
        let path = path + [configuration.commandName ?? ""]
        let inner = configuration.subcommands
        return inner.isEmpty
            ? [Leaf(command: command, path: path)] : inner.flatMap { leaves(of: $0, path: path) }
    }

    private static func section(_ leaf: Leaf) -> String {
        let help = Fnfctl.helpMessage(for: leaf.command, columns: 76).replacing("OVERVIEW: ", with: "")
        return ".SS \"\(leaf.path.joined(separator: " "))\"\n\(body(help))\n"
    }

    /// Lines as they stand where they are indented or short; longer ones flow with the width of the page.
    private static func body(_ text: String) -> String {
        var page = ".nf"
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let flows = line.count > 76 && !line.hasPrefix(" ")
            page += flows ? "\n.fi\n\(escaped(line))\n.nf" : "\n\(escaped(line))"
        }
        return page + "\n.fi"
    }

    /// So that roff takes nothing in a line for a request or an escape.
    private static func escaped(_ line: some StringProtocol) -> String {
        let text = String(line).replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }
}
