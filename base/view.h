/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Borrowed bytes: a pointer and a length, not NUL-terminated, passed by value.
 */
#ifndef SP_BASE_VIEW_H
#define SP_BASE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct sp_view {
    const char *data; /* borrowed; NULL only when length is 0 */
    size_t length;    /* bytes */
};

/** View a NUL-terminated string; NULL gives an empty view. */
static inline struct sp_view sp_view_of(const char *text)
{
    return (struct sp_view){text, text == NULL ? 0 : strlen(text)};
}

static inline struct sp_view sp_view_from(const char *data, size_t length)
{
    return (struct sp_view){data, length};
}

static inline bool sp_view_equal(struct sp_view a, struct sp_view b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool sp_view_is(struct sp_view a, const char *text)
{
    return sp_view_equal(a, sp_view_of(text));
}

static inline bool sp_view_starts_with(struct sp_view a, struct sp_view prefix)
{
    return a.length >= prefix.length && memcmp(a.data, prefix.data, prefix.length) == 0;
}

/** Order by bytes, shorter first among equals; <0, 0, >0. */
static inline int sp_view_compare(struct sp_view a, struct sp_view b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    if (order != 0) {
        return order;
    }
    return a.length < b.length ? -1 : a.length > b.length ? 1 : 0;
}

/** View without spaces, tabs, CR and LF at both ends. */
static inline struct sp_view sp_view_trim(struct sp_view a)
{
    while (a.length > 0 && strchr(" \t\r\n", a.data[0]) != NULL && a.data[0] != '\0') {
        a.data++;
        a.length--;
    }
    while (a.length > 0 && a.data[a.length - 1] != '\0' &&
           strchr(" \t\r\n", a.data[a.length - 1]) != NULL) {
        a.length--;
    }
    return a;
}

/** Arguments for printf's "%.*s". */
#define SP_VIEW_ARGS(view) (int)(view).length, (view).length == 0 ? "" : (view).data

#endif
