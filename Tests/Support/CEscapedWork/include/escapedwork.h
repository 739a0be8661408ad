// Counts the pieces of concurrent work that the runtime gives to its own pool of threads.
#ifndef FNF_ESCAPEDWORK_H
#define FNF_ESCAPEDWORK_H

#include <stdint.h>

/// From now on such work is counted.
void fnf_escaped_work_watch(void);
/// How much there was since then.
int64_t fnf_escaped_work_count(void);

#endif
