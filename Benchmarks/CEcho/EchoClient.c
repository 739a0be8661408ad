#define _GNU_SOURCE
#include "CEcho.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { received_bytes = 1 << 17, events_max = 64, depth_max = fnf_echo_frames, samples_max = 1 << 20 };

/// One connection, and when the frames that wait for their answers were sent, oldest first.
typedef struct {
    int file;
    uint8_t received[received_bytes];
    size_t count;
    double sent[depth_max];
    unsigned first;
    unsigned waiting;
    unsigned next; ///< of the frames
} lane;

typedef struct {
    lane *lanes;
    int lane_count;
    size_t frame_size;
    uint8_t *out; ///< all frames twice, so that a piece never wraps
    double *samples;
    size_t sample_count;
    uint64_t answers;
    double counts_from;
} run;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int connected(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (file < 0) return -1;
    if (connect(file, (struct sockaddr *)&address, sizeof address) == 0) return file;
    int reason = errno;
    close(file);
    errno = reason;
    return -1;
}

/// Sends so many frames in one write. There is room: what is on its way is bounded by the depth.
static int send_frames(run *run, lane *lane, unsigned frames)
{
    double time = now();
    size_t left = frames * run->frame_size;
    const uint8_t *next = run->out + lane->next * run->frame_size;
    lane->next = (lane->next + frames) % fnf_echo_frames;
    while (left > 0) {
        ssize_t sent = send(lane->file, next, left, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return -1;
        next += sent;
        left -= (size_t)sent;
    }
    for (unsigned index = 0; index < frames; index++)
        lane->sent[(lane->first + lane->waiting++) % depth_max] = time;
    return 0;
}

/// Takes what has come. Returns the number of whole answers, -1 when the connection is gone.
static int take_answers(run *run, lane *lane)
{
    ssize_t received =
        recv(lane->file, lane->received + lane->count, received_bytes - lane->count, MSG_DONTWAIT);
    if (received < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (received <= 0) return -1;
    lane->count += (size_t)received;
    double time = now();
    size_t start = 0;
    int answers = 0;
    while (lane->count - start >= 4) {
        const uint8_t *head = lane->received + start;
        size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
        if (lane->count - start < 4 + length || lane->waiting == 0) break;
        start += 4 + length;
        answers++;
        double took = time - lane->sent[lane->first];
        lane->first = (lane->first + 1) % depth_max;
        lane->waiting--;
        if (time < run->counts_from) continue;
        run->answers++;
        if (run->sample_count < samples_max) run->samples[run->sample_count++] = took;
    }
    memmove(lane->received, lane->received + start, lane->count - start);
    lane->count -= start;
    return answers;
}

static int ascending(const void *one, const void *other)
{
    double left = *(const double *)one, right = *(const double *)other;
    return (left > right) - (left < right);
}

static int drive(run *run, int epoll, int depth, double until)
{
    struct epoll_event events[events_max];
    for (int index = 0; index < run->lane_count; index++)
        if (send_frames(run, &run->lanes[index], (unsigned)depth) < 0) return -1;
    while (now() < until) {
        int count = epoll_wait(epoll, events, events_max, 1000);
        if (count < 0 && errno != EINTR) return -1;
        for (int index = 0; index < count; index++) {
            lane *lane = &run->lanes[events[index].data.u32];
            int answers = take_answers(run, lane);
            if (answers < 0 || (answers > 0 && send_frames(run, lane, (unsigned)answers) < 0)) return -1;
        }
    }
    return 0;
}

static int opened(run *run, const char *path, int epoll)
{
    for (int index = 0; index < run->lane_count; index++) {
        run->lanes[index].file = connected(path);
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)index};
        if (run->lanes[index].file < 0) return -1;
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, run->lanes[index].file, &event) < 0) return -1;
    }
    return 0;
}

int fnf_echo_drive(
    const char *path, int connections, int depth, double seconds, const uint8_t *frames, size_t frame_size,
    fnf_echo_result *result)
{
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    run run = {
        .lanes = calloc((size_t)connections, sizeof(lane)), .lane_count = connections,
        .frame_size = frame_size, .out = malloc(2 * frame_size * fnf_echo_frames),
        .samples = malloc(samples_max * sizeof(double))};
    int status = -1;
    double warm_up = seconds / 5, start = now();
    run.counts_from = start + warm_up;
    for (int index = 0; index < connections && run.lanes; index++) run.lanes[index].file = -1;
    if (epoll >= 0 && run.lanes && run.out && run.samples && depth <= depth_max) {
        size_t all = frame_size * fnf_echo_frames;
        memcpy(run.out, frames, all);
        memcpy(run.out + all, frames, all);
        status = opened(&run, path, epoll);
        if (status == 0) status = drive(&run, epoll, depth, start + warm_up + seconds);
    }
    int reason = errno;
    if (status == 0) {
        qsort(run.samples, run.sample_count, sizeof(double), ascending);
        size_t last = run.sample_count ? run.sample_count - 1 : 0;
        result->answers = run.answers;
        result->seconds = now() - run.counts_from;
        result->p50 = run.sample_count ? run.samples[last / 2] * 1e6 : 0;
        result->p99 = run.sample_count ? run.samples[last * 99 / 100] * 1e6 : 0;
    }
    for (int index = 0; index < connections && run.lanes; index++)
        if (run.lanes[index].file >= 0) close(run.lanes[index].file);
    free(run.lanes);
    free(run.out);
    free(run.samples);
    if (epoll >= 0) close(epoll);
    errno = reason;
    return status;
}
