/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Everything known of one lot: its needs, and every entity that could answer one of them.
 *
 * The index says what words and codes of every offer (or profile) say to every requirement, exactly
 * (candidates.h). An entity is in the pool if they speak for one of its offers at least once
 * (sp_is_relevant()): all such, none else, up to SP_POOL_ENTITIES_MAX. It is there with its whole
 * record and the best of all its offers for each requirement.
 *
 * What was found out about texts and codes is kept, so that a changed draft of the same texts
 * (demand, places, dates, conditions, clauses, fewer requirements) needs no second search:
 * sp_pool_revise(). A changed or further entity is put in with sp_pool_put().
 *
 * A pool lives in one arena with all it points to. It depends on draft, day, weights and the
 * catalogue version only. The caller holds one version of the reader (sp_reader_begin()).
 */
#ifndef SP_SCORING_POOL_H
#define SP_SCORING_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/status.h"
#include "matcher/scoring/context.h"
#include "matcher/scoring/need.h"
#include "matcher/scoring/parts.h"
#include "matcher/scoring/score_capacity.h"
#include "matcher/scoring/score_place.h"

enum {
    /* Entities of a pool; beyond it those whose words speak least are left out. With some 8 kB each
     * half of SP_LOT_ARENA_BYTES; three times the solver's guide of a large pool is not reached by
     * a region, but could be by a whole country. */
    SP_POOL_ENTITIES_MAX = 16000
};

/** The best offer of an entity for one requirement. */
struct sp_pool_fit {
    int32_t offer_index; /* into entity->offers, or SP_OFFER_PROFILE */
    bool relevant;       /* words or codes speak for it; if not, it is only the least weak one */
    struct sp_parts parts;
    uint32_t total; /* 0..1000: weighted sum of the parts */
    enum sp_capacity_state capacity;
    double free; /* SP_CAPACITY_COMPARED: in the unit and period of the demand */
    enum sp_reach reach;
    bool has_distance;
    uint32_t distance_m; /* from seat or unit to the place that is reached best */
    uint64_t tie;        /* sp_tie_key(): orders equals, favours nobody */
};

/** What texts and codes of one offer say to one requirement; survives a revision. */
struct sp_pool_words {
    uint16_t text; /* permille */
    uint16_t cpv;  /* permille */
    bool cpv_unknown;
};

/** One offer of an entity, or its profile. */
struct sp_pool_offer {
    int32_t index;                     /* into entity->offers, or SP_OFFER_PROFILE */
    const struct sp_pool_words *words; /* requirement_count */
};

struct sp_pool_entity {
    const Spoina__V1__Entity *entity;
    uint32_t number;                    /* of the store; UINT32_MAX: not known (was put in) */
    bool invited;                       /* was put in: here whether or not it is relevant */
    const struct sp_pool_fit *fits;     /* requirement_count */
    const struct sp_pool_offer *offers; /* all, and the profile */
    size_t offer_count;
    uint32_t score;   /* mean of the totals of relevant fits over all requirements, 0..1000 */
    uint32_t covered; /* bit j: the fit for requirement j is relevant */
    uint64_t tie;     /* of the first relevant fit; of the entity's id if there is none */
};

struct sp_pool {
    const Spoina__V1__Draft *draft; /* as checked (sp_draft_check()) */
    size_t lot_index;
    const Spoina__V1__Lot *lot;
    size_t requirement_count;    /* 1..16, as in lot */
    const struct sp_need *needs; /* requirement_count */
    struct sp_pool_entity *entities;
    size_t count;
    size_t capacity;
    uint32_t looked_at;  /* entities that had something in common with the lot */
    bool candidates_cut; /* more than SP_POOL_ENTITIES_MAX entities are relevant */
    sp_day day;          /* freshness of evidence */
    struct sp_weights weights;
    bool businesses_too;
    uint64_t catalogue_version;
    struct sp_arena *arena;
};

/** What a pool is made for; all borrowed while the pool lives. */
struct sp_pool_request {
    const Spoina__V1__Draft *draft; /* checked */
    size_t lot_index;
    sp_day day;
    struct sp_weights weights;
    bool businesses_too;
};

/**
 * Search, read and score.
 *
 * @param context  index, reader, analyser, vocabulary and cancel are used
 * @param arena    holds the pool: some 10 kB an entity
 * @return SP_OK (also when nobody is found); SP_CANCELLED; SP_NOMEM; SP_CORRUPT, SP_IO
 */
SP_MUST_CHECK enum sp_status sp_pool_build(const struct sp_match_context *context,
                                           const struct sp_pool_request *request,
                                           struct sp_arena *arena, struct sp_pool *out,
                                           struct sp_error *err);

/**
 * Put an entity in, whether or not it is relevant: an anchor, somebody who asks "why not", or a
 * record changed to try out what would happen. One with the same id is replaced in its place.
 *
 * @param entity  borrowed while the pool lives
 * @param index   where it stands in entities now; may be NULL
 * @return SP_OK; SP_NOMEM; SP_INVALID (a text is not UTF-8)
 */
SP_MUST_CHECK enum sp_status sp_pool_put(const struct sp_match_context *context,
                                         struct sp_pool *pool, const Spoina__V1__Entity *entity,
                                         size_t *index, struct sp_error *err);

/** Read the entity with @p key (id, NIP, KRS or REGON) and put it in, unless it is there already.
 *  @return SP_OK; SP_NOT_FOUND (the catalogue has no such entity); SP_CORRUPT, SP_IO; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_pool_invite(const struct sp_match_context *context,
                                            struct sp_pool *pool, const char *key, size_t *index,
                                            struct sp_error *err);

/** Find an entity by its id; SIZE_MAX when it is not in the pool. */
size_t sp_pool_find(const struct sp_pool *pool, const char *id);

/**
 * Look at the same entities under a changed draft, without a search.
 *
 * Each requirement of the lot at @p lot_index is recognised by its id and must have the texts and
 * codes it had; its demand, dates and places may differ, and requirements may be left out. Entities
 * that no requirement speaks for any more go, unless invited.
 *
 * @param draft  checked; borrowed while @p out lives
 * @param arena  holds what is new; @p pool must live as long as @p out and does not change
 * @return SP_OK; SP_PRECONDITION (texts or codes differ: build a new pool); SP_NOMEM; SP_INVALID
 */
SP_MUST_CHECK enum sp_status sp_pool_revise(const struct sp_match_context *context,
                                            const struct sp_pool *pool,
                                            const Spoina__V1__Draft *draft, size_t lot_index,
                                            struct sp_arena *arena, struct sp_pool *out,
                                            struct sp_error *err);

/** Copy the frame of a pool, so that sp_pool_put() on the copy leaves @p pool as it is; records and
 *  fits are shared. @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_pool_fork(const struct sp_pool *pool, struct sp_arena *arena,
                                          struct sp_pool *out, struct sp_error *err);

/**
 * Rank the entities with at least one relevant fit: by score, then by how many requirements are
 * covered, then by tie: never by name, id or age.
 *
 * @param out  in @p arena: indices into entities, best first
 * @return SP_OK; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_pool_rank(const struct sp_pool *pool, struct sp_arena *arena,
                                          const uint32_t **out, size_t *count,
                                          struct sp_error *err);

#endif
