/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *sp_status_text(enum sp_status status)
{
    switch (status) {
#define X(name, number, sentence)                                                                  \
    case SP_##name:                                                                                \
        return sentence;
        SP_STATUS_LIST(X)
#undef X
    }
    return "unknown status";
}

const char *sp_status_name(enum sp_status status)
{
    switch (status) {
#define X(name, number, sentence)                                                                  \
    case SP_##name:                                                                                \
        return #name;
        SP_STATUS_LIST(X)
#undef X
    }
    return "UNKNOWN";
}

/* Cut a possibly torn last character off a full buffer. */
static void trim_to_character(char *text, size_t size)
{
    size_t length = strlen(text);
    if (length + 1 < size) {
        return;
    }
    size_t start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80) {
        start--;
    }
    if (start == 0) {
        return;
    }
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length - (start - 1) < want) {
        text[start - 1] = '\0';
    }
}

enum sp_status sp_error_set(struct sp_error *err, const char *file, int line, enum sp_status status,
                            const char *place, const char *polish, const char *english, ...)
{
    if (err == NULL) {
        return status;
    }
    /* place may point into err itself (re-raising), so it is copied through a local. */
    char kept[sizeof err->place];
    (void)snprintf(kept, sizeof kept, "%s", place != NULL ? place : "");
    err->status = status;
    err->file = file;
    err->line = line;
    memcpy(err->place, kept, sizeof kept);
    va_list args;
    va_list again;
    va_start(args, english);
    va_copy(again, args);
    (void)vsnprintf(err->polish, sizeof err->polish, polish, args);
    (void)vsnprintf(err->english, sizeof err->english, english, again);
    va_end(again);
    va_end(args);
    trim_to_character(err->place, sizeof err->place);
    trim_to_character(err->polish, sizeof err->polish);
    trim_to_character(err->english, sizeof err->english);
    return status;
}

void sp_error_prefix(struct sp_error *err, const char *prefix)
{
    if (err == NULL || prefix == NULL || prefix[0] == '\0') {
        return;
    }
    char joined[2 * sizeof err->place];
    const char *dot = err->place[0] == '\0' || err->place[0] == '[' ? "" : ".";
    (void)snprintf(joined, sizeof joined, "%.127s%s%s", prefix, dot, err->place);
    joined[sizeof err->place - 1] = '\0';
    memcpy(err->place, joined, sizeof err->place);
    trim_to_character(err->place, sizeof err->place);
}

void sp_assert_failed(const char *file, int line, const char *condition)
{
    (void)fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, condition);
    abort();
}
