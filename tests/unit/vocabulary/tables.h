/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Where the tests of this folder find the run-time tables and the try-out data.
 */
#ifndef SP_TESTS_UNIT_VOCABULARY_TABLES_H
#define SP_TESTS_UNIT_VOCABULARY_TABLES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/status.h"

/** Write the path of the vocabulary's tables; SPOINA_SHARE is set by CTest. */
static inline const char *tables_directory(char out[4096])
{
    const char *share = getenv("SPOINA_SHARE");
    assert_non_null(share);
    (void)snprintf(out, 4096, "%s/vocabulary", share);
    return out;
}

/** Open a file of the try-out data; skips the test, saying so, when it is not there. */
static inline FILE *open_shared(const char *name)
{
    const char *shared = getenv("SPOINA_SHARED");
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/data/%s", shared == NULL ? "" : shared, name);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        print_message("skipped: no try-out data (%s)\n", name);
        skip();
    }
    return file;
}

#define assert_ok(call, err)                                                                       \
    do {                                                                                           \
        enum sp_status got_ = (call);                                                              \
        if (got_ != SP_OK) {                                                                       \
            fail_msg("%s: %s: %s", #call, sp_status_name(got_), (err).english);                    \
        }                                                                                          \
    } while (0)

#endif
