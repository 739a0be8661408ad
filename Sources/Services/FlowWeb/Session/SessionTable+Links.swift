import GRDB
import Primitives
import WebPages

extension SessionTable {
    func link(_ mark: String, _ signing: SessionSigning, at now: Timestamp) throws -> SignInLink? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT name, role, flows, expires, seal FROM sign_in_links
                WHERE mark = ? AND epoch = ? AND expires > ?
                """, arguments: [mark, signing.epoch, now.microseconds])
        guard let row, let role = VisitorRole(rawValue: row[1]) else { return nil }
        let link = SignInLink(
            mark: mark, name: row[0], role: role,
            flows: (row[2] as String).split(separator: " ").map(String.init),
            expires: Timestamp(microseconds: row[3]))
        return signing.isMark(row[4] as String, .row, link.signedText) ? link : nil
    }

    func insert(_ link: SignInLink, _ signing: SessionSigning) throws {
        try db.execute(
            sql: """
                INSERT INTO sign_in_links (mark, epoch, name, role, flows, expires, seal)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                link.mark, signing.epoch, link.name, link.role.rawValue, link.flows.joined(separator: " "),
                link.expires.microseconds, signing.mark(.row, link.signedText),
            ])
    }

    func deleteLink(_ mark: String) throws {
        try db.execute(sql: "DELETE FROM sign_in_links WHERE mark = ?", arguments: [mark])
    }

    func linkCount() throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM sign_in_links") ?? 0
    }
}
