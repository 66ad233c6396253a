/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The check of a draft before it is matched, whoever wrote it.
 */
#ifndef SP_TENDER_DRAFT_H
#define SP_TENDER_DRAFT_H

#include "base/arena.h"
#include "base/status.h"
#include "matcher/tender/draft_warnings.h"
#include "spoina/v1/match.pb-c.h"

struct sp_vocabulary;

enum {
    SP_DRAFT_MAX_LOTS = 100,
    SP_DRAFT_MAX_REQUIREMENTS = 16,     /* a lot; matching model, section 1 */
    SP_DRAFT_MAX_CODES = 50,            /* CPV codes of the draft, a lot or a requirement */
    SP_DRAFT_MAX_NAMES = 50,            /* likewise places, licences, ids of requirements */
    SP_DRAFT_MAX_CONDITIONS = 30,       /* a lot with those of the draft; bits of the solver */
    SP_DRAFT_MAX_CLAUSES = 16,          /* likewise social clauses; there are nine kinds */
    SP_DRAFT_MAX_CRITERIA = 30,         /* of the draft or a lot */
    SP_DRAFT_TITLE_MAX_BYTES = 4 << 10, /* titles, names, ids */
    SP_DRAFT_TEXT_MAX_BYTES = 64 << 10  /* descriptions and requirement texts */
};

/** The largest sum of money a draft may name: sums of a hundred of them still fit an int64_t. */
#define SP_DRAFT_MAX_GROSZ INT64_C(100000000000000) /* PLN 10^12 */

enum sp_draft_origin {
    SP_DRAFT_WRITTEN,  /* by the caller, who can mend it: what is wrong is an error */
    SP_DRAFT_PUBLISHED /* read from a notice, which nobody can mend: what is wrong is left out */
};

/**
 * Check a draft and give it the shape that matching expects.
 *
 * The result is a new draft that shares texts with @p draft: at least one lot (a draft without lots
 * is one), at least one requirement a lot (a lot without requirements is one), ids given where
 * empty (lots 1.., requirements r1.., conditions c1.., clauses k1..), CPV codes as eight digits,
 * the codes and places of the draft inherited by lots and those of the lots by requirements where
 * they have none. Conditions, clauses and award criteria stand in the lots only: those of the draft
 * move into every lot they concern, before the lot's own (criteria: into lots without any). A draft
 * that was checked is not changed by another check.
 *
 * @param draft       borrowed; must live as long as the result
 * @param vocabulary  CPV codes and units; borrowed
 * @param origin      what is wrong is an error naming the field, or (SP_DRAFT_PUBLISHED) a warning
 * @param out         in @p arena
 * @return SP_OK; SP_INVALID (a wrong code, unit, date, amount; a condition or clause that says
 * nothing, contradicts another one or names a requirement that is not there; nothing to look for);
 * SP_LIMIT (too many lots, requirements, codes; a text too long); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_draft_check(const Spoina__V1__Draft *draft,
                                            const struct sp_vocabulary *vocabulary,
                                            enum sp_draft_origin origin, struct sp_arena *arena,
                                            struct sp_draft_warnings *warnings,
                                            Spoina__V1__Draft **out, struct sp_error *err);

#endif
