/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The files below given paths, in a fixed order. */
#ifndef SP_CLIENTS_CLI_NOTICE_FILES_H
#define SP_CLIENTS_CLI_NOTICE_FILES_H

#include <stddef.h>

#include "base/status.h"

enum { SP_CLI_FILES_MAX = 1000 * 1000, SP_CLI_DIRECTORIES_DEEP = 32 };

struct sp_cli_files {
    char **paths; /* heap, each too */
    size_t count;
    size_t capacity;
};

/** Add @p path, or the files of the directory @p path and of those below it, by name; what begins
 *  with a dot is passed over. @return SP_OK; SP_NOT_FOUND; SP_IO; SP_LIMIT; SP_NOMEM */
enum sp_status sp_cli_files_add(struct sp_cli_files *files, const char *path, struct sp_error *err);

/** Free the paths; zeroed storage is accepted. */
void sp_cli_files_release(struct sp_cli_files *files);

#endif
