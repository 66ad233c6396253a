/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/notice_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"

enum { FIRST_PATHS = 64, PATH_MAX_BYTES = 4096 };

void sp_cli_files_release(struct sp_cli_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        sp_free(files->paths[i]);
    }
    sp_free(files->paths);
    *files = (struct sp_cli_files){.count = 0};
}

static enum sp_status add_file(struct sp_cli_files *files, const char *path, struct sp_error *err)
{
    if (files->count == SP_CLI_FILES_MAX) {
        return SP_FAIL(err, SP_LIMIT, path, "Ponad %d plików.", "More than %d files.",
                       SP_CLI_FILES_MAX);
    }
    if (files->count == files->capacity) {
        size_t capacity = files->capacity == 0 ? FIRST_PATHS : 2 * files->capacity;
        char **grown = sp_realloc(files->paths, capacity, sizeof *files->paths);
        if (grown == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        files->paths = grown;
        files->capacity = capacity;
    }
    char *copy = sp_strndup(path, strlen(path));
    if (copy == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    files->paths[files->count++] = copy;
    return SP_OK;
}

static int skip_hidden(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static enum sp_status fail_errno(const char *path, struct sp_error *err)
{
    return SP_FAIL(err, errno == ENOENT ? SP_NOT_FOUND : SP_IO, path, "Nie można odczytać: %s.",
                   "Cannot be read: %s.", strerror(errno));
}

/* Depth is bounded by SP_CLI_DIRECTORIES_DEEP, so recursion is, too. */
static enum sp_status add_path(struct sp_cli_files *files, const char *path, int depth,
                               struct sp_error *err)
{
    struct stat about;
    struct dirent **entries = NULL;
    if (stat(path, &about) != 0) {
        return fail_errno(path, err);
    }
    if (!S_ISDIR(about.st_mode)) {
        return add_file(files, path, err);
    }
    if (depth == SP_CLI_DIRECTORIES_DEEP) {
        return SP_FAIL(err, SP_LIMIT, path, "Katalogi zagnieżdżone głębiej niż %d.",
                       "Directories nested deeper than %d.", SP_CLI_DIRECTORIES_DEEP);
    }
    int count = scandir(path, &entries, skip_hidden, alphasort);
    if (count < 0) {
        return fail_errno(path, err);
    }
    enum sp_status status = SP_OK;
    for (int i = 0; i < count; i++) {
        char inner[PATH_MAX_BYTES];
        if (status == SP_OK) {
            status = sp_file_join(path, entries[i]->d_name, inner, sizeof inner);
        }
        if (status == SP_OK) {
            status = add_path(files, inner, depth + 1, err);
        }
        free(entries[i]); /* of scandir() */
    }
    free(entries);
    return status;
}

enum sp_status sp_cli_files_add(struct sp_cli_files *files, const char *path, struct sp_error *err)
{
    return add_path(files, path, 0, err);
}
