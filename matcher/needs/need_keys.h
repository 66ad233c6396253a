/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Keys of a need: short strings for everything that it can be found by. A stored need is listed
 * under its keys, an arriving one is compared with the standing searches by them, and what an
 * entity might offer for is looked up through them; so all three always agree.
 *
 *     k1         kind (NeedKind); every need has one
 *     c85311000  CPV code of the draft, a lot or a requirement
 *     s<id>      service that a title or a requirement names
 *     p026201    place: TERYT, at most six digits (the kind of a gmina does not matter)
 *     w<lemma>   content word of a title or a requirement
 *     b<lemma>   word of the buyer's name and town
 */
#ifndef SP_NEEDS_NEED_KEYS_H
#define SP_NEEDS_NEED_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/status.h"
#include "base/view.h"
#include "matcher/vocabulary/vocabulary.h"
#include "spoina/v1/needs.pb-c.h"

enum {
    SP_NEED_KEYS_MAX = 4000,     /* further words are left out; 100 lots have some 1,500 */
    SP_NEED_KEY_MAX_BYTES = 256, /* SP_FORM_MAX_BYTES and the mark before it */
    SP_KEY_TERYT_DIGITS = 6,
    SP_NEED_OPEN_DAYS = 183
};

/** Ordered by bytes, each once; in an arena. */
struct sp_need_keys {
    struct sp_view *items;
    size_t count;
};

struct sp_key_tools {
    struct sp_analyser *analyser; /* of this thread */
    const struct sp_vocabulary *vocabulary;
};

/**
 * Make the keys of a checked draft.
 *
 * @param arena  holds the keys and what was analysed on the way
 * @return SP_OK; SP_INVALID (not UTF-8); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_need_keys(const struct sp_key_tools *tools,
                                          const Spoina__V1__Draft *draft, Spoina__V1__NeedKind kind,
                                          struct sp_arena *arena, struct sp_need_keys *out,
                                          struct sp_error *err);

/** Is a token one that needs are found by: no stop word, number or address? */
bool sp_is_key_token(const struct sp_token *token);

/** The last day on which a draft counts as open: its deadline; without one, half a year
 *  (SP_NEED_OPEN_DAYS) after it was published, so that results of old procedures are not offered
 *  for ever; SP_DAY_UNKNOWN when it names neither. */
sp_day sp_need_open_until(const Spoina__V1__Draft *draft);

/** Put @p keys in order and drop those that stand twice. */
void sp_need_keys_settle(struct sp_need_keys *keys);

/** Find the first key that is not before @p key; keys->count when all are. */
size_t sp_need_keys_find(const struct sp_need_keys *keys, struct sp_view key);

/** Is @p key one of the settled @p keys? */
bool sp_need_keys_hold(const struct sp_need_keys *keys, struct sp_view key);

#endif
