/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Who worked with whom.
 *
 * An entity must be a function of its own number, and yet both partners should tell the same. So
 * pairs come from ROUNDS mirrors of the numbers: in round r the partner of i is c(r) - i modulo
 * their count, which leads back. Whether the two really worked together, at what and when, is drawn
 * from a stream of the pair; only whether a side forgot to tell is drawn from its own. Those who
 * share an OWES meet more often than others.
 */
#include <string.h>

#include "tools/region/region_maker.h"

enum {
    ROUNDS = 32,
    NEAR = 110,   /* per mille of mirrored pairs that share an OWES, and worked together */
    FAR = 14,     /* of the others */
    FORGOT = 250, /* of cooperations that a side does not tell */
    OPEN_END = 650,
    DAYS_LEAST = 200, /* since the cooperation began */
    DAYS_MOST = 1600,
    LENGTH_LEAST = 60,
    LENGTH_MOST = 500
};

/** The other one in @p round, from 1; may be the entity itself. */
static uint32_t mirror(const struct sp_maker *maker, uint32_t round)
{
    uint32_t count = maker->options->entities;
    struct sp_random random = sp_random_of(maker->options->seed, round, SP_MAKER_PARTNERS);
    uint64_t sum = sp_random_below(&random, count) + (uint64_t)count;
    return (uint32_t)((sum - (maker->number - 1)) % count) + 1;
}

static const char *owes_of(const struct sp_maker *maker, const struct sp_region_powiat *powiat)
{
    const struct sp_owes *owes =
        sp_territory_owes(maker->region->territory, sp_view_of(powiat->place->teryt));
    return owes == NULL ? "" : owes->id;
}

static bool share_owes(const struct sp_maker *maker, uint32_t other)
{
    struct sp_maker partner = *maker;
    partner.number = other;
    sp_make_whereabouts(&partner);
    const char *owes = owes_of(maker, maker->powiat);
    return owes[0] != '\0' && strcmp(owes, owes_of(maker, partner.powiat)) == 0;
}

static bool is_told(const struct sp_maker *maker, const char *id)
{
    for (size_t i = 0; i < maker->entity->n_cooperations; i++) {
        if (strcmp(maker->entity->cooperations[i]->entity_id, id) == 0) {
            return true;
        }
    }
    return false;
}

/** Add the cooperation with @p other; maker->random is the stream of the pair. */
static void add(struct sp_maker *maker, uint32_t other)
{
    static const char *const kinds[] = {"consortium", "subcontract", "agreement", "agreement"};
    Spoina__V1__Cooperation *cooperation =
        SP_MAKE(maker, Spoina__V1__Cooperation, SPOINA__V1__COOPERATION__INIT);
    const char *kind = kinds[sp_random_below(&maker->random, SP_COUNT(kinds))];
    sp_day from =
        maker->options->today - (sp_day)sp_random_between(&maker->random, DAYS_LEAST, DAYS_MOST);
    sp_day to = from + (sp_day)sp_random_between(&maker->random, LENGTH_LEAST, LENGTH_MOST);
    bool open = strcmp(kind, "agreement") == 0 && sp_random_chance(&maker->random, OPEN_END);
    if (cooperation == NULL || maker->entity->cooperations == NULL) {
        return;
    }
    cooperation->entity_id = sp_make_id(maker, other);
    cooperation->kind = sp_make_constant(kind);
    cooperation->from = sp_make_date(maker, from);
    cooperation->to = open ? sp_make_constant("") : sp_make_date(maker, to);
    if (!is_told(maker, cooperation->entity_id)) { /* few entities: mirrors meet again */
        maker->entity->cooperations[maker->entity->n_cooperations++] = cooperation;
    }
}

void sp_make_cooperations(struct sp_maker *maker)
{
    maker->entity->cooperations =
        sp_make_zeroed(maker, ROUNDS, sizeof(*maker->entity->cooperations));
    struct sp_random forgotten =
        sp_random_of(maker->options->seed, maker->number, SP_MAKER_FORGOTTEN);
    for (uint32_t round = 1; round <= ROUNDS && maker->status == SP_OK; round++) {
        uint32_t other = mirror(maker, round);
        uint32_t first = other < maker->number ? other : maker->number;
        bool forgot = sp_random_chance(&forgotten, FORGOT);
        maker->random =
            sp_random_of(maker->options->seed, first, SP_MAKER_PARTNERS + ((uint64_t)round << 32));
        unsigned draw = sp_random_below(&maker->random, 1000);
        /* Most pairs are out before their places need be known. */
        if (other != maker->number && draw < NEAR && !forgot &&
            (draw < FAR || share_owes(maker, other))) {
            add(maker, other);
        }
    }
}
