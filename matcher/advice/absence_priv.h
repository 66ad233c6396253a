/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Inside ExplainAbsence: an entity in a lot, where it stands, why, and what would bring it in.
 *
 * "Proposed" means: it can offer the whole lot alone and stands among the single entities that are
 * shown, or it is a member of a complete consortium that is shown; the same search as MatchTender.
 * A counterfactual is a set of changes applied to a copy of the record and matched again. It must
 * hold even if the entity loses against all equals, since their order changes with the catalogue.
 */
#ifndef SP_ADVICE_ABSENCE_PRIV_H
#define SP_ADVICE_ABSENCE_PRIV_H

#include "matcher/advice/record_change.h"
#include "matcher/proposal/team_search.h"

enum {
    SP_BECAUSE_MAX = 40,
    SP_COUNTERFACTUALS_MAX = 3,
};

/** An entity in a lot. */
struct sp_absence {
    struct sp_scene *scene;
    const char *key;
    size_t index;
    struct sp_lot_matching base;
    uint32_t entity;      /* in the pool */
    bool found_by_search; /* else it stands in the pool only because it was asked for */
    struct sp_record_changes changes;
    Spoina__V1__LotAbsence *out;
    struct sp_error *err;
};

/** Where an entity stands in the answer to MatchTender. */
struct sp_presence {
    uint32_t place; /* among single entities, 1..; 0: none */
    bool alone;     /* shown, and can do everything by itself */
    bool team;      /* member of a consortium shown */
};

/** The entity as it is in the catalogue. */
const Spoina__V1__Entity *sp_absence_entity(const struct sp_absence *absence);

/** Ordinary businesses are looked at only where the request says so: nothing in the record of one
 *  would bring it in, though it stands in this pool because it was asked for. */
bool sp_absence_out_of_scope(const struct sp_absence *absence);

bool sp_is_present(const struct sp_presence *presence);

/** Find out where @p entity stands in @p lot, the lot at hand or a variation of it.
 *  @param surely  must stay so if equals are put in another order */
SP_MUST_CHECK enum sp_status sp_presence_look(struct sp_absence *absence,
                                              const struct sp_lot_matching *lot, uint32_t entity,
                                              bool surely, struct sp_presence *out);

/** Search for consortia as MatchTender does, ended by steps instead of time.
 *  @param anchor  must be a member; may be NULL */
SP_MUST_CHECK enum sp_status sp_absence_search(struct sp_absence *absence,
                                               const struct sp_lot_matching *lot,
                                               const uint32_t *anchor, size_t most,
                                               struct sp_found_teams *out);

/** Write the sentences that say why. */
SP_MUST_CHECK enum sp_status sp_absence_tell_why(struct sp_absence *absence,
                                                 const struct sp_presence *presence);

/** A new counterfactual with room for @p changes. NULL when out of memory. */
Spoina__V1__Gap *sp_absence_add_gap(struct sp_absence *absence, size_t changes);

/** No room for further counterfactuals. */
bool sp_absence_is_full(const struct sp_absence *absence);

/** Add the smallest sets of changes of the record after which the entity is proposed. */
SP_MUST_CHECK enum sp_status sp_absence_try_record(struct sp_absence *absence);

/** Add what helps where no change of the record does: each condition or clause that is not met,
 *  waived alone. */
SP_MUST_CHECK enum sp_status sp_absence_try_draft(struct sp_absence *absence);

/** Add a complete consortium with the entity in it, shown or not. */
SP_MUST_CHECK enum sp_status sp_absence_try_partners(struct sp_absence *absence);

#endif
