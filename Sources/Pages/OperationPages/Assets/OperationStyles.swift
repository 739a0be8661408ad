/// What these pages add to the style sheet of the console.
package enum OperationStyles {
    package static var text: String { [home, lists, forms, phone].joined(separator: "\n") }

    private static let home = """
        .verdict { display: grid; gap: var(--s2); padding: var(--s5); border-radius: var(--round);
          border: 1px solid var(--line); border-inline-start: 5px solid var(--line-2);
          background: var(--paper) }
        .verdict h1 { font-size: 24px; text-wrap: balance; max-width: 60ch; overflow-wrap: anywhere }
        .verdict.good { border-inline-start-color: var(--good) }
        .verdict.wait { border-inline-start-color: var(--wait) }
        .verdict.bad { border-inline-start-color: var(--bad) }
        .verdict.good h1 { color: var(--good) }
        .verdict.wait h1 { color: var(--wait) }
        .verdict.bad h1 { color: var(--bad) }
        .gauges { display: grid; gap: var(--s3); grid-template-columns: repeat(4, minmax(0, 1fr)) }
        .gauges .tile { display: grid; padding: var(--s4) var(--s5) }
        .tile .value { white-space: nowrap; font-variant-numeric: tabular-nums }
        .tile.bad .value, .bad-text { color: var(--bad) }
        .tile.wait .value { color: var(--wait) }
        .units { display: grid; gap: var(--s3); grid-template-columns: repeat(3, minmax(0, 1fr)) }
        .unit { padding: var(--s3) var(--s4); border: 1px solid var(--line); border-radius: var(--round-s);
          background: var(--paper); min-width: 0 }
        .unit.failed { border-color: var(--bad) }
        .unit.sleeping { background: transparent; border-style: dashed }
        .notice.still { background: var(--still-soft); border-color: var(--line-2) }
        .hour svg { width: 100%; height: 72px }
        .hour .up { fill: var(--accent) }
        .hour .down { fill: var(--bad) }
        .hour .line { stroke: var(--line-2); stroke-width: 1; vector-effect: non-scaling-stroke }
        .hour figcaption { margin-top: var(--s2) }
        .hour .key { display: inline-flex; align-items: center; gap: 6px }
        .hour .key::before { content: ""; width: 9px; height: 9px; border-radius: 2px;
          background: var(--accent) }
        .hour .key.down::before { background: var(--bad) }
        .inset { padding: var(--s4) var(--s4) var(--s2) }
        .card.flush > h2.inset { margin: 0 }
        .card.flush > p.inset { padding-top: var(--s3) }
        @media (max-width: 1000px) {
          .gauges, .units { grid-template-columns: repeat(2, minmax(0, 1fr)) } }
        """

    private static let lists = """
        .filters { display: flex; flex-wrap: wrap; gap: var(--s2); align-items: center }
        .filters .filter { flex: 0 1 190px; min-width: 0; font-weight: 400 }
        .filters .filter.wide { flex: 1 1 340px }
        .chip .count { margin-inline-start: 6px; color: var(--ink-3); font-size: 12px }
        .chip[aria-current] .count { color: inherit }
        .chips .divide { width: 1px; background: var(--line-2); margin: 2px var(--s1) }
        .chips > a.quiet { align-self: center }
        .list .stands { display: grid; gap: 2px }
        .list td .badge { margin-inline-start: 0 }
        .list td { max-width: 460px }
        .list td.bare:first-child { width: 1px; padding-inline-end: 0 }
        .clip { display: inline-block; max-width: 42ch; overflow: hidden; text-overflow: ellipsis;
          white-space: nowrap; vertical-align: bottom }
        .list .clip { max-width: 100% }
        tr[data-row]:focus-within td { background: var(--accent-soft) }
        .row.end { justify-content: flex-end; flex-wrap: nowrap }
        .bulk { display: grid; gap: var(--s3) }
        .bulk-bar { position: sticky; bottom: 0; padding: var(--s2) var(--s3); background: var(--paper);
          border: 1px solid var(--line); border-radius: var(--round-s); z-index: 2 }
        .bulk-bar .keys { margin-inline-start: auto }
        .badge.plain { margin: 0 }
        """

    private static let forms = """
        .pair, .sides { display: grid; gap: var(--s4); grid-template-columns: repeat(2, minmax(0, 1fr));
          align-items: start }
        .sides.uneven { grid-template-columns: minmax(0, 5fr) minmax(0, 3fr) }
        .times { display: grid; gap: var(--s3) }
        .times li { display: grid; gap: 1px }
        button.main.danger, button.danger:hover { border-color: var(--bad) }
        label.row { font-weight: 400 }
        """

    /// Rows become cards: each cell says the name of its column.
    private static let phone = """
        @media (max-width: 720px) {
          .gauges { gap: var(--s2) }
          .units { grid-template-columns: minmax(0, 1fr) }
          .gauges .tile { padding: var(--s3) }
          .gauges .tile .value { font-size: 18px; white-space: normal }
          .verdict h1 { font-size: 19px }
          .verdict { padding: var(--s4) }
          .pair, .sides, .sides.uneven { grid-template-columns: minmax(0, 1fr) }
          .filters .filter, .filters .filter.wide { flex: 1 1 140px }
          .filters .filter.wide { flex-basis: 100% }
          .chips { flex-wrap: nowrap; overflow-x: auto; padding-bottom: 2px; scrollbar-width: none }
          td .chips { flex-wrap: wrap }
          .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
          .list, .list tbody, .list tr, .list td { display: block }
          .list tr { padding: var(--s3) var(--s4); border-bottom: 1px solid var(--line) }
          .list tbody tr:last-child { border-bottom: 0 }
          .list td { border: 0; padding: 3px 0; max-width: none }
          .list td[data-label] { display: grid; grid-template-columns: 112px minmax(0, 1fr); gap: var(--s2);
            text-align: start }
          .list td[data-label]::before { content: attr(data-label); color: var(--ink-3); font-size: 12.5px;
            line-height: 1.75 }
          .list td.none { display: none }
          #flows .list tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)) }
          #flows .list td:first-child { grid-column: 1 / -1 }
          #flows .list td[data-label] { grid-template-columns: 84px minmax(0, 1fr) }
          .list td.bare:first-child { width: auto }
          .list td.bare:empty { display: none }
          .list .row.end { justify-content: flex-start; padding-top: var(--s1) }
          .hour figcaption .row { order: 3; flex-basis: 100%; justify-content: center }
          .bulk-bar .keys { display: none }
        }
        """
}
