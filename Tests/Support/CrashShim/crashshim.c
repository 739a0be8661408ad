#define _GNU_SOURCE
#include "crashshim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { PWRITE = 1, SYNC, SENDMSG, WRITE };

static struct {
    _Atomic uint64_t calls, of_kind[4], killed_at, killed_in, processes;
} own, *report = &own; // laid out as fnf_crash_report
_Static_assert(sizeof own == sizeof(fnf_crash_report), "the report is what its header says");

// Written once, by the constructor, before the program's own code runs.
static int armed, after, kinds;
static uint64_t crash_at;
static const char *once, *full, *nosync, *noisy;

static int wanted_kinds(const char *list) {
    if (!list || !*list) return 1 << PWRITE | 1 << SYNC | 1 << SENDMSG | 1 << WRITE;
    return (strstr(list, "pwrite") ? 1 << PWRITE : 0) | (strstr(list, "sync") ? 1 << SYNC : 0)
        | (strstr(list, "sendmsg") ? 1 << SENDMSG : 0)
        | (strncmp(list, "write", 5) == 0 || strstr(list, ",write") ? 1 << WRITE : 0);
}

static void map_report(const char *path) {
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return;
    if (ftruncate(descriptor, sizeof own) == 0) {
        void *memory = mmap(NULL, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
        if (memory != MAP_FAILED) report = memory;
    }
    close(descriptor);
}

__attribute__((constructor)) static void read_orders(void) {
    const char *program = getenv("FNF_CRASH_PROGRAM"), *path = getenv("FNF_CRASH_REPORT");
    const char *at = getenv("FNF_CRASH_AT"), *later = getenv("FNF_CRASH_AFTER");
    if (program && *program && strcmp(program, program_invocation_short_name) != 0) return;
    full = getenv("FNF_CRASH_FULL"), nosync = getenv("FNF_CRASH_NOSYNC"), noisy = getenv("FNF_CRASH_EIO");
    once = getenv("FNF_CRASH_ONCE");
    if (once && access(once, F_OK) == 0) return;
    kinds = wanted_kinds(getenv("FNF_CRASH_KINDS"));
    crash_at = at ? strtoull(at, NULL, 10) : 0;
    after = later && strcmp(later, "1") == 0;
    if (path && *path) map_report(path);
    atomic_fetch_add(&report->processes, 1);
    armed = 1;
}

// Who makes the file may kill: of two processes that reach n at once, one.
static int is_mine(void) {
    if (!once) return 1;
    int descriptor = open(once, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return errno != EEXIST;
    close(descriptor);
    return 1;
}

static void die(enum kind kind, uint64_t number) {
    if (!is_mine()) return;
    atomic_store(&report->killed_at, number);
    atomic_store(&report->killed_in, kind);
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

// Counts a call; its number if the process is to be killed after it.
static uint64_t enter(enum kind kind) {
    if (!armed || !(kinds & 1 << kind)) return 0;
    int reason = errno;
    atomic_fetch_add(&report->of_kind[kind - 1], 1);
    uint64_t number = atomic_fetch_add(&report->calls, 1) + 1;
    if (!crash_at || number != crash_at) return 0;
    if (!after) die(kind, number);
    errno = reason;
    return after ? number : 0;
}

static uint64_t enter_socket(int descriptor) {
    struct stat status;
    int reason = errno;
    int is_socket = armed && fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
    errno = reason;
    return is_socket ? enter(WRITE) : 0;
}

static int fails(const char *while_there, int reason) {
    if (!while_there || access(while_there, F_OK) != 0) return 0;
    errno = reason;
    return 1;
}

// Calls the function that this one hides, then kills if this was the call.
#define REAL(type, parameters, name, kind, number, ...)                                        \
    static type(*_Atomic real) parameters;                                                     \
    type(*function) parameters = atomic_load(&real);                                           \
    if (!function) atomic_store(&real, function = (type(*) parameters)dlsym(RTLD_NEXT, name)); \
    uint64_t order = number;                                                                   \
    type result = function(__VA_ARGS__);                                                       \
    if (order) die(kind, order);                                                               \
    return result

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    if (fails(full, ENOSPC) || fails(noisy, EIO)) return -1;
    REAL(ssize_t, (int, const void *, size_t, off_t), "pwrite",
         PWRITE, enter(PWRITE), descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    if (fails(full, ENOSPC) || fails(noisy, EIO)) return -1;
    REAL(ssize_t, (int, const void *, size_t, off64_t), "pwrite64",
         PWRITE, enter(PWRITE), descriptor, bytes, count, offset);
}

int fdatasync(int descriptor) {
    if (fails(nosync, EIO)) return -1;
    REAL(int, (int), "fdatasync", SYNC, enter(SYNC), descriptor);
}

int fsync(int descriptor) {
    if (fails(nosync, EIO)) return -1;
    REAL(int, (int), "fsync", SYNC, enter(SYNC), descriptor);
}

ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
    REAL(ssize_t, (int, const struct msghdr *, int), "sendmsg",
         SENDMSG, enter(SENDMSG), descriptor, message, flags);
}

ssize_t send(int descriptor, const void *bytes, size_t count, int flags) {
    REAL(ssize_t, (int, const void *, size_t, int), "send",
         WRITE, enter_socket(descriptor), descriptor, bytes, count, flags);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    REAL(ssize_t, (int, const void *, size_t), "write",
         WRITE, enter_socket(descriptor), descriptor, bytes, count);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    REAL(ssize_t, (int, const struct iovec *, int), "writev",
         WRITE, enter_socket(descriptor), descriptor, parts, count);
}
