/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From a draft to ranked, explained proposals.
 *
 * For every requirement of every lot the offers closest in text and CPV code are scored, part by
 * part, in integers; an entity answers with its best offer for each requirement, and the entities
 * are ranked. Legal form and statuses never enter a score: the order is a discovery order, not an
 * award criterion (art. 241(3) Pzp). Equal scores are put in an order that depends on the catalogue
 * version and the need only, never on names or ids.
 *
 * Same request, same catalogue version, same day: same bytes.
 */
#ifndef SP_SCORING_MATCH_H
#define SP_SCORING_MATCH_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/locale.h"
#include "base/status.h"
#include "spoina/v1/match.pb-c.h"

struct sp_analyser;
struct sp_index;
struct sp_reader;
struct sp_vocabulary;

enum {
    SP_MATCH_LIMIT_DEFAULT = 10, /* proposals a lot */
    SP_MATCH_LIMIT_MAX = 100
};

/** What a match works with; all borrowed for the call. */
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

/**
 * Answer a request.
 *
 * @param out  in context->arena
 * @return SP_OK (also when nothing was found: each lot's note says what to relax); SP_INVALID (the
 * draft, the notice, the weights or the date is wrong; the place names the field); SP_LIMIT;
 * SP_CANCELLED; SP_NOMEM; SP_CORRUPT or SP_IO (the catalogue)
 */
SP_MUST_CHECK enum sp_status sp_match_tender(const struct sp_match_context *context,
                                             const Spoina__V1__MatchTenderRequest *request,
                                             Spoina__V1__MatchTenderResponse **out,
                                             struct sp_error *err);

#endif
