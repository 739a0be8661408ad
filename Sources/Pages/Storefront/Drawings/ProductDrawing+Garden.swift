/// What grows, and what is made of beans.
extension ProductDrawing {
    static let tofu = """
        <path d="M8 30l15-7 15 7-15 8z" fill="#fffbea"/><path d="M8 30v15l15 8V38z" fill="#eadfbd"/>\
        <path d="M38 30v15l-15 8V38z" fill="#f6edd2"/>\
        <path d="M30 19l13-6 13 6-13 7z" fill="#fffbea"/><path d="M30 19v8l8 4v9l5 2V26z" fill="#eadfbd"/>\
        <path d="M56 19v16l-13 7V26z" fill="#f6edd2"/>\
        <path d="M16 30l4-2M22 32l5-2M40 19l5-2M44 21l4-2" stroke="#5c9a4d" stroke-width="2.4" \
        stroke-linecap="round"/>
        """

    static let lotus = """
        <ellipse cx="37" cy="36" rx="21" ry="19" fill="#d9b99a"/>\
        <ellipse cx="29" cy="31" rx="22" ry="21" fill="#c69f7c"/>\
        <ellipse cx="29" cy="30" rx="20" ry="19" fill="#f8ead8"/>\
        <g fill="#b98d69"><circle cx="29" cy="30" r="3.2"/><ellipse cx="29" cy="18" rx="3.2" ry="4.4"/>\
        <ellipse cx="39.5" cy="23.5" rx="4.4" ry="3.2" transform="rotate(-35 39.5 23.5)"/>\
        <ellipse cx="39.5" cy="36" rx="4.4" ry="3.2" transform="rotate(35 39.5 36)"/>\
        <ellipse cx="29" cy="42" rx="3.2" ry="4.4"/>\
        <ellipse cx="18.5" cy="36" rx="4.4" ry="3.2" transform="rotate(-35 18.5 36)"/>\
        <ellipse cx="18.5" cy="23.5" rx="4.4" ry="3.2" transform="rotate(35 18.5 23.5)"/></g>
        """

    static let mushroom = """
        <path d="M24 34h16c-1 7 1 11 3 16 1 4-22 4-22 0 2-5 4-9 3-16z" fill="#f3e6d3"/>\
        <path d="M34 34h6c-1 7 1 11 3 16 0 2-4 3-8 3 2-6 1-12-1-19z" fill="#dcc8ac"/>\
        <path d="M8 33C8 19 18 11 32 11s24 8 24 22c0 5-48 5-48 0z" fill="#9a6040"/>\
        <path d="M12 29c1-9 8-14 17-15" fill="none" stroke="#c08a64" stroke-width="3" \
        stroke-linecap="round"/>\
        <path d="M35 19l4 4 4-4M22 25l3 3 3-3M43 28l3 2 3-2" fill="none" stroke="#f6e3cc" \
        stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>
        """

    static let greens = """
        <path d="M31 54c-9-10-24-17-22-31 1-7 11-9 17-3 2 8 5 18 6 34z" fill="#4f9a48"/>\
        <path d="M33 54c9-10 24-17 22-31-1-7-11-9-17-3-2 8-5 18-5 34z" fill="#62ad55"/>\
        <path d="M32 55c-7-12-11-28-6-39 3-7 9-7 12 0 5 11 1 27-6 39z" fill="#84c66e"/>\
        <path d="M32 54V24M32 34l-5-6M32 34l5-6M29 53C26 42 20 34 15 27M35 53c3-11 9-19 14-26" fill="none" \
        stroke="#f1f9e4" stroke-width="2.6" stroke-linecap="round"/>
        """

    static let potato = """
        <path d="M9 38c-3-13 9-26 24-26 13 0 23 9 22 22-1 11-10 18-22 18-11 0-22-4-24-14z" fill="#c4903f"/>\
        <path d="M13 35c-1-10 9-19 20-19 10 0 18 7 17 17" fill="none" stroke="#e2b768" stroke-width="3.5" \
        stroke-linecap="round"/>\
        <ellipse cx="35" cy="38" rx="15" ry="10" fill="#f7dd97"/><ellipse cx="35" cy="38" rx="10.5" ry="6.5" \
        fill="#fbeab9"/><path d="M18 27l2 1M25 22l2 2M46 26l2 1" stroke="#94692a" stroke-width="2.4" \
        stroke-linecap="round"/>
        """

    static let fruit = """
        <path d="M6 26h40c0 14-8 24-20 24S6 40 6 26z" fill="#3f8f4a"/>\
        <path d="M9 26h34c0 12-7 20-17 20S9 38 9 26z" fill="#eaf6dc"/>\
        <path d="M12 26h28c0 10-6 17-14 17s-14-7-14-17z" fill="#e5534f"/>\
        <path d="M20 31v3M26 34v3M32 31v3M26 28v1" stroke="#5c1c22" stroke-width="2.4" \
        stroke-linecap="round"/>\
        <circle cx="45" cy="40" r="12" fill="#f2993a"/><circle cx="45" cy="40" r="12" fill="none" \
        stroke="#d97e22" stroke-width="1.5"/>\
        <path d="M45 28c0-4 3-7 8-7-1 5-4 7-8 7z" fill="#5c9a4d"/>\
        <path d="M38 37c1-3 4-4 6-4" fill="none" stroke="#fcd39b" stroke-width="2.6" stroke-linecap="round"/>
        """
}
