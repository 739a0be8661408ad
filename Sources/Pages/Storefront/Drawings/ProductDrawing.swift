import HTMLMarkup
import OrderStoreAPI

/// The pictures of the shop: one small drawing for each word of `ProductPicture`, in flat shapes that stand
/// on a tinted tile in the light and in the dark.
///
/// Shape: 64 × 64, nothing nearer to the edge than 6. The files of this folder hold a kind of food each.
enum ProductDrawing {
    /// The ground a drawing stands on: what kind of food it is.
    enum Ground: String {
        case warm, green, grain, cool
    }

    /// Decoration: the name beside it says what it is.
    static func tile(_ picture: ProductPicture, _ more: String? = nil) -> HTML {
        el("span", .class("picture", ground(picture).rawValue, more)) {
            HTML(
                trusted: "<svg viewBox=\"0 0 64 64\" aria-hidden=\"true\" focusable=\"false\">"
                    + shapes(picture) + "</svg>")
        }
    }

    static func ground(_ picture: ProductPicture) -> Ground {
        switch picture {
        case .beef, .lamb, .chicken, .duck, .shrimp, .cake: .warm
        case .tofu, .lotus, .mushroom, .greens, .potato, .fruit: .green
        case .noodles, .rice, .dumplings, .bun, .pancake, .egg, .dish: .grain
        case .fish, .soup, .tea, .milk, .juice: .cool
        }
    }

    private static func shapes(_ picture: ProductPicture) -> String {
        switch picture {
        case .beef: beef
        case .lamb: lamb
        case .chicken: chicken
        case .duck: duck
        case .fish: fish
        case .shrimp: shrimp
        case .egg: egg
        case .tofu: tofu
        case .lotus: lotus
        case .mushroom: mushroom
        case .greens: greens
        case .potato: potato
        case .noodles: noodles
        case .rice: rice
        case .dumplings: dumplings
        case .bun: bun
        case .soup: soup
        case .pancake: pancake
        case .tea: tea
        case .milk: milk
        case .juice: juice
        case .cake: cake
        case .fruit: fruit
        case .dish: dish
        }
    }

    /// The wisps above something hot.
    static let steam = """
        <path d="M24 19q-3-4 0-8M32 17q-3-4 0-8M40 19q-3-4 0-8" fill="none" stroke="#a3aebd" \
        stroke-width="2.4" stroke-linecap="round"/>
        """
}
