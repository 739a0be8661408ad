import FnfctlCommands
import Glibc

@main
struct FnfctlMain {
    static func main() async {
        exit(await Program.run(Array(CommandLine.arguments.dropFirst())))
    }
}
