/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Who may take part at all: reserved contracts, exclusion, the buyer's own units, one contractor
 * behind several units.
 *
 * No statute says how a reservation applies to a consortium. The default, every member, is an
 * interpretation and every ruling on a team says so; the scope is the caller's to set.
 */
#ifndef SP_RULES_RESERVATIONS_H
#define SP_RULES_RESERVATIONS_H

#include "matcher/rules/ruling.h"

/** Which members a reservation looks at. */
enum sp_scope {
    SP_SCOPE_ALL,        /* each member: the default reading */
    SP_SCOPE_PERFORMERS, /* members that perform a part */
    SP_SCOPE_LEAD        /* member 0 only */
};

struct sp_reservation {
    enum sp_scope scope;
    unsigned share_percent; /* art. 94: what the buyer asks for; 0: what the law says (30); a buyer
                               may ask for more, never for less */
};

/**
 * Art. 94 Pzp: status or aim (K01), and the share of marginalised persons among those employed by
 * the contractor or by its unit that performs (K02), each on its own numbers, never pooled.
 * Participants of CIS, KIS and WTZ are not employees.
 *
 * @return SP_OK; SP_INVALID (the share asked for is not between the law's and 100); SP_NOMEM;
 *         SP_NOT_FOUND (the rulebook has no such rule on the deadline)
 */
SP_MUST_CHECK enum sp_status sp_rule_art_94(const struct sp_rulebook *book,
                                            const struct sp_team *team,
                                            const struct sp_reservation *options,
                                            struct sp_arena *arena, struct sp_ruling *out,
                                            struct sp_error *err);

/** Art. 361 Pzp: aim, non-profit, participation, no such contract from this buyer in three years.
 */
SP_MUST_CHECK enum sp_status sp_rule_art_361(const struct sp_rulebook *book,
                                             const struct sp_team *team,
                                             const struct sp_reservation *options,
                                             struct sp_arena *arena, struct sp_ruling *out,
                                             struct sp_error *err);

/** Art. 26 of the social economy act: status of a social enterprise on the deadline. */
SP_MUST_CHECK enum sp_status sp_rule_es_26(const struct sp_rulebook *book,
                                           const struct sp_team *team,
                                           const struct sp_reservation *options,
                                           struct sp_arena *arena, struct sp_ruling *out,
                                           struct sp_error *err);

/** Art. 15a of the act on social cooperatives: legal form. */
SP_MUST_CHECK enum sp_status sp_rule_ss_15a(const struct sp_rulebook *book,
                                            const struct sp_team *team,
                                            const struct sp_reservation *options,
                                            struct sp_arena *arena, struct sp_ruling *out,
                                            struct sp_error *err);

/** Art. 108, 109 Pzp and sanctions (K05): as stated, every member. */
SP_MUST_CHECK enum sp_status sp_rule_exclusion(const struct sp_rulebook *book,
                                               const struct sp_team *team, struct sp_arena *arena,
                                               struct sp_ruling *out, struct sp_error *err);

/** K28: the buyer's own unit without legal personality is not a contractor.
 *  @param buyer_nip  ten digits; NULL or "": not known */
SP_MUST_CHECK enum sp_status sp_rule_own_unit(const struct sp_rulebook *book,
                                              const struct sp_team *team, const char *buyer_nip,
                                              struct sp_arena *arena, struct sp_ruling *out,
                                              struct sp_error *err);

/** Tell whether two records are one contractor: same id, NIP, KRS, or first 9 digits of REGON. */
bool sp_same_contractor(const Spoina__V1__Entity *a, const Spoina__V1__Entity *b);

/** K27: no contractor twice in the team, and none of @p rival (NULL: no other offer for the lot).
 */
SP_MUST_CHECK enum sp_status sp_rule_one_offer(const struct sp_rulebook *book,
                                               const struct sp_team *team,
                                               const struct sp_team *rival, struct sp_arena *arena,
                                               struct sp_ruling *out, struct sp_error *err);

#endif
