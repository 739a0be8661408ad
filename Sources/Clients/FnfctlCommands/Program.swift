import ArgumentParser

/// The whole of fnfctl: arguments in, exit status out.
package enum Program {
    /// - Parameter arguments: without the program's own name.
    package static func run(_ arguments: [String]) async -> Int32 {
        Standard.endOnInterrupt()
        return await run(arguments, in: .live).rawValue
    }

    static func run(_ arguments: [String], in session: Session) async -> CommandStatus {
        do {
            var command = try Fnfctl.parseAsRoot(LeadingOptions.moved(arguments))
            if let verb = command as? any Verb {
                try await verb.run(in: session)
            } else {
                try command.run()
            }
            return .ok
        } catch let failure as CommandFailure {
            session.tell(failure.text)
            return failure.status
        } catch {
            return end(error, session)
        }
    }

    /// A request for help, or arguments that are wrong: ArgumentParser's own exit code for those is 64.
    private static func end(_ error: any Error, _ session: Session) -> CommandStatus {
        let text = Fnfctl.fullMessage(for: error) + "\n"
        switch Fnfctl.exitCode(for: error) {
        case .success:
            session.write(text)
            return .ok
        case .validationFailure:
            session.tell(text)
            return .usage
        default:
            session.tell(text)
            return .failed
        }
    }
}
