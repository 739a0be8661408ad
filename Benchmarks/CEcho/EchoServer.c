#define _GNU_SOURCE
#include "CEcho.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { buffer_bytes = 1 << 16, events_max = 64 };

void fnf_wait_for_parent_end(void)
{
    char byte;
    while (read(0, &byte, 1) > 0 || errno == EINTR) {
    }
}

/// Sends all of it back; the peer reads, so a full socket is waited for.
static int send_whole(int file, const uint8_t *bytes, size_t count)
{
    while (count > 0) {
        ssize_t sent = send(file, bytes, count, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return -1;
        bytes += sent;
        count -= (size_t)sent;
    }
    return 0;
}

static int watch(int epoll, int file)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = file};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event);
}

int fnf_echo_serve(int listener)
{
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    uint8_t *buffer = malloc(buffer_bytes);
    if (epoll < 0 || !buffer || watch(epoll, listener) < 0 || watch(epoll, 0) < 0) return -1;
    struct epoll_event events[events_max];
    while (1) {
        int count = epoll_wait(epoll, events, events_max, -1);
        if (count < 0 && errno != EINTR) return -1;
        for (int index = 0; index < count; index++) {
            int file = events[index].data.fd;
            if (file == 0) return 0;
            if (file == listener) {
                int accepted = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
                if (accepted >= 0) watch(epoll, accepted);
                continue;
            }
            ssize_t received = recv(file, buffer, buffer_bytes, 0);
            if (received <= 0 || send_whole(file, buffer, (size_t)received) < 0) close(file);
        }
    }
}
