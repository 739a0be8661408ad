import Testing

/// SIGKILL to real processes at chosen points; afterwards everything must be as if nothing had happened.
@Suite(.serialized) enum Crash {}
