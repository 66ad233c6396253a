/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/fault/fault_disk.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR_BYTES = 512, FILES_MAX = 64, PATH_BYTES = 1024 };

/** A write (data), or a new size (data NULL, length is the size), that was not synced. */
struct change {
    struct change *next;
    sqlite3_int64 offset;
    sqlite3_int64 length;
    unsigned char *data;
};

/** A file as the disk has it, by name. */
struct node {
    char path[PATH_BYTES];
    bool durable; /* its name outlives a cut */
    bool deleted; /* but its removal may not */
    unsigned char *synced;
    sqlite3_int64 synced_bytes;
    struct change *first;
    struct change **last;
};

struct file {
    sqlite3_file base;
    struct node *node; /* NULL: a temporary file */
    sqlite3_file *real;
};

/* The one disk of the process: SQLite's VFS is global as well. */
static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    sqlite3_io_methods methods;
    struct node nodes[FILES_MAX];
    unsigned node_count;
    enum fault_kind kind;
    bool on_reads;
    bool fired;
    bool lying;
    long left;
    struct fault_disk_counts counts;
} disk;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct file *)(void *)file)->real;
}

static struct node *node_of(sqlite3_file *file)
{
    return ((struct file *)(void *)file)->node;
}

static uint64_t draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state * UINT64_C(0x2545F4914F6CDD1D) >> 16;
}

/** Is this the call that fails, or one after it? */
static bool fails(bool is_read)
{
    if (is_read) {
        disk.counts.reads++;
    } else {
        disk.counts.calls++;
    }
    if (disk.kind == FAULT_NONE) {
        return false;
    }
    if (disk.fired) {
        return disk.kind == FAULT_POWER || (disk.kind != FAULT_IO_ONCE && is_read == disk.on_reads);
    }
    if (is_read == disk.on_reads && disk.left-- == 0) {
        disk.fired = true;
        return true;
    }
    return false;
}

static void forget_changes(struct node *node)
{
    while (node->first != NULL) {
        struct change *change = node->first;
        node->first = change->next;
        free(change->data);
        free(change);
    }
    node->last = &node->first;
}

static void resize(struct node *node, sqlite3_int64 bytes)
{
    unsigned char *grown = realloc(node->synced, (size_t)bytes + 1);
    if (grown == NULL) {
        abort();
    }
    if (bytes > node->synced_bytes) {
        memset(grown + node->synced_bytes, 0, (size_t)(bytes - node->synced_bytes));
    }
    node->synced = grown;
    node->synced_bytes = bytes;
}

static void apply_bytes(struct node *node, sqlite3_int64 offset, const unsigned char *data,
                        sqlite3_int64 length)
{
    if (offset + length > node->synced_bytes) {
        resize(node, offset + length);
    }
    memcpy(node->synced + offset, data, (size_t)length);
}

static void remember(struct node *node, sqlite3_int64 offset, const void *data,
                     sqlite3_int64 length)
{
    struct change *change = calloc(1, sizeof *change);
    if (change == NULL) {
        abort();
    }
    change->offset = offset;
    change->length = length;
    if (data != NULL) {
        change->data = malloc((size_t)length + 1);
        if (change->data == NULL) {
            abort();
        }
        memcpy(change->data, data, (size_t)length);
    }
    *node->last = change;
    node->last = &change->next;
}

/** What SQLite does with the directory when it first syncs a new journal or WAL (and what ext4 and
 *  xfs do by themselves for any new file): names that are gone stay gone. */
static void sync_names(void)
{
    for (unsigned i = 0; i < disk.node_count; i++) {
        struct node *node = &disk.nodes[i];
        if (node->deleted) {
            resize(node, 0);
            node->durable = false;
            node->deleted = false;
        }
    }
}

/** All that was written reaches the disk. */
static void settle(struct node *node)
{
    for (struct change *change = node->first; change != NULL; change = change->next) {
        if (change->data == NULL) {
            resize(node, change->length);
        } else {
            apply_bytes(node, change->offset, change->data, change->length);
        }
    }
    forget_changes(node);
    if (!node->durable) {
        sync_names();
    }
    node->durable = true;
}

/** Some of it does: each sector by itself, whole, or only its beginning, or not. */
static void settle_some(struct node *node, uint64_t *chance, unsigned keep_percent)
{
    for (struct change *change = node->first; change != NULL; change = change->next) {
        if (change->data == NULL) {
            if (draw(chance) % 100 < keep_percent) {
                resize(node, change->length);
            }
            continue;
        }
        for (sqlite3_int64 at = 0; at < change->length;) {
            sqlite3_int64 end = change->offset + at;
            end = (end / SECTOR_BYTES + 1) * SECTOR_BYTES - change->offset;
            end = end < change->length ? end : change->length;
            sqlite3_int64 length = end - at;
            if (draw(chance) % 100 < keep_percent) {
                if (draw(chance) % 8 == 0) {
                    length = (sqlite3_int64)(draw(chance) % (uint64_t)length);
                }
                apply_bytes(node, change->offset + at, change->data + at, length);
            }
            at = end;
        }
    }
    forget_changes(node);
}

static struct node *find_node(const char *path)
{
    for (unsigned i = 0; i < disk.node_count; i++) {
        if (strcmp(disk.nodes[i].path, path) == 0) {
            return &disk.nodes[i];
        }
    }
    return NULL;
}

/** Take in what is on the real disk: it was there before. */
static void load(struct node *node)
{
    FILE *in = fopen(node->path, "rb");
    if (in == NULL) {
        return;
    }
    (void)fseek(in, 0, SEEK_END);
    long bytes = ftell(in);
    (void)fseek(in, 0, SEEK_SET);
    resize(node, bytes);
    if (fread(node->synced, 1, (size_t)bytes, in) != (size_t)bytes) {
        abort();
    }
    (void)fclose(in);
    node->durable = true;
}

static struct node *make_node(const char *path)
{
    struct node *node = find_node(path);
    if (node != NULL) {
        return node;
    }
    if (disk.node_count == FILES_MAX || strlen(path) >= PATH_BYTES) {
        abort();
    }
    node = &disk.nodes[disk.node_count++];
    *node = (struct node){.durable = false};
    node->last = &node->first;
    (void)strcpy(node->path, path);
    load(node);
    return node;
}

static int disk_close(sqlite3_file *file)
{
    sqlite3_file *real = real_of(file);
    int code = real->pMethods->xClose(real);
    free(real);
    return code;
}

static int disk_read(sqlite3_file *file, void *out, int bytes, sqlite3_int64 offset)
{
    if (fails(true)) {
        return SQLITE_IOERR_READ;
    }
    return real_of(file)->pMethods->xRead(real_of(file), out, bytes, offset);
}

static int disk_write(sqlite3_file *file, const void *data, int bytes, sqlite3_int64 offset)
{
    struct node *node = node_of(file);
    sqlite3_file *real = real_of(file);
    bool was_fired = disk.fired;
    disk.counts.writes++;
    bool failing = fails(false);
    if (failing && disk.kind == FAULT_SHORT_WRITE && !was_fired) {
        (void)real->pMethods->xWrite(real, data, bytes / 2, offset);
        if (node != NULL) {
            remember(node, offset, data, bytes / 2);
        }
        return SQLITE_FULL;
    }
    if (failing && disk.kind == FAULT_POWER && !was_fired && node != NULL) {
        remember(node, offset, data, bytes); /* on its way when the light went out */
    }
    if (failing) {
        return disk.kind == FAULT_FULL || disk.kind == FAULT_SHORT_WRITE ? SQLITE_FULL
                                                                         : SQLITE_IOERR_WRITE;
    }
    int code = real->pMethods->xWrite(real, data, bytes, offset);
    if (code == SQLITE_OK && node != NULL) {
        remember(node, offset, data, bytes);
    }
    return code;
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 bytes)
{
    if (fails(false)) {
        return SQLITE_IOERR_TRUNCATE;
    }
    int code = real_of(file)->pMethods->xTruncate(real_of(file), bytes);
    if (code == SQLITE_OK && node_of(file) != NULL) {
        remember(node_of(file), 0, NULL, bytes);
    }
    return code;
}

static int disk_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    disk.counts.syncs++;
    bool is_full = disk.kind == FAULT_FULL || disk.kind == FAULT_SHORT_WRITE;
    if (is_full) {
        disk.counts.calls++;
    } else if (fails(false)) {
        return SQLITE_IOERR_FSYNC;
    }
    if (node_of(file) != NULL && !disk.lying) {
        settle(node_of(file));
    }
    return SQLITE_OK;
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *bytes)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), bytes);
}

static int disk_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int disk_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int disk_check_lock(sqlite3_file *file, int *reserved)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), reserved);
}

static int disk_control(sqlite3_file *file, int operation, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int disk_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int disk_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int disk_shm_map(sqlite3_file *file, int region, int bytes, int extend, void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), region, bytes, extend, out);
}

static int disk_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void disk_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int disk_shm_unmap(sqlite3_file *file, int remove_it)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove_it);
}

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *out, int flags,
                     int *out_flags)
{
    (void)vfs;
    struct file *file = (struct file *)(void *)out;
    file->base.pMethods = NULL;
    bool is_new = path != NULL && (flags & SQLITE_OPEN_CREATE) != 0 && access(path, F_OK) != 0;
    if (is_new && fails(false)) {
        return SQLITE_CANTOPEN;
    }
    file->node = path == NULL ? NULL : make_node(path);
    if (is_new && file->node->deleted) { /* a new file under an old name */
        resize(file->node, 0);
        file->node->deleted = false;
    }
    file->real = calloc(1, (size_t)disk.real->szOsFile);
    if (file->real == NULL) {
        return SQLITE_NOMEM;
    }
    int code = disk.real->xOpen(disk.real, path, file->real, flags, out_flags);
    if (file->real->pMethods == NULL) {
        free(file->real);
        return code;
    }
    file->base.pMethods = &disk.methods;
    return code;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync_directory)
{
    (void)vfs;
    if (fails(false)) {
        return SQLITE_IOERR_DELETE;
    }
    int code = disk.real->xDelete(disk.real, path, 0);
    struct node *node = find_node(path);
    if (code == SQLITE_OK && node != NULL) {
        forget_changes(node);
        node->deleted = true;
        if (sync_directory && !disk.lying) {
            sync_names();
        }
    }
    return code;
}

bool fault_disk_install(void)
{
    disk.real = sqlite3_vfs_find(NULL);
    if (disk.real == NULL) {
        return false;
    }
    disk.vfs = *disk.real;
    disk.vfs.pNext = NULL;
    disk.vfs.zName = "fault-disk";
    disk.vfs.szOsFile = sizeof(struct file);
    disk.vfs.xOpen = disk_open;
    disk.vfs.xDelete = disk_delete;
    /* Version 2: no xFetch, so that no read passes by. */
    disk.methods = (sqlite3_io_methods){.iVersion = 2,
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
                                        .xSectorSize = disk_sector,
                                        .xDeviceCharacteristics = disk_traits,
                                        .xShmMap = disk_shm_map,
                                        .xShmLock = disk_shm_lock,
                                        .xShmBarrier = disk_shm_barrier,
                                        .xShmUnmap = disk_shm_unmap};
    return sqlite3_vfs_register(&disk.vfs, 1) == SQLITE_OK;
}

void fault_disk_plan(enum fault_kind kind, long after, bool reads)
{
    disk.kind = kind;
    disk.left = after;
    disk.on_reads = reads;
    disk.fired = false;
}

bool fault_disk_fired(void)
{
    return disk.fired;
}

void fault_disk_lie(bool lying)
{
    disk.lying = lying;
}

static void write_back(const struct node *node)
{
    (void)unlink(node->path);
    if (!node->durable) {
        return;
    }
    FILE *out = fopen(node->path, "wb");
    size_t bytes = (size_t)node->synced_bytes;
    if (out == NULL || (bytes > 0 && fwrite(node->synced, 1, bytes, out) != bytes) ||
        fclose(out) != 0) {
        abort();
    }
}

void fault_disk_after_cut(uint64_t seed)
{
    static const unsigned keep_percents[] = {0, 10, 50, 90, 100};
    uint64_t chance = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    unsigned keep = keep_percents[draw(&chance) % 5];
    for (unsigned i = 0; i < disk.node_count; i++) {
        struct node *node = &disk.nodes[i];
        char memory[PATH_BYTES + 8];
        if (!node->durable && node->first != NULL) {
            node->durable = draw(&chance) % 100 < keep; /* the name of a new file */
        }
        if (node->deleted && draw(&chance) % 100 < 50) { /* else it comes back as it was synced */
            node->durable = false;
        }
        settle_some(node, &chance, keep);
        write_back(node);
        (void)snprintf(memory, sizeof memory, "%s-shm", node->path);
        (void)unlink(memory);
    }
    fault_disk_clear();
}

void fault_disk_clear(void)
{
    for (unsigned i = 0; i < disk.node_count; i++) {
        forget_changes(&disk.nodes[i]);
        free(disk.nodes[i].synced);
    }
    disk.node_count = 0;
    fault_disk_plan(FAULT_NONE, 0, false);
}

struct fault_disk_counts fault_disk_counts(void)
{
    return disk.counts;
}
