/// What is drunk.
extension ProductDrawing {
    static let tea =
        steam + """
            <path d="M46 31c10-2 11 13-1 13" fill="none" stroke="#5f9f8f" stroke-width="4"/>\
            <path d="M12 26h36v9c0 11-7 18-18 18s-18-7-18-18z" fill="#7fbfae"/>\
            <ellipse cx="30" cy="26" rx="18" ry="5" fill="#c98a3a"/><ellipse cx="27" cy="26" rx="5" ry="1.6" \
            fill="#e3b26c"/>\
            <path d="M24 44c-1-6 3-9 9-9 0 6-3 9-9 9zM24 44l5-5" fill="#eaf6ee" stroke="#4f8f7d" \
            stroke-width="1.3"/><path d="M8 54h44" stroke="#a9b4c2" stroke-width="3.4" \
            stroke-linecap="round"/>
            """

    static let milk = """
        <path d="M24 7h16v9l6 9v28c0 3-2 5-5 5H23c-3 0-5-2-5-5V25l6-9z" fill="#c8d9ea"/>\
        <path d="M18 33h28v20c0 3-2 5-5 5H23c-3 0-5-2-5-5z" fill="#fff"/>\
        <path d="M23 6h18v6H23z" fill="#4a7fb5"/><path d="M18 33q7-4 14 0t14 0v12q-7 4-14 0t-14 0z" \
        fill="#78aede"/>\
        <path d="M23 25v25" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/>
        """

    static let juice = """
        <path d="M34 33L42 7l9-3" fill="none" stroke="#d9483b" stroke-width="3" stroke-linecap="round" \
        stroke-linejoin="round"/>\
        <path d="M14 18h34l-4 36c0 2-2 4-4 4H22c-2 0-4-2-4-4z" fill="#c3d6e4"/>\
        <path d="M15.5 29h31l-2.7 25c0 2-2 4-4 4H22c-2 0-4-2-4-4z" fill="#f5a22f"/>\
        <path d="M15.5 29h31l-.4 4h-30z" fill="#fbc66d"/>\
        <circle cx="18" cy="19" r="11" fill="#ef8f24"/><circle cx="18" cy="19" r="8.6" fill="#fde2ae"/>\
        <path d="M18 11v16M10 19h16M12.5 13.5l11 11M23.5 13.5l-11 11" stroke="#ef8f24" \
        stroke-width="1.7"/><path d="M23 40l1 11" stroke="#fff" stroke-width="2.6" \
        stroke-linecap="round" opacity=".7"/>
        """
}
