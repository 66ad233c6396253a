/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Reading JSON lines. */
#include "benchmarks/quality/notices.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "proto/codec/json_text.h"

enum { FILE_MAX_BYTES = 1 << 30, DEPTH_MAX = 8 };

/* The members that are read; others are skipped. */
struct line {
    struct sp_view title;
    struct sp_view desc;
    struct sp_view cpv;
    struct sp_view id;
};

static enum sp_status take_text(struct sp_json_reader *reader, enum sp_json_kind kind,
                                struct sp_arena *arena, struct sp_view *out)
{
    struct sp_view raw;
    if (kind != SP_JSON_STRING) { /* "desc": null */
        return sp_json_skip(reader);
    }
    enum sp_status status = sp_json_take_string(reader, &raw);
    if (status != SP_OK) {
        return status;
    }
    char *text = sp_arena_alloc(arena, raw.length + 1);
    if (text == NULL) {
        return SP_FAIL_NOMEM(reader->err);
    }
    *out = sp_view_from(text, sp_json_unescape(raw, text));
    return SP_OK;
}

static enum sp_status take_line(struct sp_json_reader *reader, struct sp_arena *arena,
                                struct line *line)
{
    const struct {
        const char *name;
        struct sp_view *value;
    } members[] = {
        {"title", &line->title}, {"desc", &line->desc}, {"cpv", &line->cpv}, {"id", &line->id}};
    enum sp_json_kind kind;
    bool first = true;
    bool more = true;
    enum sp_status status = sp_json_peek(reader, &kind);
    if (status == SP_OK && kind != SP_JSON_OBJECT) {
        return sp_json_fail(reader, "Oczekiwano obiektu.", "An object was expected.");
    }
    status = status == SP_OK ? sp_json_enter(reader) : status;
    while (status == SP_OK && more) {
        struct sp_view name;
        status = sp_json_next_member(reader, &first, &name, &more);
        if (status != SP_OK || !more) {
            break;
        }
        status = sp_json_peek(reader, &kind);
        struct sp_view *value = NULL;
        for (size_t i = 0; i < SP_COUNT(members); i++) {
            value = sp_view_is(name, members[i].name) ? members[i].value : value;
        }
        if (status == SP_OK) {
            status = value == NULL ? sp_json_skip(reader) : take_text(reader, kind, arena, value);
        }
    }
    return status == SP_OK ? sp_json_end(reader) : status;
}

static enum sp_status add_notice(const struct line *line, const struct sp_cpv_tree *tree,
                                 struct sp_arena *arena, struct notice_list *list,
                                 struct sp_error *err)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? 1024 : list->capacity * 2;
        struct notice *items = sp_realloc(list->items, capacity, sizeof *items);
        if (items == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        list->items = items;
        list->capacity = capacity;
    }
    size_t whole_bytes = line->title.length + 1 + line->desc.length;
    char *whole = sp_arena_alloc(arena, whole_bytes + 1);
    if (whole == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < line->title.length; i++) {
        char c = line->title.data[i];
        whole[i] = c == '\n' || c == '\r' ? ' ' : c;
    }
    whole[line->title.length] = '\n';
    if (line->desc.length > 0) {
        memcpy(whole + line->title.length + 1, line->desc.data, line->desc.length);
    }
    struct notice *notice = &list->items[list->count];
    *notice = (struct notice){.title = sp_view_from(whole, line->title.length),
                              .whole = sp_view_from(whole, whole_bytes),
                              .cpv = sp_cpv_find(tree, line->cpv),
                              .has_id = line->id.length > 0};
    memcpy(notice->code, line->cpv.data, SP_CPV_DIGITS);
    const char *lot = notice->has_id ? memchr(line->id.data, '#', line->id.length) : NULL;
    size_t id_bytes = lot == NULL ? line->id.length : (size_t)(lot - line->id.data);
    notice->group = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < id_bytes; i++) {
        notice->group = (notice->group ^ (unsigned char)line->id.data[i]) * UINT64_C(1099511628211);
    }
    if (!notice->has_id) {
        notice->group = list->count;
    }
    list->count++;
    return SP_OK;
}

enum sp_status notices_read(const char *path, const struct sp_cpv_tree *tree,
                            struct sp_arena *arena, struct notice_list *list, struct sp_error *err)
{
    char *data = NULL;
    size_t length = 0;
    enum sp_status status = sp_file_read(path, FILE_MAX_BYTES, &data, &length, err);
    if (status != SP_OK) {
        return status;
    }
    size_t number = 0;
    for (size_t at = 0; at < length && status == SP_OK;) {
        const char *end = memchr(data + at, '\n', length - at);
        size_t next = end == NULL ? length : (size_t)(end - data) + 1;
        struct sp_view text = sp_view_trim(sp_view_from(data + at, next - at));
        char place[300];
        (void)snprintf(place, sizeof place, "%.250s:%zu", path, ++number);
        at = next;
        if (text.length == 0) {
            continue;
        }
        struct line line = {0};
        struct sp_json_reader reader;
        status = sp_json_begin(&reader, text, DEPTH_MAX, err);
        if (status == SP_OK) {
            status = take_line(&reader, arena, &line);
        }
        if (status == SP_OK && (line.title.length == 0 || line.cpv.length != SP_CPV_DIGITS)) {
            status = SP_FAIL(err, SP_INVALID, "", "Brak tytułu lub ośmiu cyfr kodu CPV.",
                             "The title or the eight digits of the CPV code are missing.");
        }
        if (status == SP_OK) {
            status = add_notice(&line, tree, arena, list, err);
        } else {
            sp_error_prefix(err, place);
        }
    }
    sp_free(data);
    return status;
}

void notices_release(struct notice_list *list)
{
    sp_free(list->items);
    *list = (struct notice_list){0};
}

bool notice_is_kept_apart(const struct notice *notice)
{
    return notice->has_id && notice->group % 3 == 1;
}
