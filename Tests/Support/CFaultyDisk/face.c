// What the Swift face calls, and the plan of faults.
#include "disk.h"

#include <stdlib.h>
#include <string.h>

static void lock(fnf_disk *disk) { pthread_mutex_lock(&disk->mutex); }
static void unlock(fnf_disk *disk) { pthread_mutex_unlock(&disk->mutex); }

#define LOCKED(disk, type, expression)                                                        \
    lock(disk);                                                                               \
    type value = expression;                                                                  \
    unlock(disk);                                                                             \
    return value

static const char *kept_name(fnf_disk *disk, const char *name) {
    for (size_t i = 0; i < disk->name_count; i++)
        if (strcmp(disk->names[i], name) == 0) return disk->names[i];
    disk->names = realloc(disk->names, (disk->name_count + 1) * sizeof *disk->names);
    if (!disk->names) abort();
    return disk->names[disk->name_count++] = strdup(name);
}

planned disk_enter(fnf_disk *disk, int kind, const file *file, int64_t offset, int64_t length) {
    uint64_t number = ++disk->operations;
    if (disk->is_tracing) {
        if (disk->trace_count == disk->trace_capacity) {
            disk->trace_capacity = disk->trace_capacity ? disk->trace_capacity * 2 : 256;
            disk->trace = realloc(disk->trace, disk->trace_capacity * sizeof *disk->trace);
            if (!disk->trace) abort();
        }
        disk->trace[disk->trace_count++] = (fnf_operation){
            .number = number, .kind = kind, .offset = offset, .length = length,
            .name = kept_name(disk, file->name),
        };
    }
    for (size_t i = 0; i < disk->plan_count; i++) {
        planned *planned = &disk->plan[i];
        if (number < planned->at || number - planned->at >= planned->times) continue;
        disk->faults++;
        return *planned;
    }
    if (disk->is_full && kind == FNF_OP_WRITE && offset + length > file->now.length) {
        disk->faults++;
        return (planned){ .fault = FNF_FAULT_FULL };
    }
    return (planned){ 0 };
}

void fnf_disk_plan(fnf_disk *disk, uint64_t at, uint64_t times, int fault, int64_t kept) {
    lock(disk);
    disk->plan = realloc(disk->plan, (disk->plan_count + 1) * sizeof *disk->plan);
    if (!disk->plan) abort();
    disk->plan[disk->plan_count++] = (planned){ .at = at, .times = times, .fault = fault, .kept = kept };
    unlock(disk);
}

void fnf_disk_clear_plan(fnf_disk *disk) {
    lock(disk);
    disk->plan_count = 0;
    unlock(disk);
}

void fnf_disk_set_full(fnf_disk *disk, bool is_full) {
    lock(disk);
    disk->is_full = is_full;
    unlock(disk);
}

void fnf_disk_set_lying(fnf_disk *disk, bool is_lying) {
    lock(disk);
    disk->is_lying = is_lying;
    unlock(disk);
}

void fnf_disk_set_tracing(fnf_disk *disk, bool is_tracing) {
    lock(disk);
    disk->is_tracing = is_tracing;
    unlock(disk);
}

uint64_t fnf_disk_operations(fnf_disk *disk) { LOCKED(disk, uint64_t, disk->operations); }
uint64_t fnf_disk_syncs(fnf_disk *disk) { LOCKED(disk, uint64_t, disk->syncs); }
uint64_t fnf_disk_faults(fnf_disk *disk) { LOCKED(disk, uint64_t, disk->faults); }
uint64_t fnf_disk_boots(fnf_disk *disk) { LOCKED(disk, uint64_t, disk->boots); }
bool fnf_disk_is_dead(fnf_disk *disk) { LOCKED(disk, bool, disk->is_dead); }
uint64_t fnf_disk_trace_count(fnf_disk *disk) { LOCKED(disk, uint64_t, disk->trace_count); }

fnf_operation fnf_disk_trace_at(fnf_disk *disk, uint64_t index) {
    LOCKED(disk, fnf_operation, index < disk->trace_count ? disk->trace[index] : (fnf_operation){ 0 });
}

void fnf_disk_kill(fnf_disk *disk) {
    lock(disk);
    disk->is_dead = true;
    unlock(disk);
}

void fnf_disk_restart(fnf_disk *disk) {
    lock(disk);
    disk_boot(disk);
    unlock(disk);
}

void fnf_disk_power_cut(fnf_disk *disk, int cut, uint64_t seed) {
    lock(disk);
    disk_cut_power(disk, cut, seed);
    disk_boot(disk);
    unlock(disk);
}

void fnf_disk_copy(fnf_disk *disk, fnf_disk *from) {
    lock(from);
    for (file *file = from->files; file; file = file->next)
        fnf_disk_put(disk, file->name, file->now.bytes, file->now.length);
    unlock(from);
}

uint64_t fnf_disk_file_count(fnf_disk *disk) {
    lock(disk);
    uint64_t count = 0;
    for (file *file = disk->files; file; file = file->next) count++;
    unlock(disk);
    return count;
}

const char *fnf_disk_file_name(fnf_disk *disk, uint64_t index) {
    lock(disk);
    file *file = disk->files;
    while (file && index-- > 0) file = file->next;
    const char *name = file ? file->name : NULL;
    unlock(disk);
    return name;
}

int64_t fnf_disk_bytes(fnf_disk *disk, const char *name, bool durable, uint8_t *into, int64_t capacity) {
    lock(disk);
    file *file = file_find(disk, name);
    int64_t length = -1;
    if (file) {
        const image *image = durable ? &file->durable : &file->now;
        length = image->length;
        int64_t count = length < capacity ? length : capacity;
        if (count > 0) memcpy(into, image->bytes, (size_t)count);
    }
    unlock(disk);
    return length;
}

void fnf_disk_put(fnf_disk *disk, const char *name, const uint8_t *bytes, int64_t count) {
    lock(disk);
    file *file = file_find(disk, name);
    if (!file) file = file_make(disk, name);
    file_put(file, bytes, count);
    unlock(disk);
}

bool fnf_disk_remove(fnf_disk *disk, const char *name) {
    lock(disk);
    file *file = file_find(disk, name);
    if (file) file_delete(disk, file, true);
    unlock(disk);
    return file != NULL;
}

int64_t fnf_disk_unsynced(fnf_disk *disk) {
    lock(disk);
    int64_t bytes = 0;
    for (file *file = disk->files; file; file = file->next)
        for (size_t i = 0; i < file->change_count; i++) bytes += file->changes[i].length;
    unlock(disk);
    return bytes;
}
