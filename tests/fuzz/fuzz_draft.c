/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Any JSON draft through the check, as written and as published. Property: what a check lets pass,
 * a second check of a written draft lets pass too, and changes not a byte: what is wrong was left
 * out, not mended half. And whatever passes as written gives no other draft when published.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/tender/draft.h"
#include "matcher/vocabulary/vocabulary.h"
#include "proto/codec/message.h"

enum { ARENA_BYTES = 64 << 20, JSON_MAX_BYTES = 64 << 10 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct tables {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_arena *arena;
};

static void open_tables(struct tables *tables)
{
    const char *share = getenv("SPOINA_SHARE");
    SP_ASSERT(share != NULL);
    SP_ASSERT(sp_language_open(share, &tables->language, NULL) == SP_OK);
    SP_ASSERT(sp_analyser_new(tables->language, &tables->analyser, NULL) == SP_OK);
    SP_ASSERT(sp_vocabulary_open(share, tables->analyser, &tables->vocabulary, NULL) == SP_OK);
    tables->arena = sp_arena_new(ARENA_BYTES);
    SP_ASSERT(tables->arena != NULL);
}

/** NULL if the check refuses @p draft, which then is told why and where. */
static Spoina__V1__Draft *check(const struct tables *tables, const Spoina__V1__Draft *draft,
                                enum sp_draft_origin origin)
{
    struct sp_draft_warnings warnings = {.arena = tables->arena};
    struct sp_error err = {.status = SP_OK};
    Spoina__V1__Draft *checked = NULL;
    enum sp_status status =
        sp_draft_check(draft, tables->vocabulary, origin, tables->arena, &warnings, &checked, &err);
    SP_ASSERT(status == SP_OK || status == SP_INVALID || status == SP_LIMIT);
    SP_ASSERT((status == SP_OK) == (checked != NULL));
    SP_ASSERT(status == SP_OK || (err.polish[0] != '\0' && err.english[0] != '\0'));
    return checked;
}

static struct sp_view packed(const struct tables *tables, const Spoina__V1__Draft *draft)
{
    size_t length = spoina__v1__draft__get_packed_size(draft);
    uint8_t *bytes = sp_arena_alloc(tables->arena, length);
    SP_ASSERT(bytes != NULL);
    SP_ASSERT(spoina__v1__draft__pack(draft, bytes) == length);
    return sp_view_from((const char *)bytes, length);
}

static void check_again(const struct tables *tables, const Spoina__V1__Draft *draft)
{
    const Spoina__V1__Draft *again = check(tables, draft, SP_DRAFT_WRITTEN);
    SP_ASSERT(again != NULL);
    SP_ASSERT(sp_view_equal(packed(tables, draft), packed(tables, again)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tables tables; /* opened once: the fuzzer calls from one thread */
    if (tables.arena == NULL) {
        open_tables(&tables);
    }
    if (size > JSON_MAX_BYTES) {
        return 0;
    }
    sp_arena_reset(tables.arena);
    ProtobufCMessage *message = NULL;
    if (sp_message_from_json(&spoina__v1__draft__descriptor, sp_view_from((const char *)data, size),
                             NULL, 0, tables.arena, &message, NULL) != SP_OK) {
        return 0;
    }
    const Spoina__V1__Draft *given = (const Spoina__V1__Draft *)message;
    const Spoina__V1__Draft *written = check(&tables, given, SP_DRAFT_WRITTEN);
    const Spoina__V1__Draft *published = check(&tables, given, SP_DRAFT_PUBLISHED);
    if (written != NULL) {
        check_again(&tables, written);
        SP_ASSERT(published != NULL);
        SP_ASSERT(sp_view_equal(packed(&tables, written), packed(&tables, published)));
    }
    if (published != NULL) {
        check_again(&tables, published);
    }
    return 0;
}
