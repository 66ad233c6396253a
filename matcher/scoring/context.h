/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What a match works with. */
#ifndef SP_SCORING_CONTEXT_H
#define SP_SCORING_CONTEXT_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/locale.h"

struct sp_analyser;
struct sp_index;
struct sp_reader;
struct sp_vocabulary;

/** All borrowed for the call. */
struct sp_match_context {
    const struct sp_index *index; /* one snapshot: the catalogue version of the answer */
    struct sp_reader *reader;     /* entities and offers */
    struct sp_analyser *analyser; /* of this thread */
    const struct sp_vocabulary *vocabulary;
    struct sp_arena *arena;    /* holds the response */
    sp_day today;              /* used when the request names no date */
    enum sp_locale locale;     /* of the sentences */
    const atomic_bool *cancel; /* nobody waits for the answer any more; may be NULL */
};

#endif
