/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Which law a purchase falls under, and which instruments that law opens.
 *
 * What is not known is not guessed: every regime that the known facts leave open is kept, and one
 * regime is named only when one is left.
 */
#ifndef SP_RULES_REGIME_H
#define SP_RULES_REGIME_H

#include "matcher/rules/ruling.h"

enum { SP_VALUE_UNKNOWN = -1 };

/** A purchase as far as it is known. All zero except value_grosz = SP_VALUE_UNKNOWN and
 *  initiated = SP_DAY_UNKNOWN: nothing is known. */
struct sp_purchase {
    int64_t value_grosz;        /* estimated, net of VAT, all lots together; or SP_VALUE_UNKNOWN */
    sp_day initiated;           /* day on which the procedure starts; or SP_DAY_UNKNOWN */
    enum sp_purchase_kind kind; /* of the main subject */
    enum sp_buyer_class buyer;  /* utilities are outside this rulebook: UNKNOWN below the EU sum */
    enum sp_answer public_sector; /* the buyer belongs to the public finance sector (art. 26 ES) */
    const char *const *cpv;       /* codes; the first is the main subject */
    size_t cpv_count;             /* 0: not known */
    unsigned months;              /* length of the contract; 0: not known */
    bool in_house;                /* the buyer controls the contractor: art. 214(1)(11)-(14) */
    bool public_task;             /* an open competition of offers (UDPP), not a purchase */
};

struct sp_regime_ruling {
    bool known;                  /* one regime is left */
    enum sp_regime regime;       /* meaningful only when known */
    unsigned open;               /* bits of the regimes the facts leave open; never 0 */
    enum sp_certainty certainty; /* doubtful where the list of Annex XIV decided */
    const char *polish;          /* reasons, one paragraph */
    const char *english;
};

/** Name of a regime: "R0" .. "R6". */
const char *sp_regime_id(enum sp_regime regime);

/**
 * Tell the regime of @p purchase.
 * @return SP_OK; SP_INVALID (value below -1, or a CPV code that is not eight digits: @p err names
 *         it); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_rule_regime(const struct sp_rulebook *book,
                                            const struct sp_purchase *purchase,
                                            struct sp_arena *arena, struct sp_regime_ruling *out,
                                            struct sp_error *err);

/**
 * Tell whether the instrument @p id ("PZP94", "PZP361", "ES26", "SS15A", "PZP95", ...) may be used
 * in @p purchase: by regime, kind, CPV list, buyer and length of contract as its rule says.
 *
 * @return SP_OK; SP_NOT_FOUND (no such rule on that day); SP_INVALID; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_rule_instrument(const struct sp_rulebook *book,
                                                const struct sp_purchase *purchase, const char *id,
                                                struct sp_arena *arena, struct sp_ruling *out,
                                                struct sp_error *err);

#endif
