import Foundation

/// The ordering flow as published: docs/examples/order-demo.yaml, which is the seed byte for byte.
let orderDemo: String = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("../../../docs/examples/order-demo.yaml")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
}()
