/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Single entities of a lot in the order in which they are proposed.
 *
 * The score is what the entity can really perform: its fits, weighted by the effort that it takes
 * in its best allocation. A requirement that it does not perform counts 0, one that it performs in
 * part its share: the scale of a consortium's quality, without what is taken off there for data to
 * be completed, since data include statuses and these must change no score (art. 241(3) Pzp). See
 * docs/decisions/0204-order-of-single-entities.md.
 */
#ifndef SP_ASSEMBLY_SINGLES_H
#define SP_ASSEMBLY_SINGLES_H

#include "matcher/assembly/assembly.h"

/** Where an entity stands before its score is looked at; best first. */
enum sp_single_class {
    SP_SINGLE_COMPLETE, /* performs everything, nothing is NOT MET */
    SP_SINGLE_PARTIAL,  /* something is not performed, or a condition is NOT MET */
    SP_SINGLE_BARRED    /* a reservation is NOT MET, or it is excluded: no offer of its own */
};

struct sp_single {
    uint32_t entity; /* of the pool */
    enum sp_single_class class;
    uint32_t score; /* of it alone with its best allocation, 0..1000 */
};

/**
 * Rank the entities with at least one relevant fit: by class, score, mean of the fits,
 * requirements with a fit, fair key; never by name, id or age.
 *
 * @param out  in @p arena, best first
 * @return SP_OK; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_singles_rank(const struct sp_assembly *assembly,
                                             struct sp_arena *arena, const struct sp_single **out,
                                             size_t *count, struct sp_error *err);

/** The score of a team of one: 0..1000. */
uint32_t sp_single_score(const struct sp_assembly *assembly, const struct sp_assembled_team *alone);

/** The term that keeps @p entity from any offer of its own; NULL: none does. */
const struct sp_lot_term *sp_single_obstacle(const struct sp_assembly *assembly, size_t entity);

/** Why an entity performs nothing of a requirement that it has an offer for. */
enum sp_idle {
    SP_IDLE_NOT,           /* it performs some of it, or has no offer for it */
    SP_IDLE_OUT_OF_AREA,   /* it does not serve the place */
    SP_IDLE_TOO_FAR,       /* beyond the radius */
    SP_IDLE_NOT_YET,       /* free only after the performance has ended */
    SP_IDLE_TOO_SMALL,     /* the demand is below its smallest order */
    SP_IDLE_NO_CAPACITY,   /* nothing, or next to nothing, is free */
    SP_IDLE_UNLICENSED,    /* a licence is NOT MET */
    SP_IDLE_CAPACITY_USED, /* what is free goes to another requirement, or others do it */
};

enum sp_idle sp_single_idle(const struct sp_assembly *assembly,
                            const struct sp_assembled_team *single, size_t requirement);

#endif
