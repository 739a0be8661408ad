/// Runs its steps once for each element of a collection. Source: fdl §2.6.
package struct ForeachStep: Sendable, Equatable {
    /// A path into the step's input that gives an array.
    package let collection: JSONPath
    /// The key under which an iteration's input holds the element.
    package let item: String
    /// The key under which an iteration's input holds the element's number, from 0.
    package let index: String?
    package let steps: [Step]
    /// Where the collection's path stands.
    @Placed package var location: SourceLocation

    package init(
        collection: JSONPath, item: String, index: String? = nil, steps: [Step],
        location: SourceLocation = .none
    ) {
        self.collection = collection
        self.item = item
        self.index = index
        self.steps = steps
        self.location = location
    }
}
