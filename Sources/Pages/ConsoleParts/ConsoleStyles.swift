/// What the console adds to the style sheet that all pages share.
package enum ConsoleStyles {
    package static let text = """
        .json .key { color: var(--accent-text) }
        .json .text { color: var(--good) }
        .json .plain { color: var(--wait) }
        \(GraphStyles.text)
        """
}
