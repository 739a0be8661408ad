import CPlatform
import Glibc
import NIOCore
import NIOPosix
import Primitives

/// Timers on the wall clock: a heap of times, of which the kernel watches the earliest.
///
/// The kernel's timer is told to wake us also when somebody sets the clock, so nothing has to look at it. Its
/// descriptor is watched by the loop itself: a thread of its own would cost a hand-over (60 µs) for each
/// timer.
final class WallTimers: @unchecked Sendable { // every member is touched on the loop only, entries check that
    private let eventLoop: any EventLoop
    private var heap = TimerHeap()
    private var descriptor: CInt = -1
    private var isOpening = false
    private var armed: Timestamp?

    init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func add(_ timer: WallTimer) {
        eventLoop.preconditionInEventLoop()
        heap.insert(timer)
        rearm()
    }

    /// A canceled timer leaves the heap when its time comes; with many of them the heap is cleaned before.
    func noteCanceled() {
        eventLoop.preconditionInEventLoop()
        heap.noteCanceled()
        rearm()
    }

    private func rearm() {
        heap.dropCanceledFirst()
        guard let first = heap.first?.time else { return }
        guard descriptor >= 0 else { return open() }
        guard armed != first else { return }
        armed = first
        // Zeros would disarm it; any time in the past fires at once.
        let time = max(first.microseconds, 1)
        _ = fnf_wall_timer_arm(descriptor, time / 1_000_000, time % 1_000_000 * 1000)
    }

    private func open() {
        guard !isOpening else { return }
        isOpening = true
        let created = fnf_wall_timer_create()
        guard created >= 0 else { return retryOpening() }
        let handler = TimerReader(timers: self)
        let bound = NIOLoopBound(handler, eventLoop: eventLoop)
        NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .takingOwnershipOfDescriptor(input: created)
            .whenComplete { [self] result in
                switch result {
                case .success:
                    isOpening = false
                    descriptor = created
                    // Not here: this may run within the call that set the first timer, whose maker is not
                    // done with it.
                    eventLoop.execute { self.fire() }
                case .failure:
                    close(created)
                    retryOpening()
                }
            }
    }

    /// No descriptor is free: the timers wait for one, they are never dropped.
    private func retryOpening() {
        eventLoop.scheduleTask(in: .seconds(1)) { [self] in
            isOpening = false
            rearm()
        }
    }

    /// Runs what is due; also called when the clock was set.
    func fire() {
        armed = nil
        let now = LiveWorld().now
        while let timer = heap.popDue(now) { timer.fire() }
        rearm()
    }

    /// The reader ends with an error when the clock was set (ECANCELED): what is due by the new clock runs.
    func readerEnded() {
        descriptor = -1
        fire()
    }
}

/// Takes the wake-ups of the kernel's timer.
private final class TimerReader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let timers: WallTimers

    init(timers: WallTimers) { self.timers = timers }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { timers.fire() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    func channelInactive(context: ChannelHandlerContext) { timers.readerEnded() }
}
