/// What the shop adds to the style sheet: its warm accent, and what its pages are put together from.
enum ShopStyles {
    static var text: String { [tokens, menu, ticket, tracker, merchant].joined(separator: "\n") }

    /// Contrasts are at least 4.5 : 1 for text on its ground, as in the tokens that all pages share.
    static let tokens = """
        .shop { --ground: #faf7f3; --line: #e9e2d9; --line-2: #cfc5b8; --sunken: #f3eee7;
          --accent: #b3431d; --accent-ink: #ffffff; --accent-soft: #fbe9e1; --accent-text: #a33a17;
          --warm: #fbe7e0; --green: #e6f0dd; --grain: #f8ecd2; --cool: #e0edf4 }
        @media (prefers-color-scheme: dark) {
          .shop { --ground: #141110; --paper: #1d1917; --raised: #241f1d; --sunken: #181412;
            --line: #332c28; --line-2: #4a413b;
            --accent: #ff9b70; --accent-ink: #2a1006; --accent-soft: #3b2118; --accent-text: #ffae8b;
            --warm: #3a2420; --green: #233021; --grain: #35291a; --cool: #1c2c37 }
        }
        .picture { display: grid; place-items: center; flex: none; width: 88px; height: 88px; padding: 8px;
          border-radius: 16px; background: var(--grain) }
        .picture.warm { background: var(--warm) }
        .picture.green { background: var(--green) }
        .picture.cool { background: var(--cool) }
        .picture svg { width: 100%; height: 100% }
        .picture.small { width: 48px; height: 48px; padding: 4px; border-radius: 12px }
        .picture.tiny { width: 32px; height: 32px; padding: 2px; border-radius: 8px }
        .fault { color: var(--bad); font-size: 14px }
        .find { display: flex; gap: var(--s2); margin: 0; min-width: 0 }
        .find input { width: 220px; min-width: 0 }
        .shop .stack > h2 { margin: 0 }
        .shop [data-part]:empty { display: none }
        .number { overflow-wrap: anywhere }
        .lines-kept { white-space: pre-line }
        button.wide { width: 100% }
        """

    static let menu = """
        .kitchens { display: flex; gap: var(--s3); overflow-x: auto; padding: 3px; margin: -3px }
        .kitchen { display: flex; align-items: center; gap: var(--s3); padding: var(--s2) var(--s4) var(--s2)
          var(--s2); border: 1px solid var(--line); border-radius: 16px; background: var(--paper);
          color: var(--ink); flex: none }
        .kitchen:hover { border-color: var(--line-2); text-decoration: none }
        .kitchen[aria-current] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
        .kitchen-name { display: grid; line-height: 1.35; white-space: nowrap }
        .basket { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: var(--s5);
          align-items: start; margin: 0 }
        .dishes { display: grid; gap: var(--s3);
          grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)) }
        .dish { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--s2) var(--s4);
          padding: var(--s3); border-radius: 18px; align-items: center }
        .dish .picture { grid-row: span 2 }
        .dish-name { font-weight: 600; font-size: 15px; cursor: pointer; overflow-wrap: anywhere;
          align-self: end }
        .dish .fault { grid-column: 1 / -1 }
        .price { font-weight: 600; white-space: nowrap }
        .stepper { display: flex; align-items: center; gap: 6px; align-self: start }
        .stepper .price { flex: 1 }
        .stepper input:not([type=checkbox]):not([type=radio]):not([type=range]) { width: 52px;
          min-height: 36px; padding: 4px 6px; text-align: center }
        .scripted .stepper input { appearance: textfield; -moz-appearance: textfield }
        .scripted .stepper input::-webkit-inner-spin-button { appearance: none; margin: 0 }
        button.step { width: 36px; min-height: 36px; padding: 0; font-size: 18px; line-height: 1;
          border-radius: 50%; color: var(--accent-text) }
        .dish.is-chosen { border-color: var(--accent); background: color-mix(in srgb, var(--accent-soft) 45%,
          var(--paper)) }
        .checkout { position: sticky; bottom: 0; display: none; justify-content: space-between;
          align-items: center; padding: var(--s3) var(--s4); margin: 0 calc(-1 * var(--s4)); background:
          var(--paper); border-top: 1px solid var(--line); box-shadow: 0 -6px 20px rgb(0 0 0 / .06) }
        @media (max-width: 860px) {
          .basket { grid-template-columns: minmax(0, 1fr) }
          .checkout.is-open { display: flex }
        }
        @media (max-width: 720px) {
          .dishes { grid-template-columns: minmax(0, 1fr) }
          .find { flex: 1 1 100% }
          .find input { flex: 1; width: auto }
          .picture { width: 76px; height: 76px }
        }
        """

    static let ticket = """
        .ticket { position: sticky; top: 76px; border-radius: 18px }
        .lines { display: grid; gap: var(--s2) }
        .lines:empty { display: none }
        .lines li { display: flex; align-items: center; gap: var(--s3); justify-content: space-between }
        .line-name { flex: 1; min-width: 0; overflow-wrap: anywhere }
        .total { display: flex; justify-content: space-between; align-items: baseline; font-weight: 600;
          border-top: 1px dashed var(--line-2); padding-top: var(--s3) }
        .total output, .total strong { font-size: 20px; font-weight: 680; letter-spacing: -.01em }
        .ticket textarea { min-height: 84px; font: inherit }
        @media (max-width: 860px) { .ticket { position: static } }
        """

    static let tracker = """
        .tracker { display: grid; grid-template-columns: minmax(0, 1fr) 340px; gap: var(--s5);
          align-items: start }
        .progress { border-radius: 18px; gap: var(--s5) }
        .steps { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); padding-top: 2px }
        .steps li { position: relative; display: grid; justify-items: center; gap: var(--s2);
          text-align: center; font-size: 13px; color: var(--ink-3) }
        .steps li + li::before { content: ""; position: absolute; top: 13px; height: 2px; right:
          calc(50% + 18px); left: calc(-50% + 18px); background: var(--line-2); border-radius: 2px }
        .steps li.done + li::before { background: var(--accent) }
        .dot { display: grid; place-items: center; width: 28px; height: 28px; border-radius: 50%;
          border: 2px solid var(--line-2); background: var(--paper); color: var(--accent-ink) }
        .steps .done .dot { background: var(--accent); border-color: var(--accent) }
        .steps .current .dot { border-color: var(--accent) }
        .steps .current .dot::after { content: ""; width: 10px; height: 10px; border-radius: 50%;
          background: var(--accent); grid-area: 1 / 1; animation: pulse 1.6s ease-in-out infinite }
        .steps .dot svg { grid-area: 1 / 1 }
        .steps .broken .dot { background: var(--still); border-color: var(--still); color: var(--paper) }
        .steps .current, .steps .done, .steps .broken { color: var(--ink); font-weight: 560 }
        .countdown { display: inline-flex; align-items: baseline; gap: var(--s2) }
        .countdown time { font-size: 20px; font-weight: 680; color: var(--accent-text) }
        .methods { display: grid; gap: var(--s3) }
        .method { display: grid; grid-template-columns: auto minmax(0, 1fr) auto auto; align-items: center;
          gap: var(--s2) var(--s4); padding: var(--s3) var(--s4); border: 1px solid var(--line);
          border-radius: 14px; background: var(--paper) }
        .method:hover { border-color: var(--line-2) }
        .method form { margin: 0 }
        .glyph { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 12px;
          background: var(--accent-soft); color: var(--accent-text); font-weight: 680; font-size: 18px }
        .method-words { display: grid; gap: 2px; justify-items: start }
        .amounts { display: grid; justify-items: end; line-height: 1.3 }
        .charged { font-size: 18px; font-weight: 680 }
        .receipt { display: grid; gap: var(--s2); padding: var(--s4); border-radius: 14px;
          background: var(--sunken) }
        .receipt > div { display: flex; justify-content: space-between; gap: var(--s4) }
        .receipt .sum { font-weight: 680; font-size: 17px; border-top: 1px dashed var(--line-2);
          padding-top: var(--s2) }
        @media (max-width: 860px) { .tracker { grid-template-columns: minmax(0, 1fr) } }
        @media (max-width: 480px) {
          .progress { padding: var(--s4) }
          .method { grid-template-columns: auto minmax(0, 1fr) auto; padding: var(--s3) }
          .method .pay { grid-column: 1 / -1 }
          .method .pay button { width: 100% }
        }
        """

    static let merchant = """
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: var(--s3) }
        .shop a.tile { display: grid; height: 100%; justify-items: start; gap: var(--s1); padding: var(--s4);
          border-radius: 14px }
        .tile[aria-current] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
        .tile .sum { color: var(--ink-3); font-size: 13px }
        .columns { display: grid; grid-template-columns: repeat(6, minmax(176px, 1fr)); gap: var(--s3);
          overflow-x: auto; align-items: start; padding-bottom: var(--s2) }
        .column { display: grid; gap: var(--s2); align-content: start; padding: var(--s2);
          border-radius: 20px; background: var(--sunken) }
        .column a.tile { height: auto; min-height: 124px; border-color: transparent }
        .shop a.order-card { display: grid; gap: 4px; padding: var(--s3) var(--s4); border-radius: 14px }
        .order-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline;
          gap: 0 var(--s2) }
        .order-number { font-size: 12px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
        .order-what { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical;
          overflow: hidden; overflow-wrap: anywhere }
        .orders td.what { max-width: 320px }
        .log { display: grid; gap: var(--s3) }
        .log li { display: grid; gap: 2px; padding-inline-start: var(--s4);
          border-inline-start: 2px solid var(--line); overflow-wrap: anywhere }
        .rules li { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s4);
          padding: var(--s3) var(--s5); border-bottom: 1px solid var(--line) }
        .rules li:last-child { border-bottom: 0 }
        .rules .is-hidden .picture { opacity: .5 }
        .rule-who { display: grid; flex: 1 1 200px; min-width: 0; overflow-wrap: anywhere }
        .card-head { padding: var(--s4) var(--s5); border-bottom: 1px solid var(--line) }
        .boxes { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: var(--s2) }
        .box { display: flex; align-items: center; gap: var(--s3); padding: var(--s3);
          border: 1px solid var(--line); border-radius: 12px; cursor: pointer; font-weight: 520 }
        .box:has(:checked) { border-color: var(--accent) }
        .box-words { display: grid }
        .compare { display: grid; grid-template-columns: 1fr 1fr; gap: var(--s4) }
        .shop .narrow { max-width: 680px }
        .shop a.card { color: inherit }
        .pictures { display: grid; gap: var(--s2);
          grid-template-columns: repeat(auto-fill, minmax(92px, 1fr)) }
        .picture-choice { display: grid; justify-items: center; gap: 6px; padding: var(--s3) var(--s1);
          border: 1px solid var(--line); border-radius: 12px; cursor: pointer; font-weight: 520;
          text-align: center }
        .picture-choice input { position: absolute; opacity: 0 }
        .picture-choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px
          var(--accent) }
        .picture-choice:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px }
        @media (max-width: 860px) { .columns { grid-template-columns: minmax(0, 1fr); overflow: visible }
          .column a.tile { min-height: 0 } }
        @media (max-width: 480px) { .compare { grid-template-columns: 1fr } .rules li { padding: var(--s3)
          var(--s4) } .tiles { grid-template-columns: 1fr 1fr } }
        """
}
