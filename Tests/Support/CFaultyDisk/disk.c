#include "disk.h"

#include <stdlib.h>
#include <string.h>

static pthread_mutex_t all_disks_mutex = PTHREAD_MUTEX_INITIALIZER;
static fnf_disk *all_disks;

static void *grown(void *memory, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) return memory;
    *capacity = *capacity ? *capacity * 2 : 16;
    void *more = realloc(memory, *capacity * size);
    if (!more) abort();
    return more;
}

// MARK: Bytes

static void image_reserve(image *image, int64_t length) {
    if (length <= image->capacity) return;
    int64_t capacity = image->capacity ? image->capacity : 4096;
    while (capacity < length) capacity *= 2;
    image->bytes = realloc(image->bytes, (size_t)capacity);
    if (!image->bytes) abort();
    image->capacity = capacity;
}

void image_resize(image *image, int64_t length) {
    image_reserve(image, length);
    if (length > image->length) memset(image->bytes + image->length, 0, (size_t)(length - image->length));
    image->length = length;
}

void image_copy(image *to, const image *from) {
    image_reserve(to, from->length);
    if (from->length) memcpy(to->bytes, from->bytes, (size_t)from->length);
    to->length = from->length;
}

void image_free(image *image) {
    free(image->bytes);
    memset(image, 0, sizeof *image);
}

void image_write(image *image, const uint8_t *bytes, int64_t length, int64_t offset) {
    if (offset + length > image->length) image_resize(image, offset + length);
    if (length) memcpy(image->bytes + offset, bytes, (size_t)length);
}

static void image_apply(image *image, const change *change) {
    if (change->bytes) image_write(image, change->bytes, change->length, change->offset);
    else image_resize(image, change->offset);
}

// MARK: Files

static void forget_changes(file *file) {
    for (size_t i = 0; i < file->change_count; i++) free(file->changes[i].bytes);
    file->change_count = 0;
}

static void file_free(file *file) {
    forget_changes(file);
    free(file->changes);
    image_free(&file->now);
    image_free(&file->durable);
    for (int i = 0; i < file->shm_regions; i++) free(file->shm[i]);
    free(file->shm);
    free(file->name);
    free(file);
}

static void file_detach(file *file) {
    file->next = NULL;
    file->is_detached = true;
    if (file->handles == 0) file_free(file);
}

void file_close(file *file) {
    file->handles--;
    if (file->handles == 0 && file->is_detached) file_free(file);
}

file *file_find(fnf_disk *disk, const char *name) {
    for (file *file = disk->files; file; file = file->next)
        if (strcmp(file->name, name) == 0) return file;
    return NULL;
}

file *file_make(fnf_disk *disk, const char *name) {
    file *made = calloc(1, sizeof *made);
    if (!made) abort();
    made->name = strdup(name);
    made->next = disk->files;
    disk->files = made;
    return made;
}

// A change of `length` bytes, or the cut to `offset` where `bytes` is NULL.
static void note_change(file *file, int64_t offset, int64_t length, const uint8_t *bytes) {
    uint8_t *copy = NULL;
    if (bytes) {
        copy = malloc(length ? (size_t)length : 1);
        if (!copy) abort();
        memcpy(copy, bytes, (size_t)length);
    }
    file->changes = grown(file->changes, file->change_count, &file->change_capacity, sizeof(change));
    file->changes[file->change_count++] = (change){ .offset = offset, .length = length, .bytes = copy };
}

void file_write(file *file, const uint8_t *bytes, int64_t length, int64_t offset) {
    if (length <= 0) return;
    image_write(&file->now, bytes, length, offset);
    note_change(file, offset, length, bytes);
}

void file_truncate(file *file, int64_t length) {
    if (length == file->now.length) return;
    image_resize(&file->now, length);
    note_change(file, length, 0, NULL);
}

void file_sync(fnf_disk *disk, file *file) {
    disk->syncs++;
    if (disk->is_lying) return;
    for (size_t i = 0; i < file->change_count; i++) image_apply(&file->durable, &file->changes[i]);
    forget_changes(file);
    if (!file->is_detached) file->is_durable = true;
}

void file_drop_changes(file *file, bool also_read) {
    forget_changes(file);
    if (also_read) image_copy(&file->now, &file->durable);
}

void disk_sync_folder(fnf_disk *disk) {
    for (file *file = disk->files; file; file = file->next) file->is_durable = true;
    disk_forget_removed(disk);
}

void disk_forget_removed(fnf_disk *disk) {
    while (disk->removed) {
        file *file = disk->removed;
        disk->removed = file->next;
        file_detach(file);
    }
}

void file_delete(fnf_disk *disk, file *removed, bool sync_folder) {
    for (file **link = &disk->files; *link; link = &(*link)->next) {
        if (*link != removed) continue;
        *link = removed->next;
        break;
    }
    if (removed->is_durable) {
        removed->next = disk->removed;
        disk->removed = removed;
    } else {
        file_detach(removed);
    }
    if (sync_folder && !disk->is_lying) disk_sync_folder(disk);
}

// Puts bytes in place of what the file holds, durable.
void file_put(file *file, const uint8_t *bytes, int64_t count) {
    forget_changes(file);
    image_resize(&file->now, 0);
    if (count > 0) image_write(&file->now, bytes, count, 0);
    image_copy(&file->durable, &file->now);
    file->is_durable = true;
}

// MARK: Booting

// Gives the file's bytes to a file of the next boot: handles of this one keep a file that nobody else sees.
static void hand_over(file *old, file **list) {
    file *made = calloc(1, sizeof *made);
    if (!made) abort();
    made->name = strdup(old->name);
    made->is_durable = old->is_durable;
    made->now = old->now;
    made->durable = old->durable;
    made->changes = old->changes;
    made->change_count = old->change_count;
    made->change_capacity = old->change_capacity;
    memset(&old->now, 0, sizeof old->now);
    memset(&old->durable, 0, sizeof old->durable);
    old->changes = NULL;
    old->change_count = old->change_capacity = 0;
    made->next = *list;
    *list = made;
    file_detach(old);
}

static void reverse(file **list) {
    file *reversed = NULL;
    while (*list) {
        file *file = *list;
        *list = file->next;
        file->next = reversed;
        reversed = file;
    }
    *list = reversed;
}

void disk_boot(fnf_disk *disk) {
    file *lists[2] = { disk->files, disk->removed };
    disk->files = disk->removed = NULL;
    for (int i = 0; i < 2; i++) {
        for (file *file = lists[i], *next; file; file = next) {
            next = file->next;
            hand_over(file, i == 0 ? &disk->files : &disk->removed);
        }
    }
    reverse(&disk->files);
    reverse(&disk->removed);
    disk->is_dead = false;
    disk->boots++;
}

// MARK: Disks

static void disk_free(fnf_disk *disk) {
    for (file *file = disk->files, *next; file; file = next) next = file->next, file_detach(file);
    disk->files = NULL;
    disk_forget_removed(disk);
    for (size_t i = 0; i < disk->name_count; i++) free(disk->names[i]);
    free(disk->names);
    free(disk->trace);
    free(disk->plan);
    free(disk->id);
    pthread_mutex_destroy(&disk->mutex);
    free(disk);
}

static fnf_disk *disk_find(const char *id, size_t length) {
    for (fnf_disk *disk = all_disks; disk; disk = disk->next)
        if (strlen(disk->id) == length && memcmp(disk->id, id, length) == 0) return disk;
    return NULL;
}

fnf_disk *fnf_disk_make(const char *id) {
    fnf_disk *disk = calloc(1, sizeof *disk);
    if (!disk) abort();
    disk->id = strdup(id);
    disk->references = 1;
    pthread_mutex_init(&disk->mutex, NULL);
    pthread_mutex_lock(&all_disks_mutex);
    bool is_taken = disk_find(id, strlen(id)) != NULL;
    if (!is_taken) {
        disk->next = all_disks;
        all_disks = disk;
    }
    pthread_mutex_unlock(&all_disks_mutex);
    if (!is_taken) return disk;
    disk_free(disk);
    return NULL;
}

fnf_disk *disk_of_path(const char *path, const char **name) {
    static const char prefix[] = "/faulty/";
    if (strncmp(path, prefix, sizeof prefix - 1) != 0) return NULL;
    const char *id = path + sizeof prefix - 1, *end = strchr(id, '/');
    if (!end || !end[1]) return NULL;
    *name = end + 1;
    pthread_mutex_lock(&all_disks_mutex);
    fnf_disk *disk = disk_find(id, (size_t)(end - id));
    if (disk) disk->references++;
    pthread_mutex_unlock(&all_disks_mutex);
    return disk;
}

void disk_release(fnf_disk *disk) {
    pthread_mutex_lock(&all_disks_mutex);
    bool is_last = --disk->references == 0;
    pthread_mutex_unlock(&all_disks_mutex);
    if (is_last) disk_free(disk);
}

void fnf_disk_drop(fnf_disk *disk) {
    pthread_mutex_lock(&all_disks_mutex);
    for (fnf_disk **link = &all_disks; *link; link = &(*link)->next) {
        if (*link != disk) continue;
        *link = disk->next;
        break;
    }
    pthread_mutex_unlock(&all_disks_mutex);
    disk_release(disk);
}
