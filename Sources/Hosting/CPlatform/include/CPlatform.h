// What Linux offers and the Glibc module does not import (it is compiled without _GNU_SOURCE).
// Every function returns -1 with errno set when it fails, unless its comment says otherwise.
#ifndef FNF_CPLATFORM_H
#define FNF_CPLATFORM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// The peer of a connected Unix socket, as the kernel noted it at connect(). Returns 0.
int fnf_peer_credentials(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid);

/// 1 when the socket is listening, 0 when it is a connection.
int fnf_is_listening(int descriptor);

/// The path of a Unix socket's own address into `path` (cut to `size`, always ended). Returns its length;
/// 0 when it has none (unnamed) or is abstract.
int fnf_unix_socket_path(int descriptor, char *path, size_t size);

/// Marks a descriptor to be closed at exec. Returns 0.
int fnf_set_cloexec(int descriptor);

/// A second descriptor at `minimum` or above, closed at exec.
int fnf_duplicate_cloexec(int descriptor, int minimum);

/// A timer on the wall clock, not blocking, closed at exec.
int fnf_wall_timer_create(void);

/// Arms the timer for an absolute wall-clock time; one in the past fires at once, zeros disarm it.
/// The descriptor also becomes readable when somebody sets the clock. Returns 0.
int fnf_wall_timer_arm(int descriptor, int64_t seconds, int64_t nanoseconds);

/// 1: it fired; 2: the clock was set, arm it again; 0: neither yet.
int fnf_wall_timer_read(int descriptor);

/// Blocks the signals in this thread and in those it starts, and makes a descriptor from which they are read
/// (128 bytes each, the number in the first 4), not blocking, closed at exec.
int fnf_signal_descriptor(const int *signals, int count);

/// An anonymous file in memory, closed at exec.
int fnf_memory_file(const char *name);

/// A descriptor that becomes readable when the process ends, closed at exec.
int fnf_process_descriptor(pid_t pid);

/// How `fnf_spawn_activated` starts a service.
typedef struct {
    const char *path;            ///< the program
    char *const *arguments;      ///< argv, NULL at the end
    char *const *environment;    ///< envp, NULL at the end, without LISTEN_PID and WATCHDOG_PID
    const int *listeners;        ///< become descriptors 3, 4, ...
    int listener_count;          ///< above 0: LISTEN_PID and LISTEN_FDS are set; FDNAMES is the caller's
    int watchdog;                ///< when not 0, WATCHDOG_PID is set; WATCHDOG_USEC is the caller's
    int standard_output;         ///< -1: stays as it is
    int standard_error;          ///< -1: stays as it is
    const char *directory;       ///< working directory; NULL: stays as it is
    int own_group;               ///< when not 0, in a process group of its own (a Ctrl-C does not reach it)
    int signal_when_parent_dies; ///< 0: none. Sent when the *thread* that called ends
} fnf_activation;

/// Forks and executes a program as systemd starts a socket-activated service: passed descriptors from 3 on
/// with LISTEN_PID of the child, input from /dev/null, signals at their defaults, nothing else inherited.
/// Returns the pid; -1 with errno also when the exec itself failed.
pid_t fnf_spawn_activated(const fnf_activation *activation);

/// Lets the heap keep what is freed at its end, up to so many bytes: a service that grows and shrinks with each
/// batch would give it back and fault it in again each time.
void fnf_keep_heap(size_t bytes);

/// Takes the pages of the program's and its libraries' code and constants out of this process; those that are
/// used again come back from the page cache. Returns how many bytes of address space that was.
size_t fnf_forget_program_pages(void);

/// The first place of a text in bytes (memmem, which Swift does not see); NULL when it is not there.
const void *fnf_find(const void *bytes, size_t count, const void *text, size_t text_count);

/// The CRC-32C of the bytes that gave `crc` (0 for none) with these behind them; it does not fail.
uint32_t fnf_crc32c(uint32_t crc, const void *bytes, size_t count);

/// The same without the processor's instruction: for tests, and where there is none.
uint32_t fnf_crc32c_by_table(uint32_t crc, const void *bytes, size_t count);

#endif
