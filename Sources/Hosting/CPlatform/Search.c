#define _GNU_SOURCE
#include <string.h>

#include "CPlatform.h"

const void *fnf_find(const void *bytes, size_t count, const void *text, size_t text_count) {
    return memmem(bytes, count, text, text_count);
}
