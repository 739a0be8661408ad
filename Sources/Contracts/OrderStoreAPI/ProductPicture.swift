import RPCProtocol

/// What the picture of a product shows: the shop draws it, so there are as many as it can draw.
package enum ProductPicture: String, WireWord, Hashable {
    case beef, lamb, chicken, duck, fish, shrimp, egg
    case tofu, lotus, mushroom, greens, potato
    case noodles, rice, dumplings, bun, soup, pancake
    case tea, milk, juice, cake, fruit
    /// For whatever else is sold.
    case dish
}
