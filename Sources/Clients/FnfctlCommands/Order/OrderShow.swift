import ArgumentParser
import Primitives

/// `fnfctl order show`
struct OrderShow: Verb {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows an order: status, payment methods on offer, what it waits for and until when.",
        discussion: "Example:\n  fnfctl order show ORDER", aliases: ["describe", "get"])

    @Argument(help: ArgumentHelp("The order's number.", valueName: "order")) var order: String
    @OptionGroup var form: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run(in session: Session) async throws(CommandFailure) {
        let story = try await OrderStory.read(order, global.peers(session))
        session.show(OrderReport.story(story, now: session.world.now), as: form.output)
    }
}
