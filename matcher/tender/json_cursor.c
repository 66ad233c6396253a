/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Places in a JSON document; see json_cursor.h. The document was checked, so what can still fail is
 * only that something is not there.
 */
#include "matcher/tender/json_cursor.h"

#include <string.h>

static const struct sp_json_cursor NOWHERE;

bool sp_cursor_found(struct sp_json_cursor at)
{
    return at.reader.text.length > 0;
}

enum sp_status sp_cursor_begin(struct sp_view content, struct sp_json_cursor *out,
                               struct sp_error *err)
{
    *out = NOWHERE;
    struct sp_json_reader reader;
    enum sp_status status = sp_json_begin(&reader, content, SP_CURSOR_MAX_DEPTH, err);
    struct sp_json_reader start = reader;
    if (status == SP_OK) {
        status = sp_json_skip(&reader);
    }
    if (status == SP_OK) {
        status = sp_json_end(&reader);
    }
    if (status == SP_OK) {
        out->reader = start;
        out->reader.err = NULL;
    }
    return status;
}

/** Step over white space and tell whether a value of @p kind comes next. */
static bool stands_before(struct sp_json_cursor *at, enum sp_json_kind kind)
{
    enum sp_json_kind its = SP_JSON_NULL;
    return sp_cursor_found(*at) && sp_json_peek(&at->reader, &its) == SP_OK && its == kind;
}

bool sp_cursor_is(struct sp_json_cursor at, enum sp_json_kind kind)
{
    return stands_before(&at, kind);
}

static struct sp_json_cursor member(struct sp_json_cursor at, struct sp_view name)
{
    if (!stands_before(&at, SP_JSON_OBJECT) || sp_json_enter(&at.reader) != SP_OK) {
        return NOWHERE;
    }
    bool first = true;
    bool more = false;
    struct sp_view raw_name;
    while (sp_json_next_member(&at.reader, &first, &raw_name, &more) == SP_OK && more) {
        if (sp_view_equal(raw_name, name)) {
            return at;
        }
        if (sp_json_skip(&at.reader) != SP_OK) {
            break;
        }
    }
    return NOWHERE;
}

struct sp_json_cursor sp_cursor_path(struct sp_json_cursor at, const char *path)
{
    while (*path != '\0' && sp_cursor_found(at)) {
        size_t length = strcspn(path, "/");
        at = member(at, sp_view_from(path, length));
        path += length + (path[length] == '/' ? 1 : 0);
    }
    return at;
}

struct sp_json_cursor sp_cursor_first(struct sp_json_cursor at)
{
    bool first = true;
    bool more = false;
    bool there = stands_before(&at, SP_JSON_ARRAY) && sp_json_enter(&at.reader) == SP_OK &&
                 sp_json_next_element(&at.reader, &first, &more) == SP_OK && more;
    return there ? at : NOWHERE;
}

struct sp_json_cursor sp_cursor_next(struct sp_json_cursor element)
{
    bool first = false;
    bool more = false;
    bool there = sp_cursor_found(element) && sp_json_skip(&element.reader) == SP_OK &&
                 sp_json_next_element(&element.reader, &first, &more) == SP_OK && more;
    return there ? element : NOWHERE;
}

struct sp_view sp_cursor_text(struct sp_json_cursor at, struct sp_arena *arena, bool *starved)
{
    struct sp_view text = sp_view_of(NULL);
    if (stands_before(&at, SP_JSON_NUMBER)) {
        return sp_json_take_number(&at.reader, &text) == SP_OK ? text : sp_view_of(NULL);
    }
    if (!stands_before(&at, SP_JSON_STRING) || sp_json_take_string(&at.reader, &text) != SP_OK ||
        text.length == 0) {
        return sp_view_of(NULL);
    }
    char *plain = sp_arena_alloc(arena, text.length);
    if (plain == NULL) {
        *starved = true;
        return sp_view_of(NULL);
    }
    size_t length = sp_json_unescape(text, plain);
    for (size_t i = 0; i < length; i++) {
        plain[i] = (char)(plain[i] == '\0' ? ' ' : plain[i]); /* texts of messages end at a NUL */
    }
    return sp_view_trim(sp_view_from(plain, length));
}
