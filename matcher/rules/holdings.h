/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What one record brings to a condition of participation, on a given day.
 */
#ifndef SP_RULES_HOLDINGS_H
#define SP_RULES_HOLDINGS_H

#include "matcher/rules/conditions.h"

/** At least @p least; perhaps more where something is open. */
struct sp_holding {
    bool stated;     /* the record says something on the subject */
    bool open;       /* there is more whose size or validity is not known */
    int64_t least;   /* known for certain; pieces, persons or grosz */
    const char *why; /* of the record, shown as evidence; NULL: none */
};

typedef struct sp_holding sp_holding_fn(const struct sp_condition *condition,
                                        const Spoina__V1__Entity *entity, sp_day day);

/** One function for each kind of condition. A licence and a certificate are held alike. */
sp_holding_fn sp_holding_register;
sp_holding_fn sp_holding_licence;
sp_holding_fn sp_holding_references;
sp_holding_fn sp_holding_experience;
sp_holding_fn sp_holding_persons;
sp_holding_fn sp_holding_equipment;
sp_holding_fn sp_holding_revenue;
sp_holding_fn sp_holding_insurance;

#endif
