@main
enum FnfSimulate {
    static func main() {}
}
