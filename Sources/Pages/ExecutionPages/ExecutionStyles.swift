/// What the page of an execution adds to the style sheet.
package enum ExecutionStyles {
    package static var text: String { [page, graph, timeline, panel, lists].joined(separator: "\n") }

    private static let page = """
        .execution { display: flex; flex-direction: column; gap: var(--s4); min-width: 0 }
        .execution .ex-columns { display: grid; gap: var(--s4); align-items: start;
          grid-template-columns: minmax(320px, 6fr) minmax(0, 8fr) }
        .execution .card { padding: var(--s4) }
        .execution .card.flush { padding: 0 }
        .execution .ex-pad { padding: var(--s4) }
        .execution p.ex-pad { padding-top: 0 }
        .execution h4 { margin: 0; font-size: 13px; color: var(--ink-3); font-weight: 560 }
        .execution h3 { margin-top: var(--s2) }
        .execution .ex-pair { display: grid; gap: var(--s4);
          grid-template-columns: repeat(2, minmax(0, 1fr)) }
        .execution .cause { overflow-wrap: anywhere; white-space: pre-wrap }
        dl.strip { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5) }
        dl.strip dt { font-size: 12.5px; color: var(--ink-3) }
        dl.strip dd { font-weight: 560; overflow-wrap: anywhere }
        .scrub { display: grid; gap: var(--s2); position: sticky; top: 56px; z-index: 5 }
        .scrubber { display: flex; align-items: center; gap: var(--s3); margin: 0 }
        .scrubber .slider { flex: 1; display: flex; align-items: center; min-width: 0 }
        .scrubber .button { min-width: 40px; font-size: 18px; line-height: 1 }
        .scrubber .button.off { opacity: .4; cursor: default }
        .actions > details > summary { font-weight: 560; color: var(--ink); padding: 2px 0 }
        .actions > details[open] { padding-bottom: var(--s3) }
        .actions > details > :not(summary) { margin-top: var(--s2) }
        @media (max-width: 980px) {
          .execution .ex-columns { grid-template-columns: minmax(0, 1fr) }
          .execution .ex-columns > .stack { display: contents }
          .execution .actions { order: 9 }
          .scrub { position: static }
        }
        @media (max-width: 640px) { .execution .ex-pair { grid-template-columns: minmax(0, 1fr) } }
        """

    private static let graph = """
        .graph-card .graph { padding: var(--s3) 0 0 }
        .legend { display: flex; flex-wrap: wrap; gap: 2px var(--s3); color: var(--ink-2) }
        .legend .legend-key::before { content: ""; display: inline-block; width: 10px; height: 10px;
          margin-inline-end: 6px;
          border-radius: 3px; background: var(--still-soft); border: 1.5px solid var(--still) }
        .legend .legend-key.good::before { background: var(--good-soft); border-color: var(--good) }
        .legend .legend-key.bad::before { background: var(--bad-soft); border-color: var(--bad) }
        .legend .legend-key.wait::before { background: var(--wait-soft); border-color: var(--wait) }
        .legend .legend-key.run::before { background: var(--run-soft); border-color: var(--run) }
        .legend .legend-key:is(.is-ahead, .is-skipped)::before { background: none;
          border-color: var(--line-2);
          border-style: dashed }
        svg.flow .step.is-succeeded > :is(rect, polygon) { fill: var(--good-soft); stroke: var(--good) }
        svg.flow .step.is-succeeded .mark rect { fill: var(--good) }
        svg.flow .step.is-running > :is(rect, polygon) { fill: var(--run-soft); stroke: var(--run) }
        svg.flow .step.is-running .mark rect { fill: var(--run) }
        svg.flow .step.is-failed > :is(rect, polygon) { fill: var(--bad-soft); stroke: var(--bad) }
        svg.flow .step.is-failed .mark rect { fill: var(--bad) }
        svg.flow .step.is-stopped > :is(rect, polygon) { fill: var(--still-soft); stroke: var(--still) }
        svg.flow .step.is-stopped .mark rect { fill: var(--still) }
        .execution svg.flow .step.dim { opacity: 1 }
        .execution svg.flow .step.dim > :is(rect, polygon) { fill: none; stroke: var(--line-2);
          stroke-dasharray: 3 3 }
        .execution svg.flow .step.dim text { fill: var(--ink-3) }
        svg.flow .step:is(.is-waiting, .is-retrying) > :is(rect, polygon) { stroke-dasharray: 6 3 }
        svg.flow .step.is-running > :is(rect, polygon) { animation: pulse 1.6s ease-in-out infinite }
        """

    private static let timeline = """
        svg.patterns { position: absolute }
        .lanes { display: grid; margin-top: var(--s2) }
        .lane { display: grid; grid-template-columns: minmax(110px, 200px) minmax(0, 1fr) 84px;
          align-items: center;
          gap: var(--s3); border-top: 1px solid var(--line) }
        .lane.axis { border-top: 0 }
        .lane.chosen { background: var(--accent-soft); box-shadow: -3px 0 var(--accent) }
        .lane-name { display: flex; align-items: center; gap: var(--s2); min-width: 0;
          padding: 3px 0 3px 4px;
          color: var(--ink); font-weight: 540 }
        .lane-name > span:not(.visually-hidden) { overflow: hidden; text-overflow: ellipsis;
          white-space: nowrap }
        .lane-name.in-1 { padding-inline-start: 18px } .lane-name.in-2 { padding-inline-start: 32px }
        .lane-name.in-3 { padding-inline-start: 46px } .lane-name.in-4 { padding-inline-start: 60px }
        .lane-name.in-5 { padding-inline-start: 74px }
        .lane-name.more { color: var(--accent-text) }
        .title { gap: var(--s3) } .title h1 { overflow-wrap: anywhere }
        .lane .state-dot { flex: none; width: 8px; height: 8px; border-radius: 50%; background: var(--still) }
        .lane-took { text-align: end; font-size: 12.5px; color: var(--ink-3); white-space: nowrap;
          padding-inline-end: 4px }
        .lane.folded { grid-template-columns: minmax(110px, 200px) minmax(0, 1fr) 84px; padding-block: 3px }
        .lane svg.bars { overflow: hidden; border-radius: 0 }
        .bars .gap { fill: var(--sunken) }
        .bars text { font: 11px var(--font); fill: var(--ink-3) }
        .bars text.gap { text-anchor: middle; fill: var(--ink-2) }
        .bars .tick { stroke: var(--line-2) }
        .bars .fault { font-size: 14px; font-weight: 700; fill: var(--bad); text-anchor: end }
        .bars .pause { stroke: var(--wait); stroke-width: 2; stroke-dasharray: 3 3 }
        .bars .hatched { stroke-width: 1 }
        \(tones)
        @media (max-width: 640px) {
          .lane, .lane.folded { grid-template-columns: minmax(0, 1fr) auto; gap: 0 var(--s2);
            padding-bottom: 4px }
          .lane svg.bars { grid-column: 1 / -1; grid-row: 2 }
          .lane.folded > .muted { grid-column: 1 / -1; grid-row: 2 }
          .lane.axis { position: static }
        }
        """

    private static let tones = ["good", "bad", "wait", "run", "still"].map { tone in
        """
        .bars .run-bar.\(tone) { fill: var(--\(tone)) } .bars .hatched.\(tone) { stroke: var(--\(tone)) }
        rect.hatch.\(tone) { fill: var(--\(tone)-soft) } line.hatch.\(tone) { stroke: var(--\(tone));
          stroke-width: 3 }
        .lane .state-dot.\(tone) { background: var(--\(tone)) }
        .lane .state-dot.open.\(tone) { background: none; border: 2px solid var(--\(tone)) }
        """
    }.joined(separator: "\n")

    private static let panel = """
        .panel { display: flex; flex-direction: column; gap: var(--s3) }
        .panel:focus { outline: none }
        .callback { display: grid; gap: var(--s2); padding: var(--s3) var(--s4);
          border-radius: var(--round-s);
          border: 1px solid var(--wait); background: var(--wait-soft) }
        .callback.run { border-color: var(--run); background: var(--run-soft) }
        .callback .copy { background: var(--paper) }
        .callback form { padding-top: var(--s2) }
        .attempts { display: grid; gap: var(--s2) }
        .attempts > li { display: grid; gap: 2px; padding-inline-start: var(--s3);
          border-inline-start: 2px solid var(--line) }
        .json-diff { display: grid; border: 1px solid var(--line); border-radius: var(--round-s);
          overflow: hidden;
          font: 13px/1.6 var(--mono) }
        .json-diff li { display: grid; grid-template-columns: 16px minmax(80px, 220px) minmax(0, 1fr);
          gap: var(--s2);
          padding: 2px var(--s3) }
        .json-diff .diff-sign { font-weight: 700 }
        .json-diff .diff-path, .json-diff .diff-values { overflow-wrap: anywhere }
        .json-diff .is-added { background: var(--good-soft) }
        .json-diff .is-added .diff-sign { color: var(--good) }
        .json-diff .is-changed { background: var(--wait-soft) }
        .json-diff .is-changed .diff-sign { color: var(--wait) }
        .json-diff .is-removed { color: var(--ink-2) } .json-diff .is-removed .diff-sign { color: var(--bad) }
        .json-diff .is-kept { color: var(--ink-3) }
        .json-diff del { color: var(--ink-2) }
        table.mappings { font-size: 13px }
        table.mappings caption { text-align: start; font-size: 12.5px; color: var(--ink-3);
          padding-bottom: 2px }
        table.mappings :is(th, td) { padding: 3px var(--s3) 3px 0; border: 0; color: var(--ink);
          white-space: normal;
          font-weight: 400; overflow-wrap: anywhere; font-size: 13px; min-width: 90px }
        table.mappings th { font-weight: 620 }
        table.mappings .map-source { color: var(--accent-text) }
        .missing { color: var(--bad); font-family: var(--font) }
        """

    private static let lists = """
        .journal { display: grid; gap: 2px; max-height: 320px; overflow: auto; padding: var(--s2) var(--s3);
          background: var(--sunken); border-radius: var(--round-s); font: 12.5px/1.6 var(--mono) }
        .journal li { overflow-wrap: anywhere }
        .journal li.bad { color: var(--bad) } .journal li.wait { color: var(--wait) }
        table.history :is(td, th) { padding-block: 5px }
        table.history .detail { color: var(--ink-3); font-size: 12.5px; min-width: 220px }
        table.history tr.shown td { background: var(--accent-soft) }
        table.history tr.ahead td { color: var(--ink-3); }
        """
}
