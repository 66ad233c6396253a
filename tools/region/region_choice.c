/* SPDX-License-Identifier: EUPL-1.2 */
#include "tools/region/region_choice.h"

#include <string.h>

enum { SAME_GROUP = 800 /* per mille of further offers */ };

static bool fits(const struct sp_choice *choice, const struct sp_maker *maker, size_t i,
                 char letter, bool any_group)
{
    const struct sp_region_service *service = &maker->region->services[i];
    return !choice->used[i] && strchr(service->by, letter) != NULL &&
           (any_group || strcmp(service->group, choice->group) == 0);
}

/* Draw by weight among those that fit; NULL if none does. */
static const struct sp_region_service *draw(struct sp_choice *choice, struct sp_maker *maker,
                                            char letter, bool any_group)
{
    const struct sp_region *region = maker->region;
    int64_t sum = 0;
    for (size_t i = 0; i < region->service_count; i++) {
        sum += fits(choice, maker, i, letter, any_group) ? region->services[i].weight : 0;
    }
    if (sum == 0) {
        return NULL;
    }
    int64_t at = sp_random_between(&maker->random, 0, sum - 1);
    for (size_t i = 0; i < region->service_count; i++) {
        if (!fits(choice, maker, i, letter, any_group)) {
            continue;
        }
        if (at < region->services[i].weight) {
            choice->used[i] = true;
            return &region->services[i];
        }
        at -= region->services[i].weight;
    }
    return NULL;
}

void sp_choice_init(struct sp_choice *choice, struct sp_maker *maker, char letter)
{
    *choice = (struct sp_choice){.group = ""};
    const struct sp_region_service *service = draw(choice, maker, letter, true);
    *choice = (struct sp_choice){.group = service == NULL ? "" : service->group};
}

const struct sp_region_service *sp_choice_next(struct sp_choice *choice, struct sp_maker *maker,
                                               char letter)
{
    bool any_group = !sp_random_chance(&maker->random, SAME_GROUP);
    const struct sp_region_service *service = draw(choice, maker, letter, any_group);
    if (service == NULL) { /* the group is used up */
        service = draw(choice, maker, letter, true);
    }
    if (service == NULL) { /* all are used up: a second offer of the same service */
        memset(choice->used, 0, sizeof choice->used);
        service = draw(choice, maker, letter, true);
    }
    SP_ASSERT(service != NULL);
    return service;
}
