import OrderStoreAPI
import WebPages

extension ProductPicture {
    /// What the picture shows.
    func name(_ language: Language) -> String {
        switch self {
        case .beef: language("Beef", "牛肉")
        case .lamb: language("Lamb", "羊肉")
        case .chicken: language("Chicken", "鸡肉")
        case .duck: language("Duck", "鸭肉")
        case .fish: language("Fish", "鱼")
        case .shrimp: language("Shrimp", "虾")
        case .egg: language("Egg", "蛋")
        case .tofu: language("Tofu", "豆腐")
        case .lotus: language("Lotus root", "莲藕")
        case .mushroom: language("Mushroom", "蘑菇")
        case .greens: language("Greens", "青菜")
        case .potato: language("Potato", "土豆")
        case .noodles: language("Noodles", "面条")
        case .rice: language("Rice", "米饭")
        case .dumplings: language("Dumplings", "饺子")
        case .bun: language("Bun", "包子")
        case .soup: language("Soup", "汤")
        case .pancake: language("Pancake", "饼")
        case .tea: language("Tea", "茶")
        case .milk: language("Milk", "牛奶")
        case .juice: language("Juice", "果汁")
        case .cake: language("Cake", "蛋糕")
        case .fruit: language("Fruit", "水果")
        case .dish: language("Other", "其他")
        }
    }
}
