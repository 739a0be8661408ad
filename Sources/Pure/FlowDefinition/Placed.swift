/// A place in the text that is no part of a value's meaning: values that differ in it alone are equal.
@propertyWrapper
package struct Placed: Sendable, Equatable {
    package var wrappedValue: SourceLocation

    package init(wrappedValue: SourceLocation) { self.wrappedValue = wrappedValue }

    package static func == (_: Placed, _: Placed) -> Bool { true }
}
