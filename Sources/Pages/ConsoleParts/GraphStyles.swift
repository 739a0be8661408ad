/// The look of flows' pictures inside pages: see `SVGText.embedded`.
enum GraphStyles {
    static let text = """
        :root { --jump: #6a45bf; --jump-soft: #f2edfc; --hub: #1b7772; --hub-soft: #e5f5f3;
          --ask: #8a5f0a; --ask-soft: #fff6df }
        @media (prefers-color-scheme: dark) {
          :root { --jump: #b79cf5; --jump-soft: #251d3d; --hub: #6cc9c2; --hub-soft: #122f2d;
            --ask: #e0b460; --ask-soft: #30260f }
        }
        .graph { overflow: auto; padding: var(--s3); text-align: center }
        svg.flow { display: inline-block; max-width: max(100%, 600px); height: auto; vertical-align: top }
        svg.flow text { fill: var(--ink); font-family: var(--font) }
        svg.flow .name { font-size: 13.5px; font-weight: 620; text-anchor: middle }
        svg.flow .note { font-size: 11px; fill: var(--ink-3); text-anchor: middle }
        svg.flow .condition { font-size: 11px; fill: var(--ask); text-anchor: middle }
        svg.flow .label { font-size: 10px; font-weight: 400; fill: var(--ink-2) }
        svg.flow .label.caught { fill: var(--bad) }
        svg.flow .step > :is(rect, polygon) { fill: var(--paper); stroke: var(--line-2); stroke-width: 1.4 }
        svg.flow .step.task > rect { fill: var(--accent-soft); stroke: var(--accent) }
        svg.flow .step.pass > rect { fill: var(--sunken) }
        svg.flow .step.wait > rect { fill: var(--jump-soft); stroke: var(--jump) }
        svg.flow .step.choice > polygon { fill: var(--ask-soft); stroke: var(--ask) }
        svg.flow .step:is(.parallel, .foreach) > rect { fill: var(--hub-soft); stroke: var(--hub) }
        svg.flow .step.succeed > rect { fill: var(--good-soft); stroke: var(--good) }
        svg.flow .step.fail > rect { fill: var(--bad-soft); stroke: var(--bad) }
        svg.flow .group > rect { fill: none; stroke: var(--hub); stroke-width: 1.2; stroke-dasharray: 5 4;
          opacity: .75 }
        svg.flow .chip > rect { fill: var(--paper); stroke: var(--line-2); stroke-width: 1 }
        svg.flow .wire { fill: none; stroke: var(--ink-3); stroke-width: 1.4 }
        svg.flow .wire.jump { stroke: var(--jump) }
        svg.flow .wire.caught { stroke: var(--bad); stroke-dasharray: 5 3 }
        svg.flow .tip { fill: var(--ink-3) }
        svg.flow .tip.jump { fill: var(--jump) }
        svg.flow .tip.caught { fill: var(--bad) }
        svg.flow .start { fill: var(--ink) }
        svg.flow circle.end { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5 }
        svg.flow .thread { fill: var(--paper); stroke: var(--ink-3); stroke-width: 1.5 }
        svg.flow .mark rect { fill: var(--still); stroke: var(--paper); stroke-width: 1.5 }
        svg.flow .mark text { font-size: 10.5px; font-weight: 620; fill: var(--paper); text-anchor: middle }
        \(tones)
        svg.flow .step.dim > :is(rect, polygon) { fill: var(--paper); stroke: var(--line-2) }
        svg.flow .step.dim text { fill: var(--ink-3) }
        svg.flow .step.dim .name { font-weight: 450 }
        svg.flow .group.dim > rect { stroke: var(--line-2) }
        svg.flow .step.chosen > :is(rect, polygon) { stroke-width: 3 }
        svg.flow a { cursor: pointer }
        svg.flow a:hover { text-decoration: none }
        svg.flow a:is(:hover, :focus-visible) .step > :is(rect, polygon) { stroke-width: 3 }
        svg.flow a:hover .name { text-decoration: underline }
        """

    /// A step with a mark has the colour of what is said of it, whatever its type.
    private static let tones = ["good", "bad", "wait", "run", "still"].map { tone in
        """
        svg.flow .step.\(tone) > :is(rect, polygon) { fill: var(--\(tone)-soft); stroke: var(--\(tone)) }
        svg.flow .step.\(tone) .mark rect { fill: var(--\(tone)) }
        """
    }.joined(separator: "\n")
}
