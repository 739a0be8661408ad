// What is left of the unsynced when the power goes. A disk keeps no order between writes that no sync parts.
#include "disk.h"

#include <stdlib.h>
#include <string.h>

static uint64_t mixed(uint64_t value) {
    value += 0x9E3779B97F4A7C15;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
    return value ^ (value >> 31);
}

static uint64_t seed_of(uint64_t seed, const char *name) {
    uint64_t hash = 0xCBF29CE484222325;
    for (; *name; name++) hash = (hash ^ (uint8_t)*name) * 0x100000001B3;
    return mixed(seed ^ hash);
}

// The part of a change that lies in one sector.
static void apply_in_sector(image *image, const change *change, int64_t sector) {
    int64_t from = sector * SECTOR, to = from + SECTOR;
    if (!change->bytes) {
        if (change->offset > from) from = change->offset;
        if (to > image->length) to = image->length;
        if (from < to) memset(image->bytes + from, 0, (size_t)(to - from));
        return;
    }
    if (change->offset > from) from = change->offset;
    if (change->offset + change->length < to) to = change->offset + change->length;
    if (from < to) image_write(image, change->bytes + (from - change->offset), to - from, from);
}

static void apply_whole(image *image, const change *change) {
    if (change->bytes) image_write(image, change->bytes, change->length, change->offset);
    else image_resize(image, change->offset);
}

// The first changes in their order, and the beginning of the next one.
static void keep_prefix(const file *file, image *left, uint64_t seed) {
    size_t whole = mixed(seed) % (file->change_count + 1);
    for (size_t i = 0; i < whole; i++) apply_whole(left, &file->changes[i]);
    if (whole == file->change_count || !file->changes[whole].bytes) return;
    change torn = file->changes[whole];
    // To the border of a sector: a disk writes a whole one or none.
    int64_t end = (torn.offset + (int64_t)(mixed(seed + 1) % (uint64_t)(torn.length + 1))) / SECTOR * SECTOR;
    if (end <= torn.offset) return;
    torn.length = end - torn.offset < torn.length ? end - torn.offset : torn.length;
    apply_whole(left, &torn);
}

// Each change is there or not, whatever came before it.
static void keep_some_writes(const file *file, image *left, uint64_t seed) {
    for (size_t i = 0; i < file->change_count; i++)
        if (mixed(seed + i) & 1) apply_whole(left, &file->changes[i]);
}

// Each sector shows one of its moments, whatever the others show; so does the length.
static void keep_some_sectors(const file *file, image *left, uint64_t seed) {
    int64_t longest = left->length, length = left->length;
    size_t lengths = mixed(seed) % (file->change_count + 1);
    int64_t chosen = left->length;
    for (size_t i = 0; i < file->change_count; i++) {
        const change *change = &file->changes[i];
        int64_t end = change->offset + change->length;
        length = change->bytes ? (end > length ? end : length) : change->offset;
        if (length > longest) longest = length;
        if (i + 1 == lengths) chosen = length;
    }
    image_resize(left, longest);
    int64_t sectors = (longest + SECTOR - 1) / SECTOR;
    for (int64_t sector = 0; sector < sectors; sector++) {
        size_t touches = 0;
        for (int pass = 0; pass < 2; pass++) {
            size_t wanted = pass == 0 ? 0 : mixed(seed ^ mixed((uint64_t)sector)) % (touches + 1);
            size_t seen = 0;
            for (size_t i = 0; i < file->change_count; i++) {
                const change *change = &file->changes[i];
                int64_t end = change->bytes ? change->offset + change->length : longest;
                if (end <= sector * SECTOR || change->offset >= (sector + 1) * SECTOR) continue;
                if (pass == 1 && seen < wanted) apply_in_sector(left, change, sector);
                seen++;
            }
            touches = seen;
        }
    }
    image_resize(left, chosen);
}

static void cut_file(file *file, int cut, uint64_t seed) {
    image left = { 0 };
    image_copy(&left, &file->durable);
    switch (cut) {
    case FNF_CUT_NONE: break;
    case FNF_CUT_ALL:
        for (size_t i = 0; i < file->change_count; i++) apply_whole(&left, &file->changes[i]);
        break;
    case FNF_CUT_PREFIX: keep_prefix(file, &left, seed); break;
    case FNF_CUT_WRITES: keep_some_writes(file, &left, seed); break;
    default: keep_some_sectors(file, &left, seed); break;
    }
    file_put(file, left.bytes, left.length);
    image_free(&left);
}

static bool survives(int cut, uint64_t seed) {
    return cut == FNF_CUT_ALL || (cut != FNF_CUT_NONE && mixed(seed ^ 0xF11E) & 1);
}

void disk_cut_power(fnf_disk *disk, int cut, uint64_t seed) {
    // Files whose removal no sync followed come back where nothing of their name has been made durable since.
    for (file **link = &disk->removed; *link;) {
        file *back = *link;
        const file *taken = file_find(disk, back->name);
        bool removal_stays = survives(cut, seed_of(seed ^ 0xDE1E7E, back->name));
        if (removal_stays || (taken && taken->is_durable)) {
            link = &back->next;
            continue;
        }
        *link = back->next;
        if (taken) file_delete(disk, file_find(disk, back->name), false);
        back->next = disk->files;
        disk->files = back;
    }
    disk_forget_removed(disk);
    for (file **link = &disk->files; *link;) {
        file *file = *link;
        uint64_t own = seed_of(seed, file->name);
        if (!file->is_durable && !survives(cut, own)) {
            *link = file->next;
            file->next = disk->removed;
            disk->removed = file;
            continue;
        }
        cut_file(file, cut, own);
        link = &file->next;
    }
    disk_forget_removed(disk);
}
