/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a matching works with, and the settings of a request: shared by the calls of MatchService
 * and of AdviceService.
 *
 * Nothing here reads a clock. Whoever calls says by `stop` when the search for teams has lasted
 * long enough; everything before the search (reading, scoring, ruling) and after it (writing) ends
 * only when nobody waits any more (scoring.cancel).
 */
#ifndef SP_PROPOSAL_MATCHING_H
#define SP_PROPOSAL_MATCHING_H

#include <stdbool.h>
#include <stddef.h>

#include "matcher/assembly/team_options.h"
#include "matcher/scoring/context.h"
#include "matcher/scoring/parts.h"
#include "matcher/tender/draft_warnings.h"
#include "matcher/texts/texts.h"
#include "spoina/v1/match.pb-c.h"

struct sp_cue_table;
struct sp_rulebook;

enum {
    SP_MATCH_LIMIT_DEFAULT = 10, /* single entities a lot */
    SP_MATCH_LIMIT_MAX = 100,

    /* Budgets of one call over all its lots: what is written with reasons. With 100 lots that is 10
     * single entities and 3 consortia a lot. */
    SP_MATCH_SINGLES_MAX = 1000,
    SP_MATCH_TEAMS_MAX = 300,

    SP_LOT_ARENA_BYTES = 256 << 20,   /* one lot: some thousand entities with their records */
    SP_SCRATCH_ARENA_BYTES = 32 << 20 /* one entity under the lens */
};

/** Where a search stands, for the caller to share out its time. */
struct sp_search_turn {
    size_t lot;   /* 0..lots-1, never falling during a call */
    size_t lots;  /* that are searched in this call */
    bool is_last; /* the second search of the lot, after none was found that is complete */
};

/** Asked many times a millisecond: return true to end the search at hand. */
typedef bool sp_search_stop_fn(void *context, const struct sp_search_turn *turn);

/** All borrowed for the call. */
struct sp_matching {
    struct sp_match_context scoring;
    const struct sp_rulebook *book;
    const struct sp_cue_table *cues; /* of prose; needed for notices */
    struct sp_texts *texts;          /* of this thread */
    sp_search_stop_fn *stop;         /* NULL: searches end when they are done */
    void *stop_context;
};

/** A request as it was understood. */
struct sp_match_settings {
    const Spoina__V1__Draft *draft; /* checked (sp_draft_check()) */
    struct sp_draft_warnings warnings;
    struct sp_weights weights;
    struct sp_team_options team;
    sp_day day;   /* of freshness; of validity where the draft names no deadline */
    size_t limit; /* single entities a lot */
    bool businesses_too;
    bool singles_only;
};

/**
 * Read a request: take its draft or read its notice, check it, fill in the defaults.
 *
 * @param out  in the arena of matching->scoring
 * @return SP_OK; SP_INVALID, SP_LIMIT (the place names the field); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_match_settings_read(const struct sp_matching *matching,
                                                    const Spoina__V1__MatchTenderRequest *request,
                                                    struct sp_match_settings *out,
                                                    struct sp_error *err);

/** The lot with @p id; NULL: there is none. */
const Spoina__V1__Lot *sp_match_lot(const struct sp_match_settings *settings, const char *id,
                                    size_t *index);

/** The weights as a message. */
void sp_weights_write(const struct sp_weights *weights, Spoina__V1__Weights *out);

/** SP_CANCELLED if nobody waits for the answer any more. */
SP_MUST_CHECK enum sp_status sp_match_go_on(const struct sp_match_context *context,
                                            struct sp_error *err);

/** Who speaks in this call. */
struct sp_speaker sp_matching_speaker(const struct sp_matching *matching);

#endif
