import CPlatform
import Glibc
package import Logging
import NIOCore
import NIOPosix
import Primitives
package import RPCProtocol
import RPCTransport
import SystemdKit

/// The one shape of a service's main: configure, adopt sockets, recover, serve, READY, drain.
///
/// Main is synchronous and its thread becomes the loop: nothing else has to start before the first reply.
package enum ServiceMain {
    /// Reads the service's configuration with `read`, which is given the configuration folder. What it throws
    /// ends the process with exit code 78 and the error's text.
    package static func configuration<Configuration>(
        of name: String, _ options: ServiceOptions, _ read: (_ folder: String) throws -> Configuration
    ) -> Configuration {
        do { return try read(RuntimeEnvironment(environment: options.lookup).configurationFolder) } catch {
            exit(with: StartFault("\(error)", code: .configuration), of: name, options)
        }
    }

    /// Runs the service until it is told to stop or has been idle for long enough.
    ///
    /// - Parameter doors: the sockets that must be passed, by descriptor name.
    /// - Parameter tcp: the TCP listeners that may be passed, by descriptor name; the service's `tcpServer`
    ///   serves them.
    /// - Parameter logLevel: what the configuration says.
    /// - Parameter build: called on the loop; opens stores, makes the service. What it throws ends the
    ///   process.
    package static func run(
        name: String, doors: [RPCDoor], tcp: [String] = [], options: ServiceOptions,
        logLevel: Logger.Level = .info,
        build: @escaping @Sendable (ServiceContext) async throws -> any HostedService
    ) -> Never {
        do throws(StartFault) {
            let signals = try SignalReader()
            signal(SIGPIPE, SIG_IGN)
            raiseDescriptorLimit()
            fnf_keep_heap(heapKept)
            let surroundings = try Surroundings(doors: doors, tcp: tcp, options: options)
            let logger = bootstrapLogging(name, options, logLevel)
            MultiThreadedEventLoopGroup.withCurrentThreadAsEventLoop { eventLoop in
                let executor = LoopExecutor(eventLoop)
                let process = ServiceProcess(
                    name: name, executor: executor, surroundings: surroundings, logger: logger, build: build)
                executor.spawn {
                    let code = await process.live(signals)
                    LoggingChoice.flush()
                    Glibc.exit(code)
                }
            }
        } catch {
            exit(with: error, of: name, options)
        }
        // The loop ends with the process.
        Glibc.exit(0)
    }

    /// What was handed to the process.
    struct Surroundings: Sendable {
        let sockets: [(door: RPCDoor, descriptor: Int32)]
        let tcpSockets: [(name: String, descriptor: Int32)]
        let stateDirectory: String
        let runtime: RuntimeEnvironment

        init(doors: [RPCDoor], tcp: [String], options: ServiceOptions) throws(StartFault) {
            runtime = RuntimeEnvironment(environment: options.lookup)
            let names = doors.map(\.rawValue)
            let adopted: [ListenSocket]
            do { adopted = try ListenSockets.adopt(doors: names, required: names, tcp: tcp) } catch {
                throw StartFault(error)
            }
            sockets = adopted.compactMap { socket in
                RPCDoor(rawValue: socket.name).map { ($0, socket.descriptor) }
            }
            tcpSockets = adopted.filter { $0.family == .tcp }.map { ($0.name, $0.descriptor) }
            do { stateDirectory = try StateDirectory(environment: options.lookup).path } catch {
                throw StartFault(error)
            }
        }
    }

    private static func bootstrapLogging(_ name: String, _ options: ServiceOptions, _ level: Logger.Level)
        -> Logger
    {
        if let chosen = options.logLevel { setenv("FNF_LOG_LEVEL", chosen.rawValue, 1) }
        return LoggingChoice.bootstrap(service: name, level: level)
    }

    private static func exit(with fault: StartFault, of name: String, _ options: ServiceOptions) -> Never {
        let logger = bootstrapLogging(name, options, .info)
        let kind: Logger.Metadata = fault.code == .configuration ? ["messageID": "configurationFault"] : [:]
        for line in fault.description.split(separator: "\n") { logger.critical("\(line)", metadata: kind) }
        LoggingChoice.flush()
        Glibc.exit(fault.code.rawValue)
    }

    /// A batch at the highest rate fits in. Units: bytes.
    private static let heapKept = 1 << 20

    /// systemd's soft limit is 1,024 for the sake of select(2), which nobody calls here.
    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

extension ServiceOptions {
    /// The environment, with what the options override.
    var lookup: EnvironmentLookup {
        let (configurationFolder, stateDirectory) = (configurationFolder, stateDirectory)
        return { name in
            switch name {
            case "FNF_CONFIG_DIR": configurationFolder ?? ProcessEnvironment.lookup(name)
            case "STATE_DIRECTORY": stateDirectory ?? ProcessEnvironment.lookup(name)
            default: ProcessEnvironment.lookup(name)
            }
        }
    }
}
