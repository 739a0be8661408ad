import ArgumentParser
import ServiceSupervisor

extension TCPAddress: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
