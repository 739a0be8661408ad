/// A parameter of the methods that make something under a name: true refuses a name that is taken also when
/// what is there has the same content, as the cloud does. Without it such a repeat is answered with what is
/// there.
package enum StrictCreation {
    package static let parameter = "OnlyNew"
    package static let about = "True: refused also when what is there has the same content"
}
