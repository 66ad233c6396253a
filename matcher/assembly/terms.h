/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a draft demands of those who offer for one lot, as questions to matcher/rules: the one place
 * where messages of need.proto become structs of the rulebook.
 *
 * Terms come in a fixed order: those asked of every offer (exclusion K05, own unit K28), clauses,
 * conditions, licences of requirements, and last those of a team (one offer K27, each performs
 * K32). Art. 100 binds the description of what is bought, not
 * those who offer: it is no term.
 */
#ifndef SP_ASSEMBLY_TERMS_H
#define SP_ASSEMBLY_TERMS_H

#include "base/arena.h"
#include "base/date.h"
#include "matcher/rules/clauses.h"
#include "matcher/rules/conditions.h"
#include "matcher/rules/regime.h"
#include "matcher/rules/reservations.h"
#include "spoina/v1/need.pb-c.h"

enum sp_term_kind {
    SP_TERM_EXCLUSION, /* K05 */
    SP_TERM_OWN_UNIT,  /* K28 */
    SP_TERM_ART_94,    /* clauses */
    SP_TERM_ART_361,
    SP_TERM_ES_26,
    SP_TERM_SS_15A,
    SP_TERM_ART_95,
    SP_TERM_ART_96,
    SP_TERM_KEY_TASKS,
    SP_TERM_CONDITION,     /* a condition of participation */
    SP_TERM_LICENCE,       /* a licence that a requirement names */
    SP_TERM_ONE_OFFER,     /* K27 */
    SP_TERM_EACH_PERFORMS, /* K32; of a team of two and more */
};

/** How a term looks at a team, and so where it stands in the problem. */
enum sp_term_type {
    SP_TERM_EVERY,     /* each member: sp_contender.status */
    SP_TERM_LEADER,    /* the leader: the ANY bit of those who can lead */
    SP_TERM_ANY,       /* one member whole: an ANY bit of its own */
    SP_TERM_PERFORMER, /* whoever performs the requirement: its licence bit */
    SP_TERM_SUM,       /* the members together: a SUM row of its own */
    SP_TERM_TEAM,      /* of the team as it stands: conflicts, allocation, verdicts only */
};

struct sp_lot_term {
    enum sp_term_kind kind;
    enum sp_term_type type;
    const char *subject;   /* id of the clause, condition or requirement; "": of every offer */
    uint32_t requirements; /* bits of the requirements it belongs to; 0: the whole lot */
    bool performs;         /* only members that perform one of these count (K09, K10) */
    int64_t asked;         /* ANY and SUM: how much; 1 where it is held or not */
    const Spoina__V1__Clause *clause;       /* NULL: none */
    const Spoina__V1__Condition *condition; /* NULL: none */
    struct sp_reservation reservation;      /* of art. 94, 361, 26 ES, 15a SS */
    struct sp_employment_clause employment; /* of art. 96 */
    struct sp_condition question;           /* of a condition or licence */
};

/** The terms of one lot. */
struct sp_lot_terms {
    const struct sp_lot_term *items;
    size_t count;
    sp_day day;            /* on which validity is checked */
    bool deadline_known;   /* false: day is that of the request, not the deadline for offers */
    const char *buyer_nip; /* ten digits; "": not known */
};

/**
 * List the terms of a lot.
 *
 * @param draft  checked; borrowed while the terms live
 * @param today  used where the draft names no deadline
 * @return SP_OK; SP_INVALID (a clause of art. 96 without groups or persons, an unspecified kind, an
 *         id of a requirement that the lot does not have: the place names it); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_terms_read(const Spoina__V1__Draft *draft, size_t lot_index,
                                           sp_day today, struct sp_arena *arena,
                                           struct sp_lot_terms *out, struct sp_error *err);

/**
 * The purchase as sp_rule_regime() and sp_rule_instrument() ask for it: value of the whole draft
 * (else of all its lots, if every one has one), day of initiation (else of publication), kind,
 * buyer, codes of the lot (else of the draft), length of the contract in months, begun ones full.
 */
SP_MUST_CHECK enum sp_status sp_terms_purchase(const Spoina__V1__Draft *draft, size_t lot_index,
                                               struct sp_arena *arena, struct sp_purchase *out,
                                               struct sp_error *err);

/** What an entity has declared by @p day (the latest of each kind), as the rules ask for it. */
struct sp_statement sp_terms_statement(const Spoina__V1__Entity *entity, sp_day day);

#endif
