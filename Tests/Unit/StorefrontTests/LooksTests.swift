import HTMLMarkup
import HTTPMessage
import OrderStoreAPI
import Testing
import WebPages

@testable import Storefront

@Suite struct LooksTests {
    @Test func `each word for a picture has a drawing of its own`() {
        let drawings = ProductPicture.allCases.map { ProductDrawing.tile($0).markup }
        #expect(Set(drawings).count == ProductPicture.allCases.count)
        for drawing in drawings {
            #expect(drawing.contains("aria-hidden=\"true\""))
            #expect(drawing.ranges(of: "<g").count == drawing.ranges(of: "</g>").count)
            #expect(!drawing.contains("\n") && !drawing.contains("\\"))
        }
    }

    @Test func `pages weigh less than 150 kB with all that they need`() async throws {
        let town = try await Town()
        let number = try await town.order()
        for path in ["/shop", "/shop/orders/\(number)", "/shop/merchant", "/shop/merchant/products"] {
            let page = await town.get(path, as: .admin)
            var bytes = page.bytes?.count ?? 0
            for end in [".css", ".js", ".svg"] {
                let start = try #require(
                    page.text.ranges(of: "/assets/").map(\.lowerBound).first {
                        page.text[$0...].prefix { $0 != "\"" }.hasSuffix(end)
                    })
                bytes += await town.get(String(page.text[start...].prefix { $0 != "\"" })).bytes?.count ?? 0
            }
            #expect((10_000..<150_000).contains(bytes), "\(path)")
        }
    }

    @Test(arguments: [
        ("accent-ink", "accent"), ("accent-text", "accent-soft"), ("accent-text", "ground"),
        ("accent", "ground"),
    ]) func `the shop's colours can be read in the light and in the dark`(_ ink: String, _ ground: String)
        throws
    {
        let halves = ShopStyles.tokens.split(separator: "@media", maxSplits: 1).map(String.init)
        for half in halves {
            let contrast = try Self.contrast(
                #require(Self.colour("--\(ink)", in: half)), #require(Self.colour("--\(ground)", in: half)))
            #expect(contrast >= 4.5, "\(ink) on \(ground): \(contrast)")
        }
    }

    private static func colour(_ name: String, in text: String) -> [Double]? {
        guard let hex = text.between("\(name): #", ";") ?? text.between("\(name): #", " "), hex.count == 6,
            let number = Int(hex, radix: 16)
        else { return nil }
        return [number >> 16, number >> 8 & 255, number & 255].map { Double($0) / 255 }
    }

    /// Source: WCAG 2.1, contrast ratio; the power is a polynomial close enough to tell 4.5 from less.
    private static func contrast(_ one: [Double], _ other: [Double]) -> Double {
        let (a, b) = (luminance(one), luminance(other))
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }

    private static func luminance(_ colour: [Double]) -> Double {
        let linear = colour.map { $0 <= 0.03928 ? $0 / 12.92 : power(($0 + 0.055) / 1.055) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// x^2.4 as x² · x^0.4, the root by Newton's way.
    private static func power(_ x: Double) -> Double {
        var root = 1.0
        for _ in 0..<40 {
            root -= (root * root * root * root * root - x * x) / (5 * root * root * root * root)
        }
        return x * x * root
    }
}
