/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Clauses on performance, and what an award criterion may not be about.
 */
#ifndef SP_RULES_CLAUSES_H
#define SP_RULES_CLAUSES_H

#include "matcher/rules/ruling.h"

/** Art. 95 (K19): each member that performs can do so with people on employment contracts. A
 *  clause binds performance: lack of such people today is UNKNOWN, not NOT MET. */
SP_MUST_CHECK enum sp_status sp_rule_art_95(const struct sp_rulebook *book,
                                            const struct sp_team *team, struct sp_arena *arena,
                                            struct sp_ruling *out, struct sp_error *err);

/** How the clause of art. 96 is worded. */
enum sp_employment_wording {
    SP_EMPLOYS,    /* "zatrudnia": persons employed now count */
    SP_WILL_EMPLOY /* "zatrudni": whether those employed now count must be asked */
};

struct sp_employment_clause {
    enum sp_employment_wording wording;
    const Spoina__V1__SocialGroup *groups; /* of the clause */
    size_t group_count;                    /* 1.. */
    unsigned persons;                      /* at least 1 */
};

/** Art. 96 (K20): heads from the listed groups, added up over the members.
 *  @return SP_OK; SP_INVALID (no group, a group not known, no persons); SP_NOT_FOUND; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_rule_art_96(const struct sp_rulebook *book,
                                            const struct sp_team *team,
                                            const struct sp_employment_clause *clause,
                                            struct sp_arena *arena, struct sp_ruling *out,
                                            struct sp_error *err);

/** Art. 60 and 121 (K21): key tasks are performed by members, not by subcontractors.
 *  @param key  bits of the requirements that are key tasks */
SP_MUST_CHECK enum sp_status sp_rule_key_tasks(const struct sp_rulebook *book,
                                               const struct sp_team *team, uint32_t key,
                                               struct sp_arena *arena, struct sp_ruling *out,
                                               struct sp_error *err);

/** K32: each member of a consortium performs a part. UNKNOWN without an allocation. */
SP_MUST_CHECK enum sp_status sp_rule_each_performs(const struct sp_rulebook *book,
                                                   const struct sp_team *team,
                                                   struct sp_arena *arena, struct sp_ruling *out,
                                                   struct sp_error *err);

/** What an award criterion measures. */
enum sp_criterion_kind {
    SP_CRITERION_UNKNOWN,
    SP_CRITERION_PRICE,
    SP_CRITERION_OFFER,                /* quality, time, ecology of what is offered */
    SP_CRITERION_PERSONS_DELEGATED,    /* persons from groups employed at this contract */
    SP_CRITERION_CONTRACTOR_STATUS,    /* PES, PS, ZPCh, legal form, a mark */
    SP_CRITERION_CONTRACTOR_WORKFORCE, /* whom the firm employs at large */
    SP_CRITERION_CONTRACTOR_STANDING   /* economic standing, experience of the firm */
};

/** K30, art. 241(3): a criterion may not concern properties of the contractor. @p wording is only
 *  quoted; a person classifies it (sp_criterion_guess() proposes). */
SP_MUST_CHECK enum sp_status sp_rule_criterion(const struct sp_rulebook *book,
                                               enum sp_criterion_kind kind, const char *wording,
                                               sp_day day, struct sp_arena *arena,
                                               struct sp_ruling *out, struct sp_error *err);

/** Guess the kind from phrases of data/rules/criteria.tsv; SP_CRITERION_UNKNOWN when none or
 *  contradicting ones occur. */
enum sp_criterion_kind sp_criterion_guess(const struct sp_rulebook *book, const char *wording);

#endif
