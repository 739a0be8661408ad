#include "CPlatform.h"

#include <signal.h>
#include <sys/signalfd.h>

int fnf_signal_descriptor(const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int index = 0; index < count; index++)
        if (sigaddset(&set, signals[index]) != 0) return -1;
    if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) return -1;
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}
