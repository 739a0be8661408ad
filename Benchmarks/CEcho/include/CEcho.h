// The floor that our server is held against: framed echo by plain epoll, and one client for both.
// A frame is a big-endian UInt32 length and so many bytes.
#ifndef FNF_CECHO_H
#define FNF_CECHO_H

#include <stddef.h>
#include <stdint.h>

/// Serves connections of the listening socket and sends every byte back, until descriptor 0 is closed by the
/// other side. Returns 0 then; -1 with errno when it can't go on.
int fnf_echo_serve(int listener);

/// What `fnf_echo_drive` saw.
typedef struct {
    uint64_t answers; ///< in the counted time
    double seconds;   ///< the counted time
    double p50;       ///< of a frame's way out and back, in microseconds
    double p99;
} fnf_echo_result;

/// How many frames the client sends by turns.
#define fnf_echo_frames 256

/// Keeps `depth` frames on their way over each of the connections: one more is sent for each answer that came.
/// Whole answers are counted, whatever they hold.
///
/// `path` is a Unix socket. `frames` are `fnf_echo_frames` of one size, their lengths included, sent by turns.
/// Returns 0; -1 with errno when a connection failed.
int fnf_echo_drive(
    const char *path, int connections, int depth, double seconds, const uint8_t *frames, size_t frame_size,
    fnf_echo_result *result);

/// Returns when the other side of descriptor 0 is closed: a process ends with who started it.
void fnf_wait_for_parent_end(void);

#endif
