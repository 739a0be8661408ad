#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>

int fnf_peer_credentials(int descriptor, uint32_t *uid, uint32_t *gid, int32_t *pid) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return -1;
    *uid = peer.uid;
    *gid = peer.gid;
    *pid = peer.pid;
    return 0;
}

int fnf_is_listening(int descriptor) {
    int listening = 0;
    socklen_t length = sizeof listening;
    if (getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length) != 0) return -1;
    return listening != 0;
}

int fnf_unix_socket_path(int descriptor, char *path, size_t size) {
    struct sockaddr_un address;
    socklen_t length = sizeof address;
    if (size == 0) {
        errno = EINVAL;
        return -1;
    }
    if (getsockname(descriptor, (struct sockaddr *)&address, &length) != 0) return -1;
    if (address.sun_family != AF_UNIX) {
        errno = EAFNOSUPPORT;
        return -1;
    }
    const size_t start = offsetof(struct sockaddr_un, sun_path);
    size_t available = length > start ? length - start : 0;
    if (available > sizeof address.sun_path) available = sizeof address.sun_path;
    size_t used = available == 0 || address.sun_path[0] == 0 ? 0 : strnlen(address.sun_path, available);
    if (used >= size) used = size - 1;
    memcpy(path, address.sun_path, used);
    path[used] = 0;
    return (int)used;
}

int fnf_set_cloexec(int descriptor) {
    int flags = fcntl(descriptor, F_GETFD);
    return flags < 0 ? -1 : fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC);
}

int fnf_duplicate_cloexec(int descriptor, int minimum) { return fcntl(descriptor, F_DUPFD_CLOEXEC, minimum); }

int fnf_wall_timer_create(void) { return timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC); }

int fnf_wall_timer_arm(int descriptor, int64_t seconds, int64_t nanoseconds) {
    struct itimerspec when = {.it_value = {.tv_sec = seconds, .tv_nsec = nanoseconds}};
    return timerfd_settime(descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL);
}

int fnf_wall_timer_read(int descriptor) {
    uint64_t expirations;
    ssize_t got;
    do got = read(descriptor, &expirations, sizeof expirations);
    while (got < 0 && errno == EINTR);
    if (got >= 0) return 1;
    if (errno == ECANCELED) return 2;
    return errno == EAGAIN ? 0 : -1;
}

int fnf_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING); }

int fnf_process_descriptor(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
