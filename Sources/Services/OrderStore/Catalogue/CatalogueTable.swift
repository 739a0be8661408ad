import GRDB
import OrderStoreAPI
import Primitives
import RPCProtocol

/// The SQL of the catalogue. The ids keep the order in which suppliers and products were put in.
enum CatalogueTable {
    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE catalogue_suppliers (
                  id INTEGER PRIMARY KEY, supplier TEXT NOT NULL UNIQUE, name_en TEXT NOT NULL,
                  name_zh TEXT NOT NULL
                ) STRICT;
                CREATE TABLE catalogue_products (
                  id INTEGER PRIMARY KEY, supplier TEXT NOT NULL, product TEXT NOT NULL,
                  name_en TEXT NOT NULL, name_zh TEXT NOT NULL, price TEXT NOT NULL, picture TEXT NOT NULL,
                  available INTEGER NOT NULL, UNIQUE (supplier, product)
                ) STRICT;
                CREATE INDEX catalogue_products_by_name ON catalogue_products (product);
                """)
    }

    /// All when `supplier` is nil.
    static func suppliers(_ db: Database, _ supplier: String?) throws -> [CatalogueSupplier] {
        let rows = try Row.fetchAll(
            try db.cachedStatement(
                sql: """
                    SELECT supplier, name_en, name_zh FROM catalogue_suppliers
                    WHERE ?1 IS NULL OR supplier = ?1 ORDER BY id
                    """), arguments: [supplier])
        return try rows.map { row in
            let name: String = row[0]
            let products = try products(db, of: name)
            return .with {
                $0.supplier = name
                $0.nameEn = row[1]
                $0.nameZh = row[2]
                $0.products = products
            }
        }
    }

    static func hasSupplier(_ db: Database, _ supplier: String) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM catalogue_suppliers WHERE supplier = ?)")
        return try Bool.fetchOne(statement, arguments: [supplier]) ?? false
    }

    static func products(_ db: Database, of supplier: String) throws -> [ProductRecord] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT supplier, product, name_en, name_zh, price, picture, available
                FROM catalogue_products WHERE supplier = ? ORDER BY id
                """)
        return try Row.fetchAll(statement, arguments: [supplier]).map(product)
    }

    /// Another supplier that sells a product of this name.
    static func seller(_ db: Database, of product: String) throws -> String? {
        let statement = try db.cachedStatement(
            sql: "SELECT supplier FROM catalogue_products WHERE product = ? ORDER BY id LIMIT 1")
        return try String.fetchOne(statement, arguments: [product])
    }

    /// A supplier that is known keeps its place and its products.
    static func set(_ db: Database, _ supplier: CatalogueSupplier) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO catalogue_suppliers (supplier, name_en, name_zh) VALUES (?, ?, ?)
                ON CONFLICT (supplier) DO UPDATE SET name_en = excluded.name_en, name_zh = excluded.name_zh
                """
        ).execute(arguments: [supplier.supplier, supplier.nameEn, supplier.nameZh])
    }

    /// A product that is known keeps its place.
    static func set(_ db: Database, _ product: ProductRecord) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO catalogue_products
                  (supplier, product, name_en, name_zh, price, picture, available)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (supplier, product) DO UPDATE SET name_en = excluded.name_en,
                  name_zh = excluded.name_zh, price = excluded.price, picture = excluded.picture,
                  available = excluded.available
                """
        ).execute(arguments: [
            product.supplier, product.product, product.nameEn, product.nameZh, product.price.description,
            product.picture.rawValue, product.available,
        ])
    }

    /// Whether it was there.
    static func remove(_ db: Database, _ product: String, of supplier: String) throws -> Bool {
        try db.cachedStatement(sql: "DELETE FROM catalogue_products WHERE supplier = ? AND product = ?")
            .execute(arguments: [supplier, product])
        return db.changesCount > 0
    }

    /// Whether it was there.
    static func removeSupplier(_ db: Database, _ supplier: String) throws -> Bool {
        try db.cachedStatement(sql: "DELETE FROM catalogue_products WHERE supplier = ?")
            .execute(arguments: [supplier])
        try db.cachedStatement(sql: "DELETE FROM catalogue_suppliers WHERE supplier = ?")
            .execute(arguments: [supplier])
        return db.changesCount > 0
    }

    private static func product(_ row: Row) throws -> ProductRecord {
        let (name, price): (String, String) = (row[1], row[4])
        guard let exact = DecimalNumber(price) else {
            throw OrderStoreError.unreadableProduct(name, "\(price) is no decimal")
        }
        return .with {
            $0.supplier = row[0]
            $0.product = name
            $0.nameEn = row[2]
            $0.nameZh = row[3]
            $0.price = exact
            // A picture of another build that this one does not know.
            $0.picture = ProductPicture(rawValue: row[5]) ?? .dish
            $0.available = row[6]
        }
    }
}
