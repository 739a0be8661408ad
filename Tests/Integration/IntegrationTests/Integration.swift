import Testing

/// The real programs, their sockets handed over as systemd does. One system at a time: the machine has two cores.
@Suite(.serialized) enum Integration {}
