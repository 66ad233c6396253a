/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/store_backup.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/catalogue/database.h"
#include "matcher/catalogue/lock_file.h"
#include "matcher/catalogue/schema.h"
#include "matcher/catalogue/store_priv.h"

#define SUFFIX ".sqlite"

enum {
    PATH_MAX_BYTES = 4096,
    DIRECTORY_MODE = 0750,
    DATABASES_MAX = 16,
    NAME_MAX_BYTES = 64 /* of a database, without the suffix */
};

/** The databases of a directory; the catalogue last. */
struct databases {
    const char *directory;
    unsigned count;
    char names[DATABASES_MAX][NAME_MAX_BYTES];
};

static enum sp_status fail_file(const char *path, struct sp_error *err)
{
    int number = errno;
    enum sp_status status = number == EEXIST   ? SP_EXISTS
                            : number == ENOENT ? SP_NOT_FOUND
                            : number == ENOSPC ? SP_FULL
                            : number == EROFS  ? SP_READ_ONLY
                                               : SP_IO;
    return SP_FAIL(err, status, path, "%s: %s.", "%s: %s.", path, strerror(number));
}

static enum sp_status path_of(const char *directory, const char *name, const char *suffix,
                              char out[PATH_MAX_BYTES], struct sp_error *err)
{
    return snprintf(out, PATH_MAX_BYTES, "%s/%s%s", directory, name, suffix) < PATH_MAX_BYTES
               ? SP_OK
               : SP_FAIL(err, SP_LIMIT, directory, "Zbyt długa ścieżka.", "The path is too long.");
}

static enum sp_status make_directory(const char *path, struct sp_error *err)
{
    return mkdir(path, DIRECTORY_MODE) == 0 ? SP_OK : fail_file(path, err);
}

/** Remove a directory made here, with the files in it. */
static void remove_directory(const char *path)
{
    DIR *directory = opendir(path);
    char file[PATH_MAX_BYTES];
    if (directory == NULL) {
        return;
    }
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            sp_file_join(path, entry->d_name, file, sizeof file) == SP_OK) {
            (void)remove(file);
        }
    }
    (void)closedir(directory);
    (void)rmdir(path);
}

static enum sp_status add_database(struct databases *all, const char *file, struct sp_error *err)
{
    size_t length = strlen(file);
    size_t suffix = sizeof SUFFIX - 1;
    if (length <= suffix || strcmp(file + length - suffix, SUFFIX) != 0 ||
        strcmp(file, SP_CATALOGUE_FILE) == 0) {
        return SP_OK;
    }
    if (all->count + 1 == DATABASES_MAX || length - suffix >= NAME_MAX_BYTES) {
        return SP_FAIL(err, SP_LIMIT, file, "Za dużo baz w katalogu danych albo za długa nazwa.",
                       "Too many databases in the data directory, or too long a name.");
    }
    memcpy(all->names[all->count], file, length - suffix);
    all->names[all->count++][length - suffix] = '\0';
    return SP_OK;
}

static enum sp_status list_databases(const char *path, struct databases *all, struct sp_error *err)
{
    char catalogue[PATH_MAX_BYTES];
    *all = (struct databases){.directory = path};
    enum sp_status status = path_of(path, "catalogue", SUFFIX, catalogue, err);
    DIR *directory = status == SP_OK ? opendir(path) : NULL;
    if (status == SP_OK && (directory == NULL || access(catalogue, F_OK) != 0)) {
        status = SP_FAIL(err, SP_NOT_FOUND, path, "W %s nie ma pliku " SP_CATALOGUE_FILE ".",
                         "There is no file " SP_CATALOGUE_FILE " in %s.", path);
    }
    while (status == SP_OK) {
        struct dirent *entry = readdir(directory);
        if (entry == NULL) {
            break;
        }
        status = add_database(all, entry->d_name, err);
    }
    if (directory != NULL) {
        (void)closedir(directory);
    }
    (void)strcpy(all->names[all->count++], "catalogue");
    return status;
}

/** Copy one database, as one version of it, whoever writes to it. */
static enum sp_status copy_database(const char *from, const char *to, struct sp_error *err)
{
    sqlite3 *db = NULL;
    enum sp_status status = sp_db_open_reader(from, &db, err);
    if (status == SP_OK) {
        status = sp_db_copy(db, to, err);
    }
    (void)sqlite3_close(db);
    return status;
}

/** Copy all into the new folder @p target; nothing stays of it after a failure. */
static enum sp_status copy_all(const struct databases *all, const char *target,
                               struct sp_error *err)
{
    char from[PATH_MAX_BYTES];
    char to[PATH_MAX_BYTES];
    enum sp_status status = make_directory(target, err);
    if (status != SP_OK) {
        return status;
    }
    for (unsigned i = 0; status == SP_OK && i < all->count; i++) {
        status = path_of(all->directory, all->names[i], SUFFIX, from, err);
        if (status == SP_OK) {
            status = path_of(target, all->names[i], SUFFIX, to, err);
        }
        if (status == SP_OK) {
            status = copy_database(from, to, err);
        }
    }
    if (status == SP_OK) {
        status = sp_file_sync(target, err);
    }
    if (status == SP_OK) { /* the folder's own name */
        status = sp_file_join(target, "..", to, sizeof to);
    }
    if (status == SP_OK) {
        status = sp_file_sync(to, err);
    }
    if (status != SP_OK) {
        remove_directory(target);
    }
    return status;
}

static enum sp_status check_catalogue(const struct sp_store_options *options, const char *directory,
                                      struct sp_backup_report *report, struct sp_error *err)
{
    struct sp_store *store = NULL;
    struct sp_store_options own = *options;
    own.directory = directory;
    enum sp_status status = sp_store_open(&own, &store, err);
    if (status != SP_OK) {
        return status;
    }
    report->version = sp_store_version(store);
    report->opening = *sp_store_opening(store);
    report->schema = sp_schema_version();
    status = sp_store_verify(store, err);
    if (status == SP_OK) {
        status = sp_db_number(store->db, "SELECT count(*) FROM entity", &report->entities, err);
    }
    if (status == SP_OK) {
        status = sp_db_number(store->db, "SELECT count(*) FROM document", &report->documents, err);
    }
    sp_store_close(store);
    return status;
}

static enum sp_status check_other(const char *path, const char *name, struct sp_error *err)
{
    sqlite3 *db = NULL;
    enum sp_status status = sp_db_open_reader(path, &db, err);
    if (status == SP_OK) {
        status = sp_database_check(db, "PRAGMA integrity_check(1)", err);
    }
    if (status == SP_OK) {
        status = sp_database_check(db, "PRAGMA foreign_key_check", err);
    }
    (void)sqlite3_close(db);
    if (status != SP_OK && err != NULL) {
        (void)snprintf(err->place, sizeof err->place, "%s" SUFFIX, name);
    }
    return status;
}

/** Check the copies in @p directory; this may change them. */
static enum sp_status check_copies(const struct sp_store_options *options,
                                   const struct databases *all, const char *directory,
                                   struct sp_backup_report *report, struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    enum sp_status status = SP_OK;
    *report = (struct sp_backup_report){.databases = all->count};
    for (unsigned i = 0; status == SP_OK && i + 1 < all->count; i++) {
        status = path_of(directory, all->names[i], SUFFIX, path, err);
        if (status == SP_OK) {
            status = check_other(path, all->names[i], err);
        }
    }
    return status == SP_OK ? check_catalogue(options, directory, report, err) : status;
}

enum sp_status sp_backup_check(const struct sp_store_options *options, const char *work,
                               struct sp_backup_report *report, struct sp_error *err)
{
    struct databases all;
    char path[PATH_MAX_BYTES];
    enum sp_status status = list_databases(options->directory, &all, err);
    if (status == SP_OK) {
        status = path_of(options->directory, work, "", path, err);
    }
    if (status == SP_OK) {
        status = copy_all(&all, path, err);
    }
    if (status != SP_OK) {
        return status;
    }
    status = check_copies(options, &all, path, report, err);
    remove_directory(path);
    return status;
}

enum sp_status sp_backup_make(const struct sp_store_options *options, const char *target,
                              struct sp_backup_report *report, struct sp_error *err)
{
    struct databases all;
    struct sp_store_options copy = *options;
    copy.directory = target;
    enum sp_status status = list_databases(options->directory, &all, err);
    if (status == SP_OK) {
        status = copy_all(&all, target, err);
    }
    if (status != SP_OK) {
        return status;
    }
    status = sp_backup_check(&copy, "check", report, err);
    if (status != SP_OK) {
        remove_directory(target);
    }
    return status;
}

/** Take the write locks of all databases; @p locks are -1 where none is held. */
static enum sp_status lock_all(const struct databases *all, const char *directory,
                               int locks[DATABASES_MAX], struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    enum sp_status status = SP_OK;
    for (unsigned i = 0; i < DATABASES_MAX; i++) {
        locks[i] = -1;
    }
    for (unsigned i = 0; status == SP_OK && i < all->count; i++) {
        status = path_of(directory, all->names[i], ".lock", path, err);
        if (status == SP_OK) {
            status = sp_lock_take(path, &locks[i], err);
        }
    }
    return status;
}

/** Move DIRECTORY/NAMEsuffix into @p aside, if it is there. */
static enum sp_status move_aside(const char *directory, const char *aside, const char *name,
                                 const char *suffix, struct sp_error *err)
{
    char from[PATH_MAX_BYTES];
    char to[PATH_MAX_BYTES];
    enum sp_status status = path_of(directory, name, suffix, from, err);
    if (status == SP_OK) {
        status = path_of(aside, name, suffix, to, err);
    }
    if (status == SP_OK && rename(from, to) != 0 && errno != ENOENT) {
        status = fail_file(from, err);
    }
    return status;
}

/** Give what the WAL holds to the file itself, so that one file is all there is to keep. A damaged
 *  one is kept as it is. */
static void fold_wal(const char *directory, const char *name)
{
    char path[PATH_MAX_BYTES];
    sqlite3 *db = NULL;
    if (path_of(directory, name, SUFFIX, path, NULL) == SP_OK &&
        sp_db_open_writer(path, &db, NULL) == SP_OK) {
        (void)sqlite3_close(db); /* the last connection checkpoints */
    }
}

/** Keep an old database in @p aside. Its file also keeps its name until a new one takes it, so that
 *  there is no moment without one. */
static enum sp_status keep_aside(const char *directory, const char *aside, const char *name,
                                 struct sp_error *err)
{
    char from[PATH_MAX_BYTES];
    char to[PATH_MAX_BYTES];
    fold_wal(directory, name);
    enum sp_status status = move_aside(directory, aside, name, SUFFIX "-wal", err);
    if (status == SP_OK) {
        status = move_aside(directory, aside, name, SUFFIX "-shm", err);
    }
    if (status == SP_OK) {
        status = path_of(directory, name, SUFFIX, from, err);
    }
    if (status == SP_OK) {
        status = path_of(aside, name, SUFFIX, to, err);
    }
    if (status == SP_OK && link(from, to) != 0) {
        status = fail_file(from, err);
    }
    return status;
}

static bool has(const struct databases *all, const char *name)
{
    for (unsigned i = 0; i < all->count; i++) {
        if (strcmp(all->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/** Keep all that is there; then remove what the backup has not got. */
static enum sp_status clear_place(const struct databases *old, const struct databases *new,
                                  const char *aside, struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    enum sp_status status = make_directory(aside, err);
    for (unsigned i = 0; status == SP_OK && i < old->count; i++) {
        status = keep_aside(old->directory, aside, old->names[i], err);
    }
    if (status == SP_OK) {
        status = sp_file_sync(aside, err);
    }
    for (unsigned i = 0; status == SP_OK && i < old->count; i++) {
        status = path_of(old->directory, old->names[i], SUFFIX, path, err);
        if (status == SP_OK && !has(new, old->names[i]) && remove(path) != 0) {
            status = fail_file(path, err);
        }
    }
    return status;
}

/** Let the checked copies take their names, the catalogue last. */
static enum sp_status move_in(const struct databases *new, const char *work, const char *directory,
                              struct sp_error *err)
{
    char from[PATH_MAX_BYTES];
    char to[PATH_MAX_BYTES];
    enum sp_status status = SP_OK;
    for (unsigned i = 0; status == SP_OK && i < new->count; i++) {
        status = path_of(work, new->names[i], SUFFIX, from, err);
        if (status == SP_OK) {
            status = path_of(directory, new->names[i], SUFFIX, to, err);
        }
        if (status == SP_OK) {
            status = sp_file_sync(from, err);
        }
        if (status == SP_OK && rename(from, to) != 0) {
            status = fail_file(to, err);
        }
    }
    return status == SP_OK ? sp_file_sync(directory, err) : status;
}

/** With the locks held and the work folder made: check, then exchange. */
static enum sp_status exchange(const struct sp_store_options *options, const struct databases *new,
                               const char *work, const char *aside, struct sp_backup_report *report,
                               struct sp_error *err)
{
    struct databases old;
    enum sp_status status = check_copies(options, new, work, report, err);
    if (status != SP_OK) {
        return status;
    }
    if (list_databases(options->directory, &old, NULL) == SP_OK) {
        status = clear_place(&old, new, aside, err);
    }
    return status == SP_OK ? move_in(new, work, options->directory, err) : status;
}

enum sp_status sp_backup_restore(const struct sp_store_options *options, const char *source,
                                 const char *work, const char *aside,
                                 struct sp_backup_report *report, struct sp_error *err)
{
    struct databases new;
    int locks[DATABASES_MAX];
    char work_path[PATH_MAX_BYTES];
    char aside_path[PATH_MAX_BYTES];
    if (mkdir(options->directory, DIRECTORY_MODE) != 0 && errno != EEXIST) {
        return fail_file(options->directory, err);
    }
    enum sp_status status = list_databases(source, &new, err);
    if (status == SP_OK) {
        status = path_of(options->directory, work, "", work_path, err);
    }
    if (status == SP_OK) {
        status = path_of(options->directory, aside, "", aside_path, err);
    }
    if (status != SP_OK) {
        return status;
    }
    status = lock_all(&new, options->directory, locks, err);
    if (status == SP_OK) {
        status = copy_all(&new, work_path, err);
    }
    if (status == SP_OK) {
        status = exchange(options, &new, work_path, aside_path, report, err);
        remove_directory(work_path);
    }
    for (unsigned i = 0; i < DATABASES_MAX; i++) {
        sp_lock_release(locks[i]);
    }
    return status;
}
