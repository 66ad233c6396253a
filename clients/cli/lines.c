/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Standard input, a text a line. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "clients/cli/verbs.h"

static enum sp_status check_line(const char *line, size_t length, unsigned long number,
                                 struct sp_error *err)
{
    char place[32];
    (void)snprintf(place, sizeof place, "-:%lu", number);
    if (strlen(line) != length) {
        return SP_FAIL(err, SP_INVALID, place, "Wiersz zawiera znak o kodzie 0.",
                       "The line contains a NUL character.");
    }
    if (sp_utf8_check(sp_view_from(line, length)) != length) {
        return SP_FAIL(err, SP_INVALID, place, "Wiersz nie jest poprawnym UTF-8.",
                       "The line is not valid UTF-8.");
    }
    return SP_OK;
}

enum sp_status sp_cli_each_line(struct sp_cli_session *session,
                                const struct sp_cli_options *options, sp_cli_line_fn *take,
                                struct sp_error *err)
{
    char *line = NULL;
    size_t capacity = 0;
    enum sp_status status = SP_OK;
    for (unsigned long number = 1; status == SP_OK; number++) {
        errno = 0;
        ssize_t length = getline(&line, &capacity, stdin);
        if (length < 0) {
            status = errno == ENOMEM ? SP_FAIL_NOMEM(err)
                     : ferror(stdin) ? SP_FAIL(err, SP_IO, "-", "Odczyt wejścia się nie udał.",
                                               "Reading standard input failed.")
                                     : SP_OK;
            break;
        }
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r')) {
            line[--length] = '\0';
        }
        status = check_line(line, (size_t)length, number, err);
        if (status == SP_OK) {
            status = take(session, options, line, err);
        }
        if (status == SP_OK && !options->json) {
            (void)fputc('\n', stdout);
        }
    }
    free(line); /* of getline() */
    return status;
}
