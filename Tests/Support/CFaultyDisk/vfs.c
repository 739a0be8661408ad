// SQLite's side: a VFS that hands every path but /faulty/… to the system's own.
#include "handle.h"

#include <string.h>

static sqlite3_vfs *systems;

static bool is_ours(const char *path) { return path && strncmp(path, "/faulty/", 8) == 0; }

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out) {
    (void)vfs;
    if (!is_ours(path)) return systems->xOpen(systems, path, base, flags, flags_out);
    base->pMethods = NULL;
    const char *name;
    fnf_disk *disk = disk_of_path(path, &name);
    if (!disk) return SQLITE_CANTOPEN;
    pthread_mutex_lock(&disk->mutex);
    int code = handle_open(disk, name, base, flags);
    pthread_mutex_unlock(&disk->mutex);
    if (code != SQLITE_OK) disk_release(disk);
    else if (flags_out) *flags_out = flags;
    return code;
}

static int delete_locked(fnf_disk *disk, const char *name, int sync_folder) {
    if (disk->is_dead) return SQLITE_IOERR_DELETE;
    file *file = file_find(disk, name);
    if (!file) return SQLITE_IOERR_DELETE_NOENT;
    planned planned = disk_enter(disk, FNF_OP_DELETE, file, 0, 0);
    if (planned.fault == 0 || planned.fault == FNF_FAULT_KILL_AFTER) file_delete(disk, file, sync_folder);
    if (planned.fault >= FNF_FAULT_KILL_BEFORE && planned.fault <= FNF_FAULT_TORN) disk->is_dead = true;
    return planned.fault ? SQLITE_IOERR_DELETE : SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder) {
    (void)vfs;
    if (!is_ours(path)) return systems->xDelete(systems, path, sync_folder);
    const char *name;
    fnf_disk *disk = disk_of_path(path, &name);
    if (!disk) return SQLITE_IOERR_DELETE;
    pthread_mutex_lock(&disk->mutex);
    int code = delete_locked(disk, name, sync_folder);
    pthread_mutex_unlock(&disk->mutex);
    disk_release(disk);
    return code;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
    (void)vfs;
    if (!is_ours(path)) return systems->xAccess(systems, path, flags, result);
    *result = 0;
    const char *name;
    fnf_disk *disk = disk_of_path(path, &name);
    if (!disk) return SQLITE_OK;
    pthread_mutex_lock(&disk->mutex);
    const file *file = file_find(disk, name);
    // An empty file counts as none, as in the system's VFS.
    *result = file && (flags != SQLITE_ACCESS_EXISTS || file->now.length > 0);
    pthread_mutex_unlock(&disk->mutex);
    disk_release(disk);
    return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int capacity, char *full) {
    (void)vfs;
    if (!is_ours(path)) return systems->xFullPathname(systems, path, capacity, full);
    if (strlen(path) >= (size_t)capacity) return SQLITE_CANTOPEN;
    strcpy(full, path);
    return SQLITE_OK;
}

static int vfs_random(sqlite3_vfs *vfs, int count, char *bytes) {
    (void)vfs;
    return systems->xRandomness(systems, count, bytes);
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return systems->xSleep(systems, microseconds);
}

static int vfs_time(sqlite3_vfs *vfs, double *time) {
    (void)vfs;
    return systems->xCurrentTime(systems, time);
}

static int vfs_time64(sqlite3_vfs *vfs, sqlite3_int64 *time) {
    (void)vfs;
    return systems->xCurrentTimeInt64(systems, time);
}

static int vfs_last_error(sqlite3_vfs *vfs, int capacity, char *text) {
    (void)vfs;
    return systems->xGetLastError(systems, capacity, text);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int registered;

static void register_once(void) {
    static sqlite3_vfs own;
    systems = sqlite3_vfs_find(NULL);
    if (!systems) {
        registered = SQLITE_ERROR;
        return;
    }
    // Without dynamic loading, which no database here asks for.
    own = (sqlite3_vfs){
        .iVersion = 2,
        .szOsFile = systems->szOsFile > (int)sizeof(handle) ? systems->szOsFile : (int)sizeof(handle),
        .mxPathname = systems->mxPathname,
        .zName = "faulty-disk",
        .xOpen = vfs_open,
        .xDelete = vfs_delete,
        .xAccess = vfs_access,
        .xFullPathname = vfs_full_path,
        .xRandomness = vfs_random,
        .xSleep = vfs_sleep,
        .xCurrentTime = vfs_time,
        .xGetLastError = vfs_last_error,
        .xCurrentTimeInt64 = vfs_time64,
    };
    registered = sqlite3_vfs_register(&own, 1);
}

int fnf_faultydisk_register(void) {
    pthread_once(&once, register_once);
    return registered;
}
