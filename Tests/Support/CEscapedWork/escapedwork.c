#include "escapedwork.h"

#include <stdatomic.h>

// The runtime asks this hook whenever a job has no executor of its own. Source: swift/Runtime/Concurrency.h.
typedef __attribute__((swiftcall)) void (*enqueue_original)(void *job);
extern __attribute__((swiftcall)) void (*swift_task_enqueueGlobal_hook)(void *job, enqueue_original original);

static _Atomic int64_t count;

static __attribute__((swiftcall)) void counted(void *job, enqueue_original original) {
    atomic_fetch_add(&count, 1);
    original(job);
}

void fnf_escaped_work_watch(void) { swift_task_enqueueGlobal_hook = counted; }

int64_t fnf_escaped_work_count(void) { return atomic_load(&count); }
