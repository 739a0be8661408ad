// What disk.c and vfs.c share.
#ifndef FNF_DISK_H
#define FNF_DISK_H

#include "faultydisk.h"

#include <pthread.h>
#include <stddef.h>

enum { SECTOR = 512, SHM_LOCKS = 8 };

typedef struct {
    uint8_t *bytes;
    int64_t length, capacity;
} image;

// A write of `length` bytes at `offset`, or the cut to `offset` bytes where `bytes` is NULL.
typedef struct {
    int64_t offset, length;
    uint8_t *bytes;
} change;

typedef struct file {
    struct file *next;
    char *name;
    image now, durable;
    change *changes;
    size_t change_count, change_capacity;
    bool is_durable;  // its name survives a power cut
    int handles;      // open ones
    bool is_detached; // no name leads here: it goes with its last handle

    int shared;
    const void *reserved, *pending, *exclusive;
    int shm_users, shm_regions;
    void **shm;
    int shm_shared[SHM_LOCKS];
    const void *shm_exclusive[SHM_LOCKS];
} file;

typedef struct {
    uint64_t at, times;
    int fault;
    int64_t kept;
} planned;

struct fnf_disk {
    fnf_disk *next;
    char *id;
    pthread_mutex_t mutex;
    int references;
    file *files;
    file *removed; // deleted by name, which a power cut may undo
    planned *plan;
    size_t plan_count;
    uint64_t operations, syncs, faults, boots;
    bool is_dead, is_full, is_lying, is_tracing;
    fnf_operation *trace;
    size_t trace_count, trace_capacity;
    char **names; // of the trace
    size_t name_count;
};

/// The disk of a path and what follows its id, or NULL; holds a reference.
fnf_disk *disk_of_path(const char *path, const char **name);
void disk_release(fnf_disk *disk);

file *file_find(fnf_disk *disk, const char *name);
file *file_make(fnf_disk *disk, const char *name);
void file_close(file *file);

/// Counts the operation; what shall happen in it.
planned disk_enter(fnf_disk *disk, int kind, const file *file, int64_t offset, int64_t length);
void file_write(file *file, const uint8_t *bytes, int64_t length, int64_t offset);
void file_truncate(file *file, int64_t length);
void file_sync(fnf_disk *disk, file *file);
void file_drop_changes(file *file, bool also_read);
void file_delete(fnf_disk *disk, file *file, bool sync_folder);
/// Puts bytes in place of what the file holds, durable.
void file_put(file *file, const uint8_t *bytes, int64_t count);
/// Files that were made and deletions before this survive a power cut.
void disk_sync_folder(fnf_disk *disk);
/// Files that were deleted do not come back.
void disk_forget_removed(fnf_disk *disk);
/// The files of a process that is gone go to the next one; handles opened before lead nowhere.
void disk_boot(fnf_disk *disk);
/// Of what is not synced, only as much is left as `cut` says.
void disk_cut_power(fnf_disk *disk, int cut, uint64_t seed);
void image_resize(image *image, int64_t length);
void image_write(image *image, const uint8_t *bytes, int64_t length, int64_t offset);
void image_copy(image *to, const image *from);
void image_free(image *image);

#endif
