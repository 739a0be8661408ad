/// The look that both faces share: spacing, type, one accent colour, light and dark. Each file of this folder
/// holds a part of it.
enum StyleSheet {
    static var text: String {
        [tokens, ground, frame, parts, forms, states].joined(separator: "\n")
    }

    /// The names that everything else is made of. Contrasts are at least 4.5 : 1 for text on its ground.
    static let tokens = """
        :root {
          color-scheme: light dark;
          --ground: #f6f7f9; --paper: #ffffff; --raised: #ffffff; --sunken: #eef0f4;
          --ink: #171b26; --ink-2: #4b5366; --ink-3: #5f677a; --line: #dfe3ea; --line-2: #c3c9d5;
          --accent: #4350c9; --accent-ink: #ffffff; --accent-soft: #eceefc; --accent-text: #3a46b8;
          --good: #17714a; --good-soft: #e3f4ea; --bad: #b3261e; --bad-soft: #fcebe9;
          --wait: #8a5a00; --wait-soft: #fdf1d8; --run: #1a61a8; --run-soft: #e4f0fb;
          --still: #566073; --still-soft: #eceef2;
          --s1: 4px; --s2: 8px; --s3: 12px; --s4: 16px; --s5: 24px; --s6: 32px; --s7: 48px; --s8: 64px;
          --round: 10px; --round-s: 6px;
          --shadow: 0 1px 2px rgb(23 27 38 / .06), 0 4px 16px rgb(23 27 38 / .05);
          --font: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC",
            "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas,
            "DejaVu Sans Mono", monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #0f1218; --paper: #171b23; --raised: #1d222c; --sunken: #11151c;
            --ink: #e8ebf1; --ink-2: #b3bac8; --ink-3: #98a1b2; --line: #2a303c; --line-2: #3d4554;
            --accent: #8d98ff; --accent-ink: #10131f; --accent-soft: #23284a; --accent-text: #a9b1ff;
            --good: #6fd3a0; --good-soft: #14301f; --bad: #ff9b93; --bad-soft: #3b1a18;
            --wait: #f0c069; --wait-soft: #35280d; --run: #84bdf5; --run-soft: #12283e;
            --still: #aab2c1; --still-soft: #252b36;
            --shadow: 0 1px 2px rgb(0 0 0 / .4);
          }
        }
        """

    static let ground = """
        *, *::before, *::after { box-sizing: border-box }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: 72px }
        body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground);
          color: var(--ink); font: 15px/1.55 var(--font); font-variant-numeric: tabular-nums }
        h1 { font-size: 26px; line-height: 1.25; letter-spacing: -.015em; font-weight: 680; margin: 0 }
        h2 { font-size: 18px; line-height: 1.35; letter-spacing: -.01em; font-weight: 640; margin: 0 }
        h3 { font-size: 15px; line-height: 1.4; font-weight: 640; margin: 0 }
        p { margin: 0; text-wrap: pretty }
        ul, ol, dl, dd, figure { margin: 0; padding: 0 }
        ul, ol { list-style: none }
        a { color: var(--accent-text); text-decoration: none }
        a:hover { text-decoration: underline; text-underline-offset: 3px }
        img, svg { display: block; max-width: 100% }
        code, pre, kbd, .mono { font-family: var(--mono); font-size: .9em }
        pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
        hr { border: 0; border-top: 1px solid var(--line); margin: 0 }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px }
        main:focus { outline: none }
        .muted { color: var(--ink-3) }
        .small { font-size: 13px }
        .nowrap { white-space: nowrap }
        .end { text-align: end }
        .hidden { display: none !important }
        .visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); white-space: nowrap }
        .skip { position: absolute; left: var(--s4); top: -60px; z-index: 20; padding: var(--s2) var(--s4);
          background: var(--accent); color: var(--accent-ink);
          border-radius: 0 0 var(--round-s) var(--round-s) }
        .skip:focus { top: 0 }
        @media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important;
          transition: none !important } }
        """

    static let frame = """
        .bar { position: sticky; top: 0; z-index: 10; display: flex; align-items: center; gap: var(--s5);
          min-height: 56px; padding: 0 var(--s5); background: var(--paper);
          border-bottom: 1px solid var(--line) }
        .brand { display: flex; align-items: center; gap: var(--s2); color: var(--ink); font-weight: 680;
          letter-spacing: -.01em; white-space: nowrap }
        .brand:hover { text-decoration: none }
        .brand .mark { color: var(--accent) }
        .bar nav { display: flex; gap: 2px; overflow-x: auto; scrollbar-width: none; flex: 1 }
        .bar nav a { padding: 6px 12px; border-radius: var(--round-s); color: var(--ink-2);
          white-space: nowrap; font-weight: 520 }
        .bar nav a:hover { background: var(--sunken); color: var(--ink); text-decoration: none }
        .bar nav a[aria-current] { background: var(--accent-soft); color: var(--accent-text) }
        .account { display: flex; align-items: center; gap: var(--s3); margin-inline-start: auto;
          white-space: nowrap; font-size: 14px }
        main { flex: 1; width: 100%; max-width: 1120px; margin: 0 auto;
          padding: var(--s6) var(--s5) var(--s8); display: flex; flex-direction: column; gap: var(--s5) }
        main.wide { max-width: 1680px }
        footer { display: flex; justify-content: space-between; align-items: center; gap: var(--s4);
          padding: var(--s4) var(--s5); border-top: 1px solid var(--line); font-size: 13px }
        .languages { display: flex; gap: var(--s1) }
        form.inline { display: inline-flex; gap: var(--s2); align-items: center; margin: 0 }
        @media (max-width: 720px) {
          .bar { flex-wrap: wrap; gap: 0 var(--s3); padding: var(--s2) var(--s4) 0 }
          .bar nav { order: 3; flex-basis: 100%; padding-bottom: 6px; margin: 0 calc(-1 * var(--s2)) }
          main { padding: var(--s5) var(--s4) var(--s7) }
          h1 { font-size: 22px }
        }
        """
}
