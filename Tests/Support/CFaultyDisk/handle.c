// An open file of a disk, as SQLite uses it: reads, writes, locks and the index of its write-ahead log.
#include "handle.h"

#include <stdlib.h>
#include <string.h>

static handle *enter(sqlite3_file *base) {
    handle *self = (handle *)base;
    pthread_mutex_lock(&self->disk->mutex);
    return self;
}

static int leave(handle *self, int code) {
    pthread_mutex_unlock(&self->disk->mutex);
    return code;
}

static bool is_gone(const handle *self) { return self->disk->is_dead || self->boot != self->disk->boots; }

// MARK: Reading and writing

static int disk_read(sqlite3_file *base, void *into, int count, sqlite3_int64 offset) {
    handle *self = enter(base);
    if (is_gone(self)) return leave(self, SQLITE_IOERR_READ);
    const image *now = &self->file->now;
    int64_t there = now->length > offset ? now->length - offset : 0;
    if (there > count) there = count;
    if (there > 0) memcpy(into, now->bytes + offset, (size_t)there);
    if (there == count) return leave(self, SQLITE_OK);
    memset((uint8_t *)into + there, 0, (size_t)(count - there));
    return leave(self, SQLITE_IOERR_SHORT_READ);
}

static int disk_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    handle *self = enter(base);
    if (is_gone(self)) return leave(self, SQLITE_IOERR_WRITE);
    planned planned = disk_enter(self->disk, FNF_OP_WRITE, self->file, offset, count);
    int64_t kept = planned.kept < count ? planned.kept : count;
    switch (planned.fault) {
    case 0: break;
    case FNF_FAULT_KILL_BEFORE: self->disk->is_dead = true; return leave(self, SQLITE_IOERR_WRITE);
    case FNF_FAULT_KILL_AFTER:
        file_write(self->file, bytes, count, offset);
        self->disk->is_dead = true;
        return leave(self, SQLITE_IOERR_WRITE);
    case FNF_FAULT_TORN:
        file_write(self->file, bytes, kept, offset);
        self->disk->is_dead = true;
        return leave(self, SQLITE_IOERR_WRITE);
    case FNF_FAULT_SHORT: file_write(self->file, bytes, kept, offset); return leave(self, SQLITE_FULL);
    case FNF_FAULT_FULL: return leave(self, SQLITE_FULL);
    default: return leave(self, SQLITE_IOERR_WRITE);
    }
    file_write(self->file, bytes, count, offset);
    return leave(self, SQLITE_OK);
}

static int disk_truncate(sqlite3_file *base, sqlite3_int64 length) {
    handle *self = enter(base);
    if (is_gone(self)) return leave(self, SQLITE_IOERR_TRUNCATE);
    planned planned = disk_enter(self->disk, FNF_OP_TRUNCATE, self->file, length, 0);
    if (planned.fault == 0 || planned.fault == FNF_FAULT_KILL_AFTER) file_truncate(self->file, length);
    if (planned.fault >= FNF_FAULT_KILL_BEFORE && planned.fault <= FNF_FAULT_TORN) self->disk->is_dead = true;
    return leave(self, planned.fault ? SQLITE_IOERR_TRUNCATE : SQLITE_OK);
}

static void sync_done(handle *self) {
    file_sync(self->disk, self->file);
    if (self->syncs_folder && !self->disk->is_lying) disk_sync_folder(self->disk);
    self->syncs_folder = false;
}

static int disk_sync(sqlite3_file *base, int flags) {
    (void)flags;
    handle *self = enter(base);
    if (is_gone(self)) return leave(self, SQLITE_IOERR_FSYNC);
    planned planned = disk_enter(self->disk, FNF_OP_SYNC, self->file, 0, 0);
    switch (planned.fault) {
    case 0: sync_done(self); return leave(self, SQLITE_OK);
    case FNF_FAULT_KILL_AFTER: sync_done(self); self->disk->is_dead = true; break;
    case FNF_FAULT_KILL_BEFORE:
    case FNF_FAULT_TORN: self->disk->is_dead = true; break;
    case FNF_FAULT_SYNC_DROPS: file_drop_changes(self->file, false); break;
    case FNF_FAULT_SYNC_LOSES: file_drop_changes(self->file, true); break;
    default: break;
    }
    return leave(self, SQLITE_IOERR_FSYNC);
}

static int disk_size(sqlite3_file *base, sqlite3_int64 *size) {
    handle *self = enter(base);
    if (is_gone(self)) return leave(self, SQLITE_IOERR_FSTAT);
    *size = self->file->now.length;
    return leave(self, SQLITE_OK);
}

// MARK: Locks between connections

static void unlock_to(handle *self, int level) {
    file *file = self->file;
    if (self->lock <= level) return;
    if (file->reserved == self) file->reserved = NULL;
    if (file->pending == self) file->pending = NULL;
    if (file->exclusive == self) file->exclusive = NULL;
    if (level == SQLITE_LOCK_NONE) file->shared--;
    self->lock = level;
}

static bool of_another(const void *owner, const handle *self) { return owner && owner != self; }

static int disk_lock(sqlite3_file *base, int level) {
    handle *self = enter(base);
    if (is_gone(self)) return leave(self, SQLITE_IOERR_LOCK);
    file *file = self->file;
    if (self->lock >= level) return leave(self, SQLITE_OK);
    if (of_another(file->exclusive, self)) return leave(self, SQLITE_BUSY);
    if (level == SQLITE_LOCK_SHARED) {
        if (of_another(file->pending, self)) return leave(self, SQLITE_BUSY);
        file->shared++;
        self->lock = level;
        return leave(self, SQLITE_OK);
    }
    if (of_another(file->reserved, self) || of_another(file->pending, self)) return leave(self, SQLITE_BUSY);
    file->reserved = self;
    if (level == SQLITE_LOCK_EXCLUSIVE) {
        file->pending = self;
        if (file->shared > 1) {
            self->lock = SQLITE_LOCK_PENDING;
            return leave(self, SQLITE_BUSY);
        }
        file->exclusive = self;
    }
    self->lock = level;
    return leave(self, SQLITE_OK);
}

static int disk_unlock(sqlite3_file *base, int level) {
    handle *self = enter(base);
    unlock_to(self, level);
    return leave(self, SQLITE_OK);
}

static int disk_check_lock(sqlite3_file *base, int *is_reserved) {
    handle *self = enter(base);
    *is_reserved = self->file->reserved != NULL;
    return leave(self, SQLITE_OK);
}

static int disk_control(sqlite3_file *base, int operation, void *argument) {
    (void)base;
    if (operation == SQLITE_FCNTL_HAS_MOVED) {
        *(int *)argument = 0;
        return SQLITE_OK;
    }
    return SQLITE_NOTFOUND;
}

// As the system's VFS says of an ordinary file system.
static int disk_sector_size(sqlite3_file *base) {
    (void)base;
    return 4096;
}

static int disk_characteristics(sqlite3_file *base) {
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

// MARK: The index of the write-ahead log, in memory

static int disk_shm_map(sqlite3_file *base, int region, int size, int extends, void volatile **memory) {
    handle *self = enter(base);
    *memory = NULL;
    if (is_gone(self)) return leave(self, SQLITE_IOERR_SHMMAP);
    file *file = self->file;
    if (!self->uses_shm) {
        self->uses_shm = true;
        file->shm_users++;
    }
    if (region >= file->shm_regions) {
        if (!extends) return leave(self, SQLITE_OK);
        file->shm = realloc(file->shm, (size_t)(region + 1) * sizeof *file->shm);
        if (!file->shm) abort();
        for (; file->shm_regions <= region; file->shm_regions++) {
            file->shm[file->shm_regions] = calloc(1, (size_t)size);
            if (!file->shm[file->shm_regions]) abort();
        }
    }
    *memory = file->shm[region];
    return leave(self, SQLITE_OK);
}

static void release_shm(handle *self, int slot) {
    if (self->shm_shared & 1u << slot) self->file->shm_shared[slot]--;
    if (self->shm_exclusive & 1u << slot) self->file->shm_exclusive[slot] = NULL;
    self->shm_shared &= ~(1u << slot);
    self->shm_exclusive &= ~(1u << slot);
}

static int disk_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    handle *self = enter(base);
    file *file = self->file;
    if (flags & SQLITE_SHM_UNLOCK) {
        for (int slot = offset; slot < offset + count; slot++) release_shm(self, slot);
        return leave(self, SQLITE_OK);
    }
    if (is_gone(self)) return leave(self, SQLITE_IOERR_SHMLOCK);
    for (int slot = offset; slot < offset + count; slot++) {
        if (of_another(file->shm_exclusive[slot], self)) return leave(self, SQLITE_BUSY);
        int own = self->shm_shared >> slot & 1;
        if (flags & SQLITE_SHM_EXCLUSIVE && file->shm_shared[slot] > own) return leave(self, SQLITE_BUSY);
    }
    for (int slot = offset; slot < offset + count; slot++) {
        if (flags & SQLITE_SHM_EXCLUSIVE) {
            file->shm_exclusive[slot] = self;
            self->shm_exclusive |= 1u << slot;
        } else if (!(self->shm_shared >> slot & 1)) {
            file->shm_shared[slot]++;
            self->shm_shared |= 1u << slot;
        }
    }
    return leave(self, SQLITE_OK);
}

static void disk_shm_barrier(sqlite3_file *base) {
    (void)base;
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static void leave_shm(handle *self) {
    if (!self->uses_shm) return;
    for (int slot = 0; slot < SHM_LOCKS; slot++) release_shm(self, slot);
    self->uses_shm = false;
    file *file = self->file;
    if (--file->shm_users > 0) return;
    for (int i = 0; i < file->shm_regions; i++) free(file->shm[i]);
    free(file->shm);
    file->shm = NULL;
    file->shm_regions = 0;
}

static int disk_shm_unmap(sqlite3_file *base, int deletes) {
    (void)deletes;
    handle *self = enter(base);
    leave_shm(self);
    return leave(self, SQLITE_OK);
}

// MARK: Opening and closing

static int disk_close(sqlite3_file *base) {
    handle *self = enter(base);
    fnf_disk *disk = self->disk;
    unlock_to(self, SQLITE_LOCK_NONE);
    leave_shm(self);
    if (self->deletes_on_close && !is_gone(self) && !self->file->is_detached)
        file_delete(disk, self->file, false);
    file_close(self->file);
    leave(self, SQLITE_OK);
    disk_release(disk);
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = disk_close,
    .xRead = disk_read,
    .xWrite = disk_write,
    .xTruncate = disk_truncate,
    .xSync = disk_sync,
    .xFileSize = disk_size,
    .xLock = disk_lock,
    .xUnlock = disk_unlock,
    .xCheckReservedLock = disk_check_lock,
    .xFileControl = disk_control,
    .xSectorSize = disk_sector_size,
    .xDeviceCharacteristics = disk_characteristics,
    .xShmMap = disk_shm_map,
    .xShmLock = disk_shm_lock,
    .xShmBarrier = disk_shm_barrier,
    .xShmUnmap = disk_shm_unmap,
};

int handle_open(fnf_disk *disk, const char *name, sqlite3_file *base, int flags) {
    file *file = file_find(disk, name);
    bool may_make = flags & SQLITE_OPEN_CREATE, must_make = flags & SQLITE_OPEN_EXCLUSIVE;
    if (disk->is_dead || (file && must_make && may_make) || (!file && !may_make)) return SQLITE_CANTOPEN;
    if (!file) file = file_make(disk, name);
    file->handles++;
    *(handle *)base = (handle){
        .base.pMethods = &methods, .disk = disk, .file = file, .boot = disk->boots,
        .deletes_on_close = flags & SQLITE_OPEN_DELETEONCLOSE,
        .syncs_folder = may_make
            && flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL),
    };
    return SQLITE_OK;
}
