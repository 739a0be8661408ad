// A small service for the supervisor's tests: started by its sockets, tells what it was given and does what
// it is told. One command a connection, one line of answer:
//   pid · door · env NAME · say TEXT (to standard error) · status TEXT · hang · exit CODE · idle
// Variables: PROBE_EXIT=CODE ends at once; PROBE_MUTE=1 never says READY; PROBE_DEAF=1 ignores SIGTERM.
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t told_to_end, told_to_reload;

static void note(int number) {
    if (number == SIGTERM) told_to_end = 1;
    else told_to_reload = 1;
}

static void notify(const char *text) {
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    strncpy(address.sun_path, path ? path : "", sizeof address.sun_path - 1);
    sendto(descriptor, text, strlen(text), 0, (struct sockaddr *)&address, sizeof address);
    close(descriptor);
}

static int number(const char *name) {
    const char *text = getenv(name);
    return text ? atoi(text) : 0;
}

static void door_name(int index, char *name, size_t size) {
    const char *names = getenv("LISTEN_FDNAMES");
    for (; names && index > 0; index--) names = strchr(names, ':') ? strchr(names, ':') + 1 : NULL;
    snprintf(name, size, "%.*s", names ? (int)strcspn(names, ":") : 0, names ? names : "");
}

static void answer(int connection, int index) {
    char line[1024], reply[2050] = "done";
    ssize_t count = read(connection, line, sizeof line - 1);
    if (count <= 0) return;
    line[count] = 0;
    line[strcspn(line, "\n")] = 0;
    char *rest = strchr(line, ' ');
    if (rest) *rest++ = 0;
    else rest = line + strlen(line);
    if (!strcmp(line, "pid")) snprintf(reply, 2048, "%d", getpid());
    if (!strcmp(line, "door")) door_name(index, reply, 2048);
    if (!strcmp(line, "env")) snprintf(reply, 2048, "%s", getenv(rest) ? getenv(rest) : "(none)");
    if (!strcmp(line, "say")) dprintf(2, "%s\n", rest);
    if (!strcmp(line, "status")) {
        char text[1100];
        snprintf(text, sizeof text, "STATUS=%s", rest);
        notify(text);
    }
    strcat(reply, "\n");
    send(connection, reply, strlen(reply), MSG_NOSIGNAL);
    close(connection);
    if (!strcmp(line, "exit")) exit(atoi(rest));
    if (!strcmp(line, "idle")) {
        notify("STOPPING=1");
        exit(0);
    }
    if (!strcmp(line, "hang"))
        for (;;) pause();
}

int main(void) {
    int sockets = number("LISTEN_FDS"), watchdog = number("WATCHDOG_USEC");
    if (getenv("PROBE_EXIT")) return number("PROBE_EXIT");
    if (number("LISTEN_PID") != getpid()) return 97;
    if (watchdog && number("WATCHDOG_PID") != getpid()) return 98;
    sigset_t blocked, open;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGHUP);
    sigprocmask(SIG_BLOCK, &blocked, &open);
    signal(SIGTERM, number("PROBE_DEAF") ? SIG_IGN : note);
    signal(SIGHUP, note);
    if (!number("PROBE_MUTE")) notify("READY=1\nSTATUS=probing");
    struct pollfd doors[16];
    for (int index = 0; index < sockets; index++)
        doors[index] = (struct pollfd){.fd = 3 + index, .events = POLLIN};
    for (;;) {
        struct timespec third = {watchdog / 3000000, watchdog / 3 % 1000000 * 1000L};
        ppoll(doors, (nfds_t)sockets, watchdog ? &third : NULL, &open);
        if (told_to_end) {
            notify("STOPPING=1");
            return 0;
        }
        if (told_to_reload) notify("RELOADING=1");
        if (told_to_reload) notify("READY=1");
        told_to_reload = 0;
        if (watchdog) notify("WATCHDOG=1");
        for (int index = 0; index < sockets; index++) {
            if (!(doors[index].revents & POLLIN)) continue;
            int connection = accept4(3 + index, NULL, NULL, SOCK_CLOEXEC);
            if (connection >= 0) answer(connection, index);
        }
    }
}
