/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Another program run over some bytes: in a process of its own, without a shell, with bounds on
 * time, memory and output. Only this folder includes it.
 *
 * The bytes are its standard input, a file without a name: a draft never lies on a disk. It gets no
 * environment but its locale, no open files but the three standard ones, and cannot write files.
 */
#ifndef SP_DOCUMENT_PROGRAM_H
#define SP_DOCUMENT_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"

enum {
    SP_PROGRAM_MEMORY_MAX_BYTES = 1 << 30, /* address space; poppler takes 20 MB, 300 for posters */
    SP_PROGRAM_COMPLAINTS_MAX_BYTES = 4096
};

struct sp_program_options {
    const char *path;             /* absolute */
    const char *const *arguments; /* the first is the name; ended by NULL */
    struct sp_view input;
    uint32_t most_ms; /* of wall clock; as much of processor, in whole seconds */
};

struct sp_program_result {
    int exit_code;   /* -1: it was ended by a signal */
    bool output_cut; /* there was more than the buffer takes: it was ended early */
    char complaints[SP_PROGRAM_COMPLAINTS_MAX_BYTES]; /* its standard error, NUL-terminated */
};

/**
 * Run a program and wait for it.
 *
 * @param output  initialised; gets its standard output up to max_bytes
 * @return SP_OK (see the exit code); SP_DEADLINE (it was killed); SP_IO (cannot be started);
 *         SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_program_run(const struct sp_program_options *options,
                                            struct sp_buffer *output,
                                            struct sp_program_result *result, struct sp_error *err);

#endif
