/// What comes in bowls, and from the oven and the steamer.
extension ProductDrawing {
    /// A bowl seen from the side; what is in it is drawn before.
    private static let bowl = """
        <path d="M7 33h50c0 12-8 20-17 21H24C15 53 7 45 7 33z" fill="#b4432f"/>\
        <path d="M7 33h50l-1 5H8z" fill="#d4644c"/><path d="M24 54h16v3H24z" fill="#8f3323"/>\
        <path d="M16 45q4-5 8 0t8 0 8 0 8 0" fill="none" stroke="#f6d9c4" stroke-width="2.2" \
        stroke-linecap="round"/>
        """

    static let noodles = """
        <path d="M36 22L56 7M41 24L60 12" stroke="#8a5a3a" stroke-width="2.8" stroke-linecap="round"/>\
        <path d="M10 33c2-9 12-13 22-13s20 4 22 13z" fill="#f2cf7c"/>\
        <path d="M14 33c1-6 5-9 10-9M22 33c0-5 4-10 10-10M31 33c0-4 3-8 8-9M40 33c0-3 3-5 7-5" fill="none" \
        stroke="#cf9d3c" stroke-width="2.2" stroke-linecap="round"/>\
        <path d="M18 25l4-5 5 2-3 5z" fill="#5c9a4d"/>
        """ + bowl

    static let rice = """
        <path d="M10 33c0-12 9-20 22-20s22 8 22 20z" fill="#fffdf7" stroke="#e2ddd0" stroke-width="1.5"/>\
        <path d="M22 23l3-1M30 18l3 1M38 23l3 2M28 27l3-1M18 30l3-1M45 30l-3-1M36 30l3-1" stroke="#d2cab8" \
        stroke-width="2.2" stroke-linecap="round"/><circle cx="32" cy="13" r="2.4" fill="#d9483b"/>
        """ + bowl

    static let soup =
        steam + """
            <ellipse cx="32" cy="33" rx="25" ry="7" fill="#e9a64c"/><ellipse cx="25" cy="32" rx="4" ry="2" \
            fill="#fdf2dd"/><ellipse cx="39" cy="34" rx="4" ry="2" fill="#5c9a4d"/><ellipse cx="34" cy="30" \
            rx="2.5" ry="1.3" fill="#5c9a4d"/>\
            <path d="M7 33c0 12 8 20 17 21h16c9-1 17-9 17-21-2 5-12 7-25 7S9 \
            38 7 33z" fill="#4a6fa5"/><path d="M24 54h16v3H24z" fill="#37547f"/>\
            <path d="M15 45q4-4 8 0t8 0 8 0 8 0" fill="none" stroke="#d7e3f3" stroke-width="2.2" \
            stroke-linecap="round"/>
            """

    static let dumplings = """
        <ellipse cx="32" cy="49" rx="26" ry="6" fill="#c9c2b6"/>\
        <g fill="#fbf1dc" stroke="#d8c49c" stroke-width="1.6" stroke-linejoin="round">\
        <path d="M19 29c1-10 8-14 14-14s13 4 13 14c-5 4-22 4-27 0z"/>\
        <path d="M6 46c1-11 8-15 14-15s13 4 13 15c-5 4-22 4-27 0z"/>\
        <path d="M31 46c1-11 8-15 14-15s13 4 13 15c-5 4-22 4-27 0z"/></g>\
        <path d="M27 19l1 4M33 17v5M39 19l-1 4M14 35l1 4M20 33v5M26 35l-1 4M39 35l1 4M45 33v5M51 35l-1 4" \
        stroke="#c9ae79" stroke-width="2.2" stroke-linecap="round"/>
        """

    static let bun =
        steam + """
            <path d="M8 46c0-14 10-24 24-24s24 10 24 24c0 8-48 8-48 0z" fill="#fdf6e8" stroke="#dccfb4" \
            stroke-width="1.5"/>\
            <path d="M32 24c-5 4-8 9-9 15M32 24c-1 5-2 9-1 14 \
            M32 24c3 4 6 8 8 14M32 24c-8 2-14 7-17 13M32 24c8 2 14 \
            7 17 12" fill="none" stroke="#d3c3a1" stroke-width="2" stroke-linecap="round"/>\
            <circle cx="32" cy="24" r="3" fill="#e2d3b3"/><path d="M6 50h52v4H6z" fill="#b98d52"/>
            """

    static let pancake = """
        <ellipse cx="32" cy="44" rx="25" ry="10" fill="#a8712f"/><ellipse cx="32" cy="40" rx="25" ry="10" \
        fill="#d59a48"/><ellipse cx="32" cy="36" rx="25" ry="10" fill="#a8712f"/>\
        <ellipse cx="32" cy="31" rx="25" ry="11" fill="#e7b764"/>\
        <path d="M32 31c4-2 8 1 5 3-5 4-15 2-14-4 1-6 14-8 20-3" fill="none" stroke="#bb8438" \
        stroke-width="2.4" stroke-linecap="round"/>\
        <path d="M17 29l3 2M25 25l2-2M45 31l3-2M41 37l-3 1M24 37l-3-1M36 24l3 1" stroke="#5c9a4d" \
        stroke-width="2.6" stroke-linecap="round"/>
        """

    static let cake = """
        <path d="M9 32L46 15c6 2 9 7 9 13z" fill="#fff4ea"/>\
        <path d="M9 32l46-4v22H9z" fill="#f1c48d"/><path d="M9 38l46-4v5L9 43z" fill="#fff4ea"/>\
        <path d="M9 32l46-4v4L9 36z" fill="#e88b94"/>\
        <circle cx="42" cy="14" r="6" fill="#d9483b"/><path d="M42 8c0-3 2-5 5-5" fill="none" \
        stroke="#5c9a4d" stroke-width="2.2" stroke-linecap="round"/>\
        <path d="M39 13c0-2 1-3 3-3" fill="none" stroke="#f5a49a" stroke-width="1.8" \
        stroke-linecap="round"/>\
        <path d="M9 50h46v3H9z" fill="#c9c2b6"/>
        """

    static let dish = """
        <path d="M11 44c0-14 9-24 21-24s21 10 21 24z" fill="#aeb7c4"/>\
        <path d="M16 39c2-9 7-14 14-15" fill="none" stroke="#eef2f7" stroke-width="3.2" \
        stroke-linecap="round"/><circle cx="32" cy="16" r="4" fill="#8a94a4"/>\
        <path d="M6 45h52c0 4-5 7-11 7H17c-6 0-11-3-11-7z" fill="#7d8797"/>
        """
}
