import NIOCore
import RPCProtocol

extension PeerCredentials {
    /// What the kernel noted of the peer at connect(). Called on the channel's loop; nil when the channel is
    /// no socket.
    init?(of channel: any Channel) {
        guard let options = channel as? any SocketOptionProvider else { return nil }
        let read: EventLoopFuture<UnixPeer> = options.unsafeGetSocketOption(
            level: .socket, name: Self.peerOption)
        var peer: UnixPeer?
        // On the loop the future is complete when it comes back.
        read.assumeIsolated().whenSuccess { peer = $0 }
        guard let peer else { return nil }
        self.init(uid: peer.uid, gid: peer.gid, pid: peer.pid)
    }

    /// SO_PEERCRED, which the Glibc module does not show without _GNU_SOURCE.
    private static let peerOption = NIOBSDSocket.Option(rawValue: 17)

    /// The layout of `struct ucred`.
    private struct UnixPeer {
        var pid: Int32 = 0
        var uid: UInt32 = 0
        var gid: UInt32 = 0
    }
}
