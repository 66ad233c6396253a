/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/lot_matching.h"

#include <stdio.h>

static enum sp_status invite(struct sp_lot_matching *lot, char *const *keys, size_t key_count,
                             uint32_t *found, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < key_count; i++) {
        char place[32];
        size_t index = 0;
        status = sp_pool_invite(&lot->matching->scoring, &lot->pool, keys[i], &index, err);
        found[i] = (uint32_t)index;
        (void)snprintf(place, sizeof place, "members[%zu]", i);
        if (status == SP_NOT_FOUND) {
            return SP_FAIL(err, SP_NOT_FOUND, place, "Katalog nie zna podmiotu „%.60s”.",
                           "The catalogue does not know the entity ‘%.60s’.", keys[i]);
        }
    }
    return status;
}

enum sp_status sp_lot_open(struct sp_lot_matching *out, size_t index, char *const *keys,
                           size_t key_count, uint32_t *found, struct sp_error *err)
{
    const struct sp_match_settings *settings = out->settings;
    struct sp_pool_request request = {.draft = settings->draft,
                                      .lot_index = index,
                                      .day = settings->day,
                                      .weights = settings->weights,
                                      .businesses_too = settings->businesses_too};
    struct sp_assembly_options options = {.team = settings->team};
    out->index = index;
    out->lot = settings->draft->lots[index];
    enum sp_status status = sp_match_go_on(&out->matching->scoring, err);
    if (status == SP_OK) {
        status = sp_pool_build(&out->matching->scoring, &request, out->arena, &out->pool, err);
    }
    if (status == SP_OK) {
        status = invite(out, keys, key_count, found, err);
    }
    if (status == SP_OK) {
        status = sp_assembly_make(&out->pool, out->matching->book, settings->day, &options,
                                  out->arena, &out->assembly, err);
    }
    return status;
}
