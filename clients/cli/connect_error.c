/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/connect_error.h"

#include <string.h>

#include "base/arena.h"
#include "proto/codec/base64.h"
#include "proto/codec/json_text.h"
#include "proto/codec/message.h"
#include "spoina/v1/error.pb-c.h"

enum {
    MAX_DEPTH = 16, /* an error nests 4 deep, its "debug" may nest more */
    CODE_BYTES = 32,
    MESSAGE_BYTES = 300,
    DETAIL_BYTES = 2048, /* place and two sentences of struct sp_error */
};

/* What we look for in the body. */
struct found {
    char code[CODE_BYTES];
    char message[MESSAGE_BYTES];
    bool has_detail;
    char detail[DETAIL_BYTES]; /* base64 of an ErrorDetail */
};

static const struct {
    const char *code;
    enum sp_status status;
} CODES[] = {
    {"invalid_argument", SP_INVALID},   {"out_of_range", SP_INVALID},
    {"not_found", SP_NOT_FOUND},        {"already_exists", SP_EXISTS},
    {"resource_exhausted", SP_LIMIT},   {"failed_precondition", SP_PRECONDITION},
    {"aborted", SP_PRECONDITION},       {"unavailable", SP_BUSY},
    {"deadline_exceeded", SP_DEADLINE}, {"canceled", SP_CANCELLED},
    {"data_loss", SP_CORRUPT},          {"unimplemented", SP_UNSUPPORTED},
};

/* Take a string if it fits into room; otherwise leave room alone. */
static enum sp_status take_text(struct sp_json_reader *json, char *room, size_t size)
{
    enum sp_json_kind kind = SP_JSON_NULL;
    struct sp_view raw;
    enum sp_status status = sp_json_peek(json, &kind);
    if (status != SP_OK || kind != SP_JSON_STRING) {
        return status != SP_OK ? status : sp_json_skip(json);
    }
    status = sp_json_take_string(json, &raw);
    if (status == SP_OK && raw.length < size) {
        room[sp_json_unescape(raw, room)] = '\0';
    }
    return status;
}

typedef enum sp_status member_fn(struct sp_json_reader *json, struct sp_view name, void *context);

/* Walk through an object, each member to member(); anything else is skipped. */
static enum sp_status walk_object(struct sp_json_reader *json, member_fn *member, void *context)
{
    enum sp_json_kind kind = SP_JSON_NULL;
    enum sp_status status = sp_json_peek(json, &kind);
    if (status != SP_OK || kind != SP_JSON_OBJECT) {
        return status != SP_OK ? status : sp_json_skip(json);
    }
    bool first = true;
    bool more = true;
    status = sp_json_enter(json);
    while (status == SP_OK) {
        struct sp_view name;
        status = sp_json_next_member(json, &first, &name, &more);
        if (status != SP_OK || !more) {
            break;
        }
        status = member(json, name, context);
    }
    return status;
}

struct detail {
    char type[64];
    char value[DETAIL_BYTES];
};

static enum sp_status detail_member(struct sp_json_reader *json, struct sp_view name, void *context)
{
    struct detail *detail = context;
    if (sp_view_is(name, "type")) {
        return take_text(json, detail->type, sizeof detail->type);
    }
    return sp_view_is(name, "value") ? take_text(json, detail->value, sizeof detail->value)
                                     : sp_json_skip(json);
}

static enum sp_status take_details(struct sp_json_reader *json, struct found *found)
{
    enum sp_json_kind kind = SP_JSON_NULL;
    enum sp_status status = sp_json_peek(json, &kind);
    if (status != SP_OK || kind != SP_JSON_ARRAY) {
        return status != SP_OK ? status : sp_json_skip(json);
    }
    bool first = true;
    bool more = true;
    status = sp_json_enter(json);
    while (status == SP_OK) {
        struct detail detail = {{0}, {0}};
        status = sp_json_next_element(json, &first, &more);
        if (status != SP_OK || !more) {
            break;
        }
        status = walk_object(json, detail_member, &detail);
        if (status == SP_OK && strcmp(detail.type, "spoina.v1.ErrorDetail") == 0) {
            found->has_detail = true;
            memcpy(found->detail, detail.value, sizeof detail.value);
        }
    }
    return status;
}

static enum sp_status error_member(struct sp_json_reader *json, struct sp_view name, void *context)
{
    struct found *found = context;
    if (sp_view_is(name, "code")) {
        return take_text(json, found->code, sizeof found->code);
    }
    if (sp_view_is(name, "message")) {
        return take_text(json, found->message, sizeof found->message);
    }
    return sp_view_is(name, "details") ? take_details(json, found) : sp_json_skip(json);
}

static enum sp_status status_of(const char *code)
{
    for (size_t i = 0; i < SP_COUNT(CODES); i++) {
        if (strcmp(CODES[i].code, code) == 0) {
            return CODES[i].status;
        }
    }
    return SP_INTERNAL;
}

/* Fill err from the detail; false if it cannot be read. */
static bool use_detail(const struct found *found, enum sp_status status, struct sp_error *err)
{
    unsigned char bytes[DETAIL_BYTES];
    size_t length = 0;
    ProtobufCMessage *message = NULL;
    if (!found->has_detail || !sp_base64_decode(sp_view_of(found->detail), bytes, &length)) {
        return false;
    }
    struct sp_arena *arena = sp_arena_new((size_t)64 * 1024);
    bool good = arena != NULL && sp_message_from_wire(&spoina__v1__error_detail__descriptor,
                                                      sp_view_from((const char *)bytes, length),
                                                      NULL, arena, &message, NULL) == SP_OK;
    if (good) {
        const Spoina__V1__ErrorDetail *detail = (const Spoina__V1__ErrorDetail *)message;
        (void)SP_FAIL(err, status, detail->place, "%s%.0s", "%.0s%s", detail->polish,
                      detail->english);
    }
    sp_arena_free(arena);
    return good;
}

static enum sp_status tell(const struct found *found, struct sp_error *err)
{
    enum sp_status status = status_of(found->code);
    if (!use_detail(found, status, err)) {
        (void)SP_FAIL(err, status, "", "Serwer odmówił (%s): %s", "The server refused (%s): %s",
                      found->code, found->message);
    }
    return status;
}

enum sp_status sp_cli_connect_error(struct sp_view body, long http_status, struct sp_error *err)
{
    struct found found = {{0}, {0}, false, {0}};
    struct sp_json_reader json;
    enum sp_status status = sp_json_begin(&json, body, MAX_DEPTH, NULL);
    if (status == SP_OK) {
        status = walk_object(&json, error_member, &found);
    }
    if (status == SP_OK && found.code[0] != '\0') {
        return tell(&found, err);
    }
    return SP_FAIL(err, SP_INTERNAL, "", "Pod tym adresem nie odpowiada spoinad (HTTP %ld).",
                   "No spoinad answers at this address (HTTP %ld).", http_status);
}

static enum sp_status end_member(struct sp_json_reader *json, struct sp_view name, void *context)
{
    return sp_view_is(name, "error") ? walk_object(json, error_member, context)
                                     : sp_json_skip(json);
}

enum sp_status sp_cli_connect_end(struct sp_view body, struct sp_error *err)
{
    struct found found = {{0}, {0}, false, {0}};
    struct sp_json_reader json;
    enum sp_status status = sp_json_begin(&json, body, MAX_DEPTH, err);
    if (status == SP_OK) {
        status = walk_object(&json, end_member, &found);
    }
    if (status != SP_OK) {
        return status;
    }
    return found.code[0] == '\0' ? SP_OK : tell(&found, err);
}
