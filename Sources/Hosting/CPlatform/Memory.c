#define _GNU_SOURCE
#include "CPlatform.h"

#include <link.h>
#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// Pages of a segment that nobody may write come back from the page cache exactly as they were. A segment that
// was ever writable holds relocated addresses, also where it is read-only by now: it is left alone.
static int forget_object(struct dl_phdr_info *object, size_t size, void *total) {
    (void)size;
    // The kernel's own code: no file, and next to nothing.
    if (object->dlpi_name != NULL && strncmp(object->dlpi_name, "linux-", 6) == 0) return 0;
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        // Addresses inside code would be relocated in place.
        if (segment->p_type == PT_DYNAMIC) {
            const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(object->dlpi_addr + segment->p_vaddr);
            for (; entry->d_tag != DT_NULL; entry++)
                if (entry->d_tag == DT_TEXTREL) return 0;
        }
    }
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[index];
        if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W) != 0) continue;
        // Only whole pages of the segment: its last page may be shared with the next one's first.
        uintptr_t start = object->dlpi_addr + segment->p_vaddr;
        uintptr_t end = start + segment->p_filesz;
        start = (start + page - 1) / page * page;
        end = end / page * page;
        if (end <= start) continue;
        if (madvise((void *)start, end - start, MADV_DONTNEED) == 0) *(size_t *)total += end - start;
    }
    return 0;
}

void fnf_keep_heap(size_t bytes) {
    mallopt(M_TRIM_THRESHOLD, (int)bytes);
    // The library finds this threshold itself only while the other is left alone.
    mallopt(M_MMAP_THRESHOLD, (int)bytes);
}

size_t fnf_forget_program_pages(void) {
    size_t total = 0;
    dl_iterate_phdr(forget_object, &total);
    return total;
}
