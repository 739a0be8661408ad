// What handle.c and vfs.c share.
#ifndef FNF_HANDLE_H
#define FNF_HANDLE_H

#include "disk.h"

#include <sqlite3.h>

typedef struct {
    sqlite3_file base;
    fnf_disk *disk;
    file *file;
    uint64_t boot; // the process that opened it
    int lock;
    bool uses_shm, deletes_on_close;
    bool syncs_folder; // with its next sync, as SQLite's own VFS does after it has opened a log that may be new
    unsigned shm_shared, shm_exclusive; // bits
} handle;

/// Opens a file of a disk whose mutex is held; the handle then owns the caller's reference to the disk.
int handle_open(fnf_disk *disk, const char *name, sqlite3_file *base, int flags);

#endif
