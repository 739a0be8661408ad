extension StyleSheet {
    /// What pages are put together from: see `Components`.
    static let parts = """
        .head { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s3) var(--s4) }
        .head > h1, .head > h2 { margin-inline-end: auto; overflow-wrap: anywhere }
        .lede { color: var(--ink-2); max-width: 68ch }
        .stack { display: flex; flex-direction: column; gap: var(--s4); min-width: 0 }
        .stack.tight { gap: var(--s2) }
        .row { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s3); min-width: 0 }
        .row.apart { justify-content: space-between }
        .grid { display: grid; gap: var(--s4); grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)) }
        .card { background: var(--paper); border: 1px solid var(--line); border-radius: var(--round);
          padding: var(--s5); min-width: 0 }
        .card.flush { padding: 0; overflow: hidden }
        .card > h2:first-child { margin-bottom: var(--s3) }
        :where(a.card) { color: inherit; display: block }
        a.card:hover { border-color: var(--line-2); box-shadow: var(--shadow); text-decoration: none }
        .scroll { overflow-x: auto }
        table { width: 100%; border-collapse: collapse; font-size: 14px }
        th { text-align: start; font-weight: 560; color: var(--ink-3); font-size: 12.5px; white-space: nowrap;
          padding: 10px var(--s4); border-bottom: 1px solid var(--line) }
        td { padding: 11px var(--s4); border-bottom: 1px solid var(--line); vertical-align: top;
          overflow-wrap: anywhere }
        tbody tr:last-child td { border-bottom: 0 }
        tbody tr:hover td { background: color-mix(in srgb, var(--sunken) 55%, transparent) }
        th.end, td.end { text-align: end }
        td a { font-weight: 540 }
        dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr);
          gap: var(--s2) var(--s5) }
        dl.facts dt { color: var(--ink-3) }
        dl.facts dd { overflow-wrap: anywhere }
        .badge { display: inline-flex; align-items: center; gap: 6px; padding: 2px 9px; border-radius: 99px;
          font-size: 12.5px; font-weight: 580; line-height: 1.5; white-space: nowrap;
          background: var(--still-soft); color: var(--still) }
        .badge::before { content: ""; width: 6px; height: 6px; border-radius: 50%; background: currentColor }
        .badge.plain::before { display: none }
        .badge.good { background: var(--good-soft); color: var(--good) }
        .badge.bad { background: var(--bad-soft); color: var(--bad) }
        .badge.wait { background: var(--wait-soft); color: var(--wait) }
        .badge.run { background: var(--run-soft); color: var(--run) }
        .badge.run::before { animation: pulse 1.6s ease-in-out infinite }
        @keyframes pulse { 50% { opacity: .25 } }
        .notice { display: flex; gap: var(--s3); padding: var(--s3) var(--s4); border-radius: var(--round-s);
          background: var(--run-soft); color: var(--ink); border-inline-start: 3px solid var(--run) }
        .notice.good { background: var(--good-soft); border-color: var(--good) }
        .notice.bad { background: var(--bad-soft); border-color: var(--bad) }
        .notice.wait { background: var(--wait-soft); border-color: var(--wait) }
        .empty { display: grid; justify-items: center; gap: var(--s2); text-align: center;
          padding: var(--s7) var(--s5); color: var(--ink-3) }
        .empty h2, .empty h3, .empty-title { color: var(--ink) }
        .empty-title { font-weight: 640 }
        .tile { display: grid; gap: 2px; align-content: start }
        .tile .value { font-size: 28px; line-height: 1.2; font-weight: 660; letter-spacing: -.02em }
        .tile .label { color: var(--ink-3); font-size: 13px }
        .tabs { display: flex; gap: var(--s4); border-bottom: 1px solid var(--line); overflow-x: auto }
        .tabs a { padding: var(--s2) 2px; color: var(--ink-2); border-bottom: 2px solid transparent;
          margin-bottom: -1px; white-space: nowrap }
        .tabs a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 580 }
        .chips { display: flex; flex-wrap: wrap; gap: var(--s2) }
        .chip { padding: 3px 11px; border-radius: 99px; border: 1px solid var(--line-2); color: var(--ink-2);
          font-size: 13px; background: var(--paper); white-space: nowrap }
        .chip:hover { border-color: var(--accent); text-decoration: none }
        .chip[aria-current] { background: var(--accent); border-color: var(--accent);
          color: var(--accent-ink) }
        .copy { display: flex; align-items: stretch; background: var(--sunken); border-radius: var(--round-s);
          border: 1px solid var(--line); min-width: 0 }
        .copy code { flex: 1; padding: var(--s2) var(--s3); overflow-wrap: anywhere; min-width: 0 }
        .copy button { border: 0; border-inline-start: 1px solid var(--line); border-radius: 0 6px 6px 0;
          background: none; font-size: 13px; color: var(--ink-2) }
        .code { background: var(--sunken); border: 1px solid var(--line); border-radius: var(--round-s);
          padding: var(--s3) var(--s4); font: 13px/1.6 var(--mono); overflow: auto; max-height: 480px }
        .crumbs { display: flex; flex-wrap: wrap; gap: 6px; font-size: 13px; color: var(--ink-3) }
        .crumbs > * + *::before { content: "/"; margin-inline-end: 6px; color: var(--line-2) }
        details > summary { cursor: pointer; color: var(--ink-2) }
        .pages { display: flex; gap: var(--s2); justify-content: flex-end; padding: var(--s3) var(--s4) }
        kbd { padding: 1px 6px; border: 1px solid var(--line-2); border-bottom-width: 2px; border-radius: 5px;
          background: var(--paper); font-size: 12px }
        .problem { max-width: 560px; margin: var(--s7) auto; display: grid; gap: var(--s3) }
        .problem .number { font-size: 56px; line-height: 1; font-weight: 700; letter-spacing: -.03em;
          color: var(--line-2) }
        """

    static let forms = """
        label, .label { font-weight: 560; font-size: 14px }
        .field { display: grid; gap: 6px; min-width: 0 }
        .field .hint { color: var(--ink-3); font-size: 13px }
        .field .fault { color: var(--bad); font-size: 13px }
        input:not([type=checkbox]):not([type=radio]):not([type=range]), select, textarea {
          width: 100%; min-height: 40px; padding: 8px 12px; font: inherit; color: var(--ink);
          background: var(--paper); border: 1px solid var(--line-2); border-radius: var(--round-s) }
        textarea { min-height: 120px; resize: vertical; font: 13px/1.6 var(--mono) }
        input:focus, select:focus, textarea:focus { outline: 2px solid var(--accent); outline-offset: -1px;
          border-color: transparent }
        [aria-invalid=true] { border-color: var(--bad) !important }
        input[type=checkbox], input[type=radio] { width: 17px; height: 17px; accent-color: var(--accent);
          margin: 0; flex: none }
        input[type=range] { width: 100%; accent-color: var(--accent) }
        ::placeholder { color: var(--ink-3); opacity: .8 }
        button, .button { display: inline-flex; align-items: center; justify-content: center; gap: var(--s2);
          min-height: 40px; padding: 8px 16px; font: inherit; font-weight: 580; cursor: pointer;
          border-radius: var(--round-s); border: 1px solid var(--line-2); background: var(--paper);
          color: var(--ink); white-space: nowrap }
        button:hover, .button:hover { border-color: var(--ink-3); text-decoration: none }
        button.main, .button.main { background: var(--accent); border-color: var(--accent);
          color: var(--accent-ink) }
        button.main:hover, .button.main:hover { filter: brightness(1.08) }
        button.danger { color: var(--bad); border-color: color-mix(in srgb, var(--bad) 45%, transparent) }
        button.quiet, a.quiet { min-height: 0; padding: 4px 8px; border-color: transparent; background: none;
          color: var(--ink-2); font-weight: 520; font-size: 13px }
        button.quiet:hover, a.quiet:hover { background: var(--sunken); color: var(--ink) }
        button[aria-pressed=true] { background: var(--sunken); color: var(--ink) }
        button.small, .button.small { min-height: 32px; padding: 4px 10px; font-size: 13px }
        button:disabled { opacity: .55; cursor: default }
        fieldset { border: 0; margin: 0; padding: 0; min-width: 0 }
        legend { font-weight: 600; padding: 0; margin-bottom: var(--s2) }
        """

    /// Parts that the script shows: live connection, marks of what has changed.
    static let states = """
        .live { display: inline-flex; align-items: center; gap: 6px; font-size: 13px; color: var(--ink-3) }
        .live::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: var(--line-2) }
        [data-live=on] .live::before { background: var(--good) }
        [data-live=lost] .live::before { background: var(--wait) }
        html:not(.scripted) .if-script { display: none !important }
        html.scripted .if-no-script { display: none !important }
        """
}
