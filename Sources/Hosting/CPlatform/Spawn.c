#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIRST_LISTENER 3

// Room for "LISTEN_PID=2147483647": the child writes its pid here; only it knows it, and it may not allocate.
typedef struct {
    char listen_pid[32], listen_count[32], watchdog_pid[32];
} late_variables;

static void write_number(char *to, const char *name, int value) {
    char digits[12];
    int count = 0;
    while (*name) *to++ = *name++;
    do digits[count++] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    while (count > 0) *to++ = digits[--count];
    *to = 0;
}

static char **extended_environment(const fnf_activation *activation, late_variables *late) {
    size_t count = 0;
    while (activation->environment[count]) count++;
    char **all = calloc(count + 4, sizeof *all);
    if (!all) return NULL;
    for (size_t index = 0; index < count; index++) all[index] = activation->environment[index];
    if (activation->listener_count > 0) {
        write_number(late->listen_count, "LISTEN_FDS=", activation->listener_count);
        all[count++] = late->listen_count;
        all[count++] = late->listen_pid;
    }
    if (activation->watchdog) all[count++] = late->watchdog_pid;
    return all;
}

// Moves one descriptor out of the way of the numbers that are about to be given out.
static int lifted(int descriptor, int above) {
    return descriptor < 0 ? -1 : fcntl(descriptor, F_DUPFD_CLOEXEC, above);
}

static int place(const fnf_activation *activation, int above, int *report) {
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null < 0) return -1;
    int output = lifted(activation->standard_output, above);
    int error = lifted(activation->standard_error, above);
    if (activation->standard_output >= 0 && output < 0) return -1;
    if (activation->standard_error >= 0 && error < 0) return -1;
    int listeners[activation->listener_count + 1];
    for (int index = 0; index < activation->listener_count; index++) {
        listeners[index] = lifted(activation->listeners[index], above);
        if (listeners[index] < 0) return -1;
    }
    int moved = lifted(*report, above);
    if (moved < 0) return -1;
    *report = moved;
    null = lifted(null, above);
    if (null < 0 || dup2(null, 0) < 0) return -1;
    if (output >= 0 && dup2(output, 1) < 0) return -1;
    if (error >= 0 && dup2(error, 2) < 0) return -1;
    for (int index = 0; index < activation->listener_count; index++)
        if (dup2(listeners[index], FIRST_LISTENER + index) < 0) return -1;
    // Descriptors that somebody opened without CLOEXEC must not reach the service.
    return close_range((unsigned)(FIRST_LISTENER + activation->listener_count), ~0u, CLOSE_RANGE_CLOEXEC);
}

static void reset_signals(void) {
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void become(
    const fnf_activation *activation, char **environment, late_variables *late, pid_t parent, int report) {
    if (activation->own_group) setpgid(0, 0);
    if (activation->signal_when_parent_dies) {
        prctl(PR_SET_PDEATHSIG, activation->signal_when_parent_dies);
        if (getppid() != parent) _exit(127);
    }
    write_number(late->listen_pid, "LISTEN_PID=", getpid());
    write_number(late->watchdog_pid, "WATCHDOG_PID=", getpid());
    if (place(activation, FIRST_LISTENER + activation->listener_count, &report) == 0
        && (!activation->directory || chdir(activation->directory) == 0)) {
        reset_signals();
        execve(activation->path, activation->arguments, environment);
    }
    int reason = errno;
    ssize_t ignored = write(report, &reason, sizeof reason);
    (void)ignored;
    _exit(127);
}

pid_t fnf_spawn_activated(const fnf_activation *activation) {
    late_variables late;
    int report[2];
    char **environment = extended_environment(activation, &late);
    if (!environment) return -1;
    if (pipe2(report, O_CLOEXEC) != 0) {
        free(environment);
        return -1;
    }
    sigset_t all, before;
    sigfillset(&all);
    // A handler of ours must not run in the child before the exec.
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) become(activation, environment, &late, parent, report[1]);
    int reason = child < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(report[1]);
    free(environment);
    if (child > 0) {
        ssize_t got;
        do got = read(report[0], &reason, sizeof reason);
        while (got < 0 && errno == EINTR);
        if (got != (ssize_t)sizeof reason) reason = 0;
        if (reason) waitpid(child, NULL, 0);
    }
    close(report[0]);
    if (reason == 0) return child;
    errno = reason;
    return -1;
}
