import ArgumentParser
import Glibc
import Testing

@testable import FnfctlCommands

@Suite struct ManualPageTests {
    @Test func `every verb has an abstract and an example of itself`() {
        let leaves = ManualPage.leaves(of: Fnfctl.self)
        #expect(leaves.count > 25)
        for leaf in leaves {
            let configuration = leaf.command.configuration
            #expect(!configuration.abstract.isEmpty)
            #expect(configuration.discussion.contains(leaf.path.joined(separator: " ")), "\(leaf.path)")
        }
    }

    @Test func `the examples of the verbs are command lines that parse`() throws {
        for leaf in ManualPage.leaves(of: Fnfctl.self) {
            for line in leaf.command.configuration.discussion.split(separator: "\n")
            where line.hasPrefix("  fnfctl ") {
                let command = line.dropFirst(2).prefix { $0 != ">" && $0 != "|" }
                _ = try Fnfctl.parseAsRoot(Stage.words(String(command)))
            }
        }
    }

    @Test func `the manual page in docs is what the program prints`() throws {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let page = try TextArgument.file("/\(root)/docs/man/fnfctl.1")
        #expect(page == ManualPage.text, "make it anew: fnfctl manual > docs/man/fnfctl.1")
    }
}
