/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Which services an entity sells: most of its offers belong to one group, none comes twice before
 * all have come once. Private to tools/region.
 */
#ifndef SP_REGION_CHOICE_H
#define SP_REGION_CHOICE_H

#include "tools/region/region_maker.h"

struct sp_choice {
    const char *group;                 /* of most offers */
    bool used[SP_REGION_SERVICES_MAX]; /* by index into region->services */
};

/** Choose the main group of a performer of kind @p letter. */
void sp_choice_init(struct sp_choice *choice, struct sp_maker *maker, char letter);

/** Draw the next service that a performer of kind @p letter sells. Never NULL: opening the tables
 *  checked that each kind sells something. */
const struct sp_region_service *sp_choice_next(struct sp_choice *choice, struct sp_maker *maker,
                                               char letter);

#endif
