/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The options of spoinad, from one table: parsing, bounds and --help all come from it.
 */
#ifndef SP_OPERATIONS_OPTIONS_H
#define SP_OPERATIONS_OPTIONS_H

#include <stdint.h>
#include <stdio.h>

#include "base/locale.h"
#include "base/status.h"

enum sp_options_action { SP_OPTIONS_RUN, SP_OPTIONS_HELP, SP_OPTIONS_VERSION };

/** The running configuration; constant once parsed. Texts live as long as argv. */
struct sp_options {
    enum sp_options_action action;
    const char *data;
    const char *listen;
    const char *share; /* NULL: beside the program, see sp_options_share() */
    const char *log;
    int64_t workers;
    int64_t queue;
    int64_t batch;
    int64_t connections;
    int64_t connections_per_address;
    int64_t idle_s;
    int64_t head_s;
    int64_t body_s;
    int64_t write_s;
    int64_t call_s;
    int64_t drain_s;
};

/**
 * Parse "--name value" and "--name=value".
 *
 * @return SP_OK; SP_INVALID (unknown option, missing value, out of bounds, no --data)
 */
SP_MUST_CHECK enum sp_status sp_options_parse(int argc, char **argv, struct sp_options *out,
                                              struct sp_error *err);

/** Write the help text. */
void sp_options_help(FILE *out, enum sp_locale locale);

/** Language of the environment (LC_ALL, LC_MESSAGES, LANG): English if it says so, else Polish. */
enum sp_locale sp_options_locale(void);

/** Folder of the run-time tables: --share, else $SPOINA_SHARE, else ../share/spoina beside the
 *  program. @return SP_OK; SP_LIMIT; SP_IO */
SP_MUST_CHECK enum sp_status sp_options_share(const struct sp_options *options, char *out,
                                              size_t size, struct sp_error *err);

#endif
