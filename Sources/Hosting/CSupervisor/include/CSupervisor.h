// What the supervisor needs of Linux and Swift can not reach: control messages are read by macros.
#ifndef FNF_CSUPERVISOR_H
#define FNF_CSUPERVISOR_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// A datagram socket bound to `path` that learns who sent each message; not blocking, closed at exec.
/// -1 with errno when it fails.
int fnf_notify_open(const char *path);

/// One message with the pid that the kernel vouches for (0: unknown). Descriptors that came with it are
/// closed, which is what a sender that waits at a barrier waits for. Returns its length (cut to `size`); -1
/// with errno EAGAIN when none is there.
ssize_t fnf_notify_receive(int descriptor, char *buffer, size_t size, int32_t *pid);

/// A pipe, both ends closed at exec, the reading end not blocking. Room for `bytes` if the kernel gives so
/// much. Returns 0; -1 with errno when it fails.
int fnf_pipe(int *reading, int *writing, int bytes);

/// The variables of this process, NULL at the end.
char *const *fnf_environment(void);

#endif
