/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The rulebook: dated data that a lawyer can read and correct, not code.
 *
 * data/rules/rulebook.txt holds the rules as blocks of "key: value"; thresholds.tsv the amounts by
 * period and class of buyer; cpv_lists.tsv the lists of codes of art. 361 and of Annex XIV;
 * groups.tsv the three lists of groups of persons beside each other. Everything is checked at
 * opening; an error names file and line. What is not settled law says so (certainty), and nothing
 * in this folder turns an interpretation into law.
 *
 * A rulebook is immutable after opening: shared by all threads.
 */
#ifndef SP_RULES_RULEBOOK_H
#define SP_RULES_RULEBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/status.h"
#include "base/view.h"
#include "spoina/v1/catalogue.pb-c.h"

struct sp_rulebook;

/** How settled a rule is. */
enum sp_certainty {
    SP_CERTAINTY_LAW,            /* the text of the law says it */
    SP_CERTAINTY_INTERPRETATION, /* no text says it in so many words */
    SP_CERTAINTY_DOUBTFUL        /* from memory or disputed: to be checked before use */
};

/** How a rule looks at the members of a consortium. */
enum sp_rule_type {
    SP_RULE_EVERY,      /* each member */
    SP_RULE_ANY,        /* at least one member, whole */
    SP_RULE_PERFORMER,  /* whoever performs the part */
    SP_RULE_SUM,        /* the members' values together */
    SP_RULE_SHARE,      /* part of a whole, member by member, never pooled */
    SP_RULE_CONFLICT,   /* never together */
    SP_RULE_INFORMATION /* told, not evaluated */
};

/** Regimes of procurement. Bit n of a set of regimes is regime n. */
enum sp_regime {
    SP_REGIME_BELOW,           /* R0: below the national threshold, Pzp does not apply */
    SP_REGIME_NATIONAL,        /* R1: from the national threshold, below the EU one */
    SP_REGIME_SOCIAL_NATIONAL, /* R2: social services below the EU threshold, art. 359(2) */
    SP_REGIME_SOCIAL_EU,       /* R3: social services from the EU threshold, art. 359(1) */
    SP_REGIME_EU,              /* R4: from the EU threshold */
    SP_REGIME_IN_HOUSE,        /* R5: art. 214(1)(11)-(14) */
    SP_REGIME_PUBLIC_TASK,     /* R6: commissioning of public tasks (UDPP), not a procurement */
    SP_REGIME_COUNT
};

/** What is bought. Bit n of a set of kinds is kind n. */
enum sp_purchase_kind {
    SP_PURCHASE_UNKNOWN,
    SP_PURCHASE_SERVICES,
    SP_PURCHASE_SUPPLIES,
    SP_PURCHASE_WORKS,
    SP_PURCHASE_COUNT
};

/** Who buys. */
enum sp_buyer_class {
    SP_BUYER_UNKNOWN,
    SP_BUYER_LOCAL,    /* local government and its units: sub-central */
    SP_BUYER_CENTRAL,  /* central government */
    SP_BUYER_SECTORAL, /* utilities */
    SP_BUYER_COUNT
};

/** One rule in one period of validity. Strings are NUL-terminated UTF-8, owned by the rulebook. */
struct sp_rule {
    const char *id;      /* "PZP94", "K07" */
    const char *article; /* "art. 94 ust. 1-2" */
    const char *act;     /* "Pzp (Dz.U. 2024 poz. 1320)" */
    sp_day valid_from;
    sp_day valid_to; /* last day; SP_DAY_UNKNOWN: no end known */
    enum sp_certainty certainty;
    unsigned confidence_percent; /* of an interpretation, as the reference gives it; 0: not given */
    enum sp_rule_type type;
    unsigned regimes; /* bits of enum sp_regime; 0: any */
    unsigned kinds;   /* bits of enum sp_purchase_kind; 0: any */
    int64_t number;   /* the number the rule turns on (30 %, 36 months); -1: none */
    const char *polish;
    const char *english;
    unsigned line; /* of rulebook.txt */
};

/** Which threshold. */
enum sp_threshold_kind {
    SP_THRESHOLD_NATIONAL, /* from which Pzp applies */
    SP_THRESHOLD_EU,       /* supplies and services, by class of buyer */
    SP_THRESHOLD_EU_WORKS, /* any buyer */
    SP_THRESHOLD_EU_SOCIAL /* social services, by class of buyer */
};

/** One amount in one period. */
struct sp_threshold {
    enum sp_threshold_kind kind;
    enum sp_buyer_class buyer; /* SP_BUYER_UNKNOWN: any */
    sp_day valid_from;
    sp_day valid_to; /* last day; SP_DAY_UNKNOWN: no end known */
    int64_t euro;    /* -1: not set in euro */
    int64_t grosz;   /* -1: not known */
    enum sp_certainty certainty;
    const char *source;
};

/** Lists of CPV codes. */
enum sp_cpv_list {
    SP_CPV_ART_361,  /* closed list of art. 361: health, social and cultural services */
    SP_CPV_ANNEX_XIV /* social and other special services, Annex XIV of directive 2014/24 */
};

/** The three lists of groups of persons: they overlap and are not equal. */
enum sp_group_list {
    SP_GROUPS_ART_94, /* art. 94(1) Pzp: reservation */
    SP_GROUPS_ART_96, /* art. 96(2)(2) Pzp: employment clause */
    SP_GROUPS_ES_ACT, /* art. 2(6) of the social economy act: social enterprise */
    SP_GROUPS_COUNT
};

/** Whether a list holds a group. */
enum sp_listing {
    SP_LISTED_NO,
    SP_LISTED_YES,
    SP_LISTED_WITHIN, /* inside another group of the list, or by reference to another act */
    SP_LISTED_OPEN    /* only arguable, from the words "in particular" */
};

/**
 * Open and check rules/ of @p share_dir: rulebook.txt, thresholds.tsv, cpv_lists.tsv, groups.tsv.
 *
 * @param out  freed with sp_rulebook_free(), on success only
 * @return SP_OK; SP_NOT_FOUND; SP_IO; SP_CORRUPT (names file and line); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_rulebook_open(const char *share_dir, struct sp_rulebook **out,
                                              struct sp_error *err);
void sp_rulebook_free(struct sp_rulebook *book);

/** Version of the rulebook, e.g. "2026-11-22.1"; part of every replay id. */
const char *sp_rulebook_version(const struct sp_rulebook *book);

/** All rules in the order of the file. */
const struct sp_rule *sp_rulebook_rules(const struct sp_rulebook *book, size_t *count);

/** Find the rule @p id as valid on @p day; NULL when there was none. */
const struct sp_rule *sp_rule_find(const struct sp_rulebook *book, const char *id, sp_day day);

/** Find the threshold valid on @p day; NULL when the rulebook has none for that day. */
const struct sp_threshold *sp_threshold_find(const struct sp_rulebook *book,
                                             enum sp_threshold_kind kind, enum sp_buyer_class buyer,
                                             sp_day day);

/** Tell whether @p list holds the code of eight digits (a check digit after it is ignored).
 *  @param certainty  of the entry that holds it; untouched otherwise; may be NULL */
bool sp_cpv_listed(const struct sp_rulebook *book, enum sp_cpv_list list, const char *cpv,
                   enum sp_certainty *certainty);

/** Tell whether @p list holds @p group. */
enum sp_listing sp_group_listed(const struct sp_rulebook *book, enum sp_group_list list,
                                Spoina__V1__SocialGroup group);

/** Name of @p group in the plural, e.g. "bezrobotni"; NULL for a group the table does not know. */
const char *sp_group_polish(const struct sp_rulebook *book, Spoina__V1__SocialGroup group);
const char *sp_group_english(const struct sp_rulebook *book, Spoina__V1__SocialGroup group);

/** Word for a certainty: "prawo", "interpretacja", "wątpliwe". */
const char *sp_certainty_polish(enum sp_certainty certainty);
const char *sp_certainty_english(enum sp_certainty certainty);

#endif
