/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What the rules are asked about (a team on a day) and what they answer (a ruling).
 *
 * A ruling has one decision for the team and a verdict for each member looked at: with the rule,
 * the evidence, the day on which validity was checked, and the number computed. Missing data is
 * never NOT MET: it is UNKNOWN, to be completed.
 */
#ifndef SP_RULES_RULING_H
#define SP_RULES_RULING_H

#include "base/arena.h"
#include "matcher/rules/rulebook.h"

enum sp_decision {
    SP_DECISION_UNKNOWN, /* to be completed */
    SP_DECISION_MET,
    SP_DECISION_NOT_MET
};

/** A fact that the catalogue does not hold and somebody may have stated. */
enum sp_answer { SP_ANSWER_UNKNOWN, SP_ANSWER_YES, SP_ANSWER_NO };

/** Facts stated about a bidder besides its record. All zero: nothing stated. */
struct sp_statement {
    enum sp_answer integration_aim;    /* main aim is integration of marginalised persons */
    enum sp_answer public_utility_aim; /* art. 361(1)(1) */
    enum sp_answer non_profit;         /* art. 361(1)(2) */
    enum sp_answer participation;      /* art. 361(1)(3) */
    enum sp_answer certificate_27;     /* art. 27 ES: proves art. 361(1)(1)-(3) */
    enum sp_answer awarded_361;        /* by the same buyer under art. 361, ever */
    sp_day awarded_361_on;             /* day of the last award, when awarded_361 is YES; 0 or
                                          SP_DAY_UNKNOWN: not known */
    enum sp_answer social_enterprise;  /* PS status, where the record says nothing */
    enum sp_answer excluded;           /* grounds of art. 108, 109 or of the sanctions act */
};

/** One member of a team. */
struct sp_bidder {
    const Spoina__V1__Entity *entity;  /* borrowed */
    const char *unit_id;               /* the unit that performs; NULL or "": the entity itself */
    uint32_t performs;                 /* bit j: performs requirement j (art. 117(4)) */
    const struct sp_statement *stated; /* NULL: nothing stated */
};

enum { SP_TEAM_MEMBERS_MAX = 32, SP_NO_MEMBER = -1, SP_PART_UNKNOWN = -1 };

/** A bidder or a consortium, on the day of the tender's deadline. */
struct sp_team {
    const struct sp_bidder *members; /* borrowed; member 0 is the leader */
    size_t count;                    /* 1..SP_TEAM_MEMBERS_MAX */
    sp_day deadline;                 /* all validity is checked on this day */
    uint32_t subcontracted;          /* bit j: requirement j is given to a subcontractor */
    bool silent;                     /* decisions and numbers only: for thousands of teams, the
                                        sentences of rulings stay empty */
};

/** The number a verdict turns on. */
enum sp_value_kind {
    SP_VALUE_NONE,
    SP_VALUE_SHARE, /* part of whole, persons */
    SP_VALUE_COUNT, /* part of the whole that is asked for, pieces or persons */
    SP_VALUE_GROSZ  /* part of the whole that is asked for, money */
};

/** The outcome for one member. */
struct sp_verdict {
    const struct sp_rule *rule;
    enum sp_decision decision;
    int member; /* index in the team; SP_NO_MEMBER: the team as a whole */
    sp_day day; /* on which validity was checked */
    enum sp_value_kind value;
    int64_t part; /* SP_PART_UNKNOWN: nothing is known of it */
    int64_t whole;
    bool contributes;   /* brings something to a sum; the decision is that of the sum */
    const char *polish; /* evidence, one sentence */
    const char *english;
};

/** The outcome for a team. Lives in the arena given. */
struct sp_ruling {
    const struct sp_rule *rule;
    enum sp_decision decision;
    enum sp_certainty certainty; /* of the ruling: the least certain step in it */
    const struct sp_verdict *verdicts;
    size_t count;
    const char *polish; /* verdict, rule, article and certainty in one sentence */
    const char *english;
};

/** Words for a decision: "spełnione", "niespełnione", "do uzupełnienia". */
const char *sp_decision_polish(enum sp_decision decision);
const char *sp_decision_english(enum sp_decision decision);

#endif
