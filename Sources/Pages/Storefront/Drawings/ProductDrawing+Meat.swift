/// Meat, fish and egg.
extension ProductDrawing {
    static let beef = """
        <g transform="rotate(-14 32 34)"><rect x="9" y="30" width="46" height="19" rx="9.5" fill="#8f2a2a"/>\
        <rect x="9" y="22" width="46" height="19" rx="9.5" fill="#b93a37"/>\
        <rect x="9" y="14" width="46" height="19" rx="9.5" fill="#d9554d"/>\
        <path d="M15 24q5-7 9-2t8-2 9 1 8-2M22 29q6-4 10-1t12-3" fill="none" stroke="#fbe3da" \
        stroke-width="2.2" stroke-linecap="round"/>\
        <path d="M16 37.5q8 3 17 1t15-1" fill="none" stroke="#f3c8bd" stroke-width="1.8" \
        stroke-linecap="round"/></g>
        """

    static let lamb = """
        <path d="M9 45q23 9 46 0l-4 7q-19 6-38 0z" fill="#c9c2b6"/>\
        <circle cx="21" cy="36" r="13" fill="#e58a7c"/><circle cx="43" cy="36" r="13" fill="#e58a7c"/>\
        <circle cx="32" cy="24" r="13" fill="#ee9d8f"/>\
        <g fill="none" stroke="#fdf0ea" stroke-width="2.6" stroke-linecap="round">\
        <path d="M32 24a3 3 0 0 1 5 2c0 4-6 6-9 2-3-5 2-10 7-10"/>\
        <path d="M19 36a3 3 0 0 1 5 2c0 4-6 6-9 2-3-5 1-9 5-9"/>\
        <path d="M43 37a3 3 0 0 1 4 3c-1 4-6 4-8 0-2-5 2-8 6-8"/></g>
        """

    static let chicken = """
        <path d="M25 41l-11 11" stroke="#e3cfa9" stroke-width="6" stroke-linecap="round"/>\
        <circle cx="11.5" cy="50" r="4" fill="#e3cfa9"/><circle cx="15.5" cy="54" r="4" fill="#e3cfa9"/>\
        <path d="M22 43c-7-9-3-24 9-30 11-5 23 1 25 13 2 11-6 20-17 22-7 1-12 0-17-5z" fill="#c97a2b"/>\
        <path d="M25 39c-4-8 0-19 9-23 8-4 17 0 19 8 2 9-5 16-14 17-6 1-11 1-14-2z" fill="#e09a43"/>\
        <path d="M34 21c5-3 11-2 13 3" fill="none" stroke="#f8d9a0" stroke-width="2.8" \
        stroke-linecap="round"/>
        """

    static let duck = """
        <path d="M8 44h48q-2 9-12 9H20Q10 53 8 44z" fill="#c9c2b6"/>\
        <g stroke="#8a4a20" stroke-width="4" stroke-linecap="round"><g fill="#f0d2b2">\
        <path d="M14 44q-2-16 8-22 4 12 2 22z"/><path d="M24 44q0-20 10-25 4 14 0 25z"/>\
        <path d="M34 44q2-18 13-22 2 14-4 22z"/></g></g>\
        <path d="M22 22q-9 6-8 20M34 19q-10 5-10 23M47 22q-11 4-13 20" fill="none" stroke="#b3642b" \
        stroke-width="4.5" stroke-linecap="round"/>\
        <path d="M46 42q3-4 8-4M44 44q5-7 11-12" fill="none" stroke="#5c9a4d" stroke-width="2.6" \
        stroke-linecap="round"/>
        """

    static let fish = """
        <path d="M44 32l13-10q-2 10 0 20z" fill="#3f7fb0"/>\
        <path d="M6 32c6-12 18-15 28-13 8 2 13 7 15 13-2 6-7 11-15 13C24 47 12 44 6 32z" fill="#5b9fd0"/>\
        <path d="M6 32c6 12 18 15 28 13 8-2 13-7 15-13z" fill="#a9d3ec"/>\
        <path d="M26 19q6-7 13-5l-3 7zM27 45q5 5 10 4l-2-5z" fill="#3f7fb0"/>\
        <path d="M22 23q5 9 0 18M31 27q3 5 0 10M38 28q3 4 0 8" fill="none" stroke="#2f6a98" \
        stroke-width="2" stroke-linecap="round"/>\
        <circle cx="14.5" cy="29" r="2.6" fill="#1d3346"/><circle cx="15.3" cy="28.2" r=".9" \
        fill="#fff"/>
        """

    static let shrimp = """
        <path d="M47 13c-3-4-7-5-12-4M49 15c5-2 8-1 10 2" fill="none" stroke="#d2603c" stroke-width="2" \
        stroke-linecap="round"/>\
        <path d="M50 14c-19-4-37 6-37 21 0 11 9 18 20 16l6-4-3-8c-6 3-11 0-11-6 0-7 10-11 25-9z" \
        fill="#f0875c"/>\
        <path d="M35 40l14-3-4 8 5 6-14 0z" fill="#e06f45"/>\
        <path d="M29 13l3 12M18 21l9 8M13 33l11 1M17 45l9-6M30 51l1-11" fill="none" stroke="#fbd0b8" \
        stroke-width="2.4" stroke-linecap="round"/>\
        <circle cx="45" cy="17.5" r="1.9" fill="#402018"/>
        """

    static let egg = """
        <path d="M12 39c-6-9 0-20 11-21 5-8 18-9 22-1 9 0 14 10 9 18 2 9-6 16-15 13-7 8-22 4-27-9z" \
        fill="#fffdf6" stroke="#e3dccb" stroke-width="1.5"/>\
        <circle cx="32" cy="32" r="11" fill="#f4ab25"/><path d="M25 30c1-4 4-6 8-6" fill="none" \
        stroke="#fde3a0" stroke-width="2.8" stroke-linecap="round"/>
        """
}
