import WebPages

/// The look of the pages to sign in: a card and nothing else.
enum SignInFace {
    static let face = Face(word: "gate", home: "/console", name: { _ in "fnf" }, navigation: { _, _ in [] })

    static let style = """
        .gate main { justify-content: center; align-items: center }
        .gate .bar .account > a { display: none }
        .gate .card { width: 100%; max-width: 420px; display: grid; gap: var(--s5); padding: var(--s6);
          box-shadow: var(--shadow) }
        .gate .card form { display: grid; gap: var(--s4) }
        .gate .card button.main { width: 100% }
        .gate .way { display: grid; gap: var(--s2); padding-top: var(--s4);
          border-top: 1px solid var(--line) }
        .gate h1 { font-size: 22px }
        """
}
