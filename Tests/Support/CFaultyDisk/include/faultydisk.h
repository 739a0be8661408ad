// Disks in memory behind SQLite's VFS, whose faults a test plans. The Swift room FaultyDisk is its face; it says what each
// word means. Files whose path begins with /faulty/ID/ lie on the disk ID, every other path belongs to the system's VFS.
#ifndef FNF_FAULTYDISK_H
#define FNF_FAULTYDISK_H

#include <stdbool.h>
#include <stdint.h>

typedef struct fnf_disk fnf_disk;

enum { FNF_OP_WRITE = 1, FNF_OP_TRUNCATE, FNF_OP_SYNC, FNF_OP_DELETE };

enum {
    FNF_FAULT_KILL_BEFORE = 1, // the operation is not done and the process is dead
    FNF_FAULT_KILL_AFTER,      // the operation is done and the process is dead
    FNF_FAULT_TORN,            // `kept` bytes of a write arrive and the process is dead
    FNF_FAULT_ERROR,           // EIO; of a sync: what was unsynced stays so
    FNF_FAULT_FULL,            // ENOSPC
    FNF_FAULT_SHORT,           // `kept` bytes of a write arrive, then ENOSPC
    FNF_FAULT_SYNC_DROPS,      // a sync fails; what was unsynced can be read, and never reaches the disk
    FNF_FAULT_SYNC_LOSES,      // a sync fails; what was unsynced is gone at once
};

enum { FNF_CUT_NONE = 0, FNF_CUT_ALL, FNF_CUT_PREFIX, FNF_CUT_WRITES, FNF_CUT_SECTORS };

typedef struct {
    uint64_t number;
    int32_t kind;
    int64_t offset, length;
    const char *name; // of the file; lives as long as the disk
} fnf_operation;

/// Makes the VFS that knows /faulty/ the process's default one; does nothing from the second time on. 0, or SQLite's code.
int fnf_faultydisk_register(void);

/// NULL when a disk of this id is there already.
fnf_disk *fnf_disk_make(const char *id);
/// Paths no longer lead to it; its memory goes when the last file is closed.
void fnf_disk_drop(fnf_disk *disk);
/// Takes over the files of `from` as they can be read now, all durable.
void fnf_disk_copy(fnf_disk *disk, fnf_disk *from);

void fnf_disk_plan(fnf_disk *disk, uint64_t at, uint64_t times, int fault, int64_t kept);
void fnf_disk_clear_plan(fnf_disk *disk);
void fnf_disk_set_full(fnf_disk *disk, bool is_full);
void fnf_disk_set_lying(fnf_disk *disk, bool is_lying);
void fnf_disk_set_tracing(fnf_disk *disk, bool is_tracing);

uint64_t fnf_disk_operations(fnf_disk *disk);
uint64_t fnf_disk_syncs(fnf_disk *disk);
uint64_t fnf_disk_faults(fnf_disk *disk);
uint64_t fnf_disk_boots(fnf_disk *disk);
bool fnf_disk_is_dead(fnf_disk *disk);
uint64_t fnf_disk_trace_count(fnf_disk *disk);
fnf_operation fnf_disk_trace_at(fnf_disk *disk, uint64_t index);

/// The process dies now, wherever it is.
void fnf_disk_kill(fnf_disk *disk);
/// Another process comes: what was written can be read. Files opened before fail from now on.
void fnf_disk_restart(fnf_disk *disk);
/// Power goes: of what was not synced, only as much as `cut` says is left.
void fnf_disk_power_cut(fnf_disk *disk, int cut, uint64_t seed);

uint64_t fnf_disk_file_count(fnf_disk *disk);
/// NULL beyond the count. Valid until files come or go.
const char *fnf_disk_file_name(fnf_disk *disk, uint64_t index);
/// The bytes that a reader sees, or -1. Copies at most `capacity` of them.
int64_t fnf_disk_bytes(fnf_disk *disk, const char *name, bool durable, uint8_t *into, int64_t capacity);
/// Puts bytes behind everybody's back, durable at once.
void fnf_disk_put(fnf_disk *disk, const char *name, const uint8_t *bytes, int64_t count);
bool fnf_disk_remove(fnf_disk *disk, const char *name);
/// How many bytes of changes wait for a sync.
int64_t fnf_disk_unsynced(fnf_disk *disk);

#endif
