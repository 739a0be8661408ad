/// What the pages of flows add to the style sheet that all pages share.
package enum FlowStyles {
    package static let text = """
        .grow { flex: 1; min-width: 160px; width: auto !important }
        table.flows td .badge { margin-inline-start: var(--s2) }
        table.flows .chips .badge { margin: 0 }
        .pad { padding: var(--s3) var(--s4) }
        .slim { max-width: 480px }
        .clamp { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-width: 46ch }
        .bullets { display: grid; gap: 4px; padding: var(--s2) 0 0 var(--s4); list-style: disc }
        .limited { max-height: 560px; overflow: auto }
        .halves { display: grid; gap: var(--s5); grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          align-items: start }
        .halves.edit > form { position: sticky; top: 72px }
        .halves.simulate { grid-template-columns: minmax(0, 5fr) minmax(0, 7fr) }
        @media (max-width: 1000px) { .halves, .halves.simulate { grid-template-columns: minmax(0, 1fr) }
          .halves.edit > form { position: static } }
        .fields { display: grid; gap: var(--s4); grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
          align-items: start }
        .fields .field { align-content: start }
        .cardhead { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s3);
          padding: var(--s3) var(--s4); border-bottom: 1px solid var(--line) }
        .cardhead h2 { margin-inline-end: auto }
        .foot { border-top: 1px solid var(--line); padding: var(--s4) }
        .danger-zone { border-color: color-mix(in srgb, var(--bad) 35%, var(--line)) }
        .count { font-weight: 640 }
        a.count.bad { color: var(--bad) }
        a.count.run { color: var(--run) }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
          background: var(--paper); border: 1px solid var(--line); border-radius: var(--round);
          overflow: hidden }
        .figures li { border-inline-end: 1px solid var(--line) }
        .figures li:last-child { border-inline-end: 0 }
        .figures a { display: grid; gap: 2px; padding: var(--s4); color: inherit; height: 100% }
        .figures a:hover { background: var(--sunken); text-decoration: none }
        .figures .value { font-size: 22px; line-height: 1.25; font-weight: 660; letter-spacing: -.01em }
        .figures .value time { font-size: 17px }
        .figures .label { color: var(--ink-3); font-size: 13px; font-weight: 400 }
        .card.flush > .graph { max-height: 820px }
        \(source)
        \(findings)
        \(comparing)
        \(forms)
        """

    private static let source = """
        ol.source { counter-reset: line; font: 13px/1.62 var(--mono); overflow: auto; max-height: 820px;
          padding: var(--s2) 0; container-type: inline-size }
        ol.source li { counter-increment: line; position: relative; padding-inline: 60px var(--s4);
          min-width: max-content; scroll-margin: 160px }
        ol.source li::before { content: counter(line); position: absolute; inset-inline-start: 0; width: 46px;
          text-align: end; color: var(--ink-3); user-select: none }
        ol.source code { white-space: pre; font-size: inherit }
        ol.source li:target { background: var(--accent-soft); box-shadow: inset 3px 0 var(--accent) }
        ol.source li.bad { background: var(--bad-soft); box-shadow: inset 3px 0 var(--bad) }
        ol.source li.wait { background: var(--wait-soft); box-shadow: inset 3px 0 var(--wait) }
        ol.source .key { color: var(--accent-text) }
        ol.source .path { color: var(--hub) }
        ol.source .text { color: var(--good) }
        ol.source .remark-text { color: var(--ink-3); font-style: italic }
        ol.source mark, .excerpt mark { background: none; color: inherit; text-decoration: underline wavy;
          text-underline-offset: 3px; font-weight: 700 }
        ol.source .bad mark, .findings .bad mark { text-decoration-color: var(--bad) }
        ol.source .remark { font: 13px/1.5 var(--font); padding: 2px 0 6px; color: var(--ink);
          position: sticky; inset-inline-start: 60px; width: min(72ch, calc(100cqi - 84px)) }
        ol.source .fix { display: block }
        ol.source .remark.bad b { color: var(--bad) }
        ol.source .remark.wait b { color: var(--wait) }
        """

    private static let findings = """
        .findings { display: grid; gap: var(--s3) }
        .findings > li { display: grid; gap: 6px; padding: var(--s3) var(--s4); min-width: 0;
          border: 1px solid var(--line); border-inline-start: 3px solid var(--wait);
          border-radius: var(--round-s) }
        .findings > li.bad { border-inline-start-color: var(--bad) }
        .findings .apart { margin-inline-start: auto }
        .findings p { overflow-wrap: anywhere }
        .fix { color: var(--ink-2) }
        .excerpt { font: 13px/1.5 var(--mono); padding: 6px 10px; background: var(--sunken);
          border-radius: var(--round-s); overflow-x: auto; white-space: pre; overflow-wrap: normal }
        """

    private static let comparing = """
        .differences { display: grid; gap: var(--s4) }
        .differences ul { display: grid; gap: 4px; padding: 6px 0 0 var(--s4); list-style: disc;
          color: var(--ink-2); overflow-wrap: anywhere }
        .differences ins, .differences del { text-decoration: none; border-radius: 4px; padding: 0 4px }
        .differences ins { background: var(--good-soft); color: var(--good) }
        .differences del { background: var(--bad-soft); color: var(--bad) }
        form.fromto select { width: auto }
        table.linediff { font: 13px/1.5 var(--mono); width: 100%; min-width: 520px }
        table.linediff td { padding: 0 var(--s2); border: 0; white-space: pre; overflow-wrap: normal }
        table.linediff td:last-child { width: 100% }
        table.linediff code { font-size: inherit }
        table.linediff .number { text-align: end; color: var(--ink-3); user-select: none; min-width: 44px }
        table.linediff tr.added td { background: var(--good-soft) }
        table.linediff tr.removed td { background: var(--bad-soft) }
        table.linediff .sign { user-select: none; font-weight: 700 }
        table.linediff tr.added .sign { color: var(--good) }
        table.linediff tr.removed .sign { color: var(--bad) }
        table.linediff tr.skipped td { color: var(--ink-3); background: var(--sunken); text-align: center;
          font-family: var(--font); padding: 4px }
        """

    private static let forms = """
        .aliases { display: grid }
        .aliases > li { display: grid; gap: var(--s2); padding: var(--s3) var(--s4);
          border-bottom: 1px solid var(--line) }
        .aliases > li:last-child { border-bottom: 0 }
        .routes { display: grid; gap: 4px }
        .routes a { min-width: 84px }
        .routes progress { appearance: none; flex: 1; height: 8px; border: 0; border-radius: 99px;
          overflow: hidden;
          background: var(--sunken); max-width: 240px; min-width: 60px }
        .routes progress::-webkit-progress-bar { background: var(--sunken) }
        .routes progress::-webkit-progress-value { background: var(--accent); border-radius: 99px }
        .routes progress::-moz-progress-bar { background: var(--accent); border-radius: 99px }
        .editor { display: flex; border: 1px solid var(--line-2); border-radius: var(--round-s);
          overflow: hidden; background: var(--paper); height: min(640px, 62vh); min-height: 340px;
          resize: vertical }
        .editor:focus-within { outline: 2px solid var(--accent); outline-offset: -1px }
        .editor textarea { border: 0; outline: none; border-radius: 0; min-height: 0; height: 100%; flex: 1;
          min-width: 0;
          resize: none;
          white-space: pre; overflow: auto; padding: 8px 12px; background: none }
        .gutter { font: 13px/1.6 var(--mono); padding: 8px 8px 8px 12px; text-align: end; color: var(--ink-3);
          background: var(--sunken); overflow: hidden; white-space: pre; user-select: none; height: 100%;
          min-width: 44px }
        .gutter .bad { color: var(--bad); font-weight: 700 }
        .gutter .wait { color: var(--wait); font-weight: 700 }
        textarea.low { min-height: 60px }
        .mock { display: grid; gap: var(--s3); padding: var(--s3) var(--s4) var(--s4);
          border: 1px solid var(--line); border-radius: var(--round-s) }
        .mock legend { padding: 0 6px; margin: 0 0 0 -6px }
        .mock > .clamp { max-width: 100% }
        .mock:has(option:is([value=failure], [value=never]):checked) .for-success,
        .mock:has(option:is([value=success], [value=never]):checked) .for-failure { display: none }
        table.events { min-width: 640px }
        table.events td { padding-block: 6px }
        table.events td:not(:last-child) { white-space: nowrap }
        table.events td:last-child { width: 60%; max-width: 0 }
        table.events summary { max-width: 100% }
        table.events tr.bad td:nth-child(2) { color: var(--bad); font-weight: 600 }
        table.events tr.good td:nth-child(2) { color: var(--good); font-weight: 600 }
        table.events .code { margin-top: 6px; max-height: 260px }
        #result[aria-busy=true] { opacity: .6 }
        """
}
