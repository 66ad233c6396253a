/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From the pool of a lot and the rulebook to a problem of plain integers, with the meaning of every
 * number in it, and from a solved team back to rulings.
 *
 * Where a term stands in the problem:
 *
 *   EVERY      sp_contender.status: no ruling of an EVERY term is NOT MET
 *   LEADER     one ANY bit for all of them together: members who could lead
 *   ANY        an ANY bit each; references (K09): only held by who has a cell in the part
 *   PERFORMER  licence bit j for requirement j: no PERFORMER term of it is NOT MET
 *   SUM        a SUM row each; experience (K10): only of who has a cell in the part
 *   TEAM       conflicts (K27, sp_same_contractor()); the rest is ruled on the finished team
 *
 * To be completed counts as met: a SUM attribute that is not known suffices, an unknown capacity
 * covers the requirement; each ruling to be completed costs SP_UNKNOWN_COST points of value, so
 * that it ranks after MET. With certain_only nothing that is not known counts (a demand that the
 * draft does not state is nobody's to meet and stays covered).
 *
 * Cells: an entity may perform requirement j if its fit is relevant, its offer does not rule out
 * the place, and some capacity is free. Effort: the lot is 1000 units. Capacity in units is
 * floor(demand[j] x free / demand), at most demand[j]. What one offer has free is not given out
 * twice: sp_contender.load bounds the sum so that no allocation within it overdraws the offer, if
 * the entity has no other cells; else sp_assembly_settle() mends the team.
 *
 * That the holder of a reference also performs the part (K09) is no linear condition: the bit is
 * held by those who can, and sp_assembly_settle() moves work to a holder where the best allocation
 * gave it none.
 *
 * Candidates are the pool entities with a cell, and those invited; without `status` one is never a
 * member (sp_problem.every), but known. Candidates stand in the order of a fair key, so that the
 * solver's order among equals favours nobody.
 */
#ifndef SP_ASSEMBLY_ASSEMBLY_H
#define SP_ASSEMBLY_ASSEMBLY_H

#include "matcher/assembly/team_options.h"
#include "matcher/assembly/terms.h"
#include "matcher/consortium/problem.h"
#include "matcher/consortium/solve.h"
#include "matcher/rules/ruling.h"
#include "matcher/scoring/pool.h"

enum {
    SP_LOT_EFFORT = 1000,  /* effort units of a lot */
    SP_POINT_SCORE = 1000, /* score units of one point of 1000 */
    SP_NO_CANDIDATE = -1
};

struct sp_assembly_options {
    struct sp_team_options team;
    bool certain_only;  /* what is to be completed counts as not met */
    uint32_t radius_km; /* only those within so far of the place; 0: any. Unknown distances stay */
};

/** One way of an entity to perform one requirement. */
struct sp_station {
    int32_t effort;        /* units it can take, 0..demand[j]; 0: none */
    int32_t value;         /* per unit, 0..1000 */
    bool may_perform;      /* relevant, place not ruled out, within the radius */
    bool capacity_unknown; /* effort is what is asked, not what is declared */
    bool licensed;         /* no PERFORMER term of it is NOT MET (certain_only: all are MET) */
};

/** What is known of one pool entity under the terms. */
struct sp_standing {
    int32_t candidate;                 /* in the problem; SP_NO_CANDIDATE: it can perform nothing */
    bool status;                       /* no EVERY term is NOT MET (certain_only: all are MET) */
    bool can_lead;                     /* likewise the LEADER terms */
    uint32_t unknown;                  /* rulings to be completed */
    const char *unit_id;               /* of the offer that fits best; "": the entity itself */
    const struct sp_station *stations; /* by requirement */
    const uint8_t *decisions;          /* enum sp_decision, by term; TEAM terms: MET */
    const int64_t *parts;              /* by term: what it is known to bring to ANY and SUM */
};

struct sp_assembly {
    const struct sp_pool *pool;
    const struct sp_rulebook *book;
    struct sp_assembly_options options;
    struct sp_lot_terms terms;
    struct sp_problem problem;            /* passes sp_problem_check() */
    const struct sp_standing *standings;  /* by pool entity */
    const uint32_t *candidates;           /* pool entity of each candidate of the problem */
    Spoina__V1__EffortBasis effort_basis; /* how problem.demand was split */
    const int32_t *any_terms; /* term of each ANY bit; SP_LEADER_BIT for that of the leader */
    const int32_t *sum_terms; /* term of each SUM row */
};

enum { SP_LEADER_BIT = -1 };

/**
 * Put the problem of a lot together.
 *
 * @param pool   borrowed while the assembly lives; changed entities need a new assembly
 * @param today  used where the draft names no deadline for offers
 * @param arena  holds the assembly
 * @return SP_OK (also without any candidate); SP_INVALID (terms, see sp_terms_read() and
 *         sp_rule_condition(); the place names the field); SP_LIMIT (more ANY or SUM terms than a
 *         problem holds); SP_NOT_FOUND (the rulebook has no such rule on that day); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_assembly_make(const struct sp_pool *pool,
                                              const struct sp_rulebook *book, sp_day today,
                                              const struct sp_assembly_options *options,
                                              struct sp_arena *arena, struct sp_assembly *out,
                                              struct sp_error *err);

/** A team in terms of the pool, the leader first. */
struct sp_assembled_team {
    size_t count;
    uint32_t entities[SP_MAX_MEMBERS]; /* indices into the pool */
    int32_t effort[SP_MAX_MEMBERS][SP_MAX_REQUIREMENTS];
    int32_t uncovered; /* effort units that nobody performs */
    int64_t quality;   /* score units: sum of value x effort */
    int64_t partners;  /* cost of the members after the first */
    int64_t friction;
    int64_t score; /* quality - partners - friction; what is missing is not in it */
};

/**
 * Read a solved team: the leader is the member with the most effort among those that can lead
 * (among all, if nobody can); equals by the fair order of candidates. The others follow by effort.
 */
void sp_assembly_read_team(const struct sp_assembly *assembly, const struct sp_solved_team *team,
                           struct sp_assembled_team *out);

/** Make a team of @p count pool entities, whoever they are, with their best allocation: also such
 *  as could not be members, whose effort is then 0. The first is the leader if @p keep_leader.
 *  @return SP_OK; SP_INVALID (nobody, too many, or one twice) */
SP_MUST_CHECK enum sp_status sp_assembly_value_team(const struct sp_assembly *assembly,
                                                    const uint32_t *entities, size_t count,
                                                    bool keep_leader, struct sp_assembled_team *out,
                                                    struct sp_error *err);

/**
 * Make the allocation of a team keep what the problem's integers could not say: no offer is
 * overdrawn, and a holder of each performing ANY term performs a part of it. The least that is
 * moved to a holder is the least load of a member, or all there is. The score falls by what that
 * costs.
 *
 * @return false if no such allocation covers as much: the team is not what it seemed
 */
bool sp_assembly_settle(const struct sp_assembly *assembly, struct sp_solved_team *team);

/** One ruling of a verdict table. */
struct sp_finding {
    const struct sp_lot_term *term;
    struct sp_ruling ruling; /* verdicts name members by index in the team */
};

struct sp_verdicts {
    enum sp_decision decision;         /* NOT MET if one is; else UNKNOWN if one is; else MET */
    bool complete;                     /* everything is covered and nothing is NOT MET */
    bool capacity_unknown;             /* some part rests on a capacity that nobody has declared */
    const struct sp_finding *findings; /* in the order of the terms */
    size_t count;
};

/**
 * Rule on a team: every term of the lot, on the day of the terms.
 *
 * @param arena  holds rulings and sentences
 * @return SP_OK; SP_INVALID, SP_NOT_FOUND (see sp_assembly_make()); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_assembly_verdicts(const struct sp_assembly *assembly,
                                                  const struct sp_assembled_team *team,
                                                  struct sp_arena *arena, struct sp_verdicts *out,
                                                  struct sp_error *err);

/** Rule on one pool entity alone, as a single bidder, under one term. */
SP_MUST_CHECK enum sp_status sp_assembly_ruling(const struct sp_assembly *assembly, size_t entity,
                                                const struct sp_lot_term *term,
                                                struct sp_arena *arena, struct sp_ruling *out,
                                                struct sp_error *err);

/** How an entity could offer alone. */
enum sp_alone {
    SP_ALONE_NO,
    SP_ALONE_UNKNOWN, /* it could, with data to be completed */
    SP_ALONE_YES
};

/** Could the pool entity @p entity cover the whole lot by itself? */
enum sp_alone sp_assembly_alone(const struct sp_assembly *assembly, size_t entity);

#endif
