/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Changes of a record that bring an entity in.
 *
 * Sets are tried by size, one change, then two; only if none of these helps is the whole list
 * thinned out, change by change. What every member must meet is in every set.
 */
#include "matcher/advice/absence_priv.h"

enum { PAIRS_OF_MOST = 8 /* pairs are tried among so many changes at most */ };

/* Apply the changes whose bit is set to a copy of the record and match again. */
static enum sp_status try_changes(struct sp_absence *absence, uint32_t set, struct sp_presence *out)
{
    struct sp_scene *scene = absence->scene;
    const struct sp_match_context *context = &scene->advising->matching.scoring;
    struct sp_lot_matching lot = absence->base;
    Spoina__V1__Entity *copy = NULL;
    size_t entity = 0;
    sp_arena_reset(scene->trial);
    lot.arena = scene->trial;
    enum sp_status status = sp_match_go_on(context, absence->err);
    if (status == SP_OK) {
        status = sp_record_copy(sp_absence_entity(absence), scene->trial, &copy, absence->err);
    }
    for (size_t i = 0; status == SP_OK && i < absence->changes.count; i++) {
        if ((set & 1U << i) != 0) {
            status =
                sp_record_change_apply(&absence->base, absence->entity, absence->changes.items[i],
                                       copy, scene->trial, absence->err);
        }
    }
    if (status == SP_OK) {
        status = sp_pool_fork(&absence->base.pool, scene->trial, &lot.pool, absence->err);
    }
    if (status == SP_OK) {
        status = sp_pool_put(context, &lot.pool, copy, &entity, absence->err);
    }
    if (status == SP_OK) {
        status = sp_assembly_make(&lot.pool, scene->advising->matching.book, scene->settings.day,
                                  &absence->base.assembly.options, scene->trial, &lot.assembly,
                                  absence->err);
    }
    return status == SP_OK ? sp_presence_look(absence, &lot, (uint32_t)entity, true, out) : status;
}

static uint32_t count_bits(uint32_t set)
{
    return (uint32_t)__builtin_popcount(set);
}

Spoina__V1__Gap *sp_absence_add_gap(struct sp_absence *absence, size_t changes)
{
    Spoina__V1__LotAbsence *out = absence->out;
    Spoina__V1__Gap *gap = sp_arena_alloc(absence->scene->answer, sizeof *gap);
    Spoina__V1__Change **items =
        sp_arena_calloc(absence->scene->answer, changes + 1, sizeof(Spoina__V1__Change *));
    if (gap == NULL || items == NULL) {
        return NULL;
    }
    spoina__v1__gap__init(gap);
    gap->decision = SPOINA__V1__DECISION__DECISION_NOT_MET;
    gap->changes = items;
    gap->verified = 1;
    out->counterfactuals[out->n_counterfactuals++] = gap;
    return gap;
}

static enum sp_status add_counterfactual(struct sp_absence *absence, uint32_t set,
                                         const struct sp_presence *presence)
{
    Spoina__V1__Gap *gap = sp_absence_add_gap(absence, count_bits(set));
    if (gap == NULL) {
        return SP_FAIL_NOMEM(absence->err);
    }
    for (size_t i = 0; i < absence->changes.count; i++) {
        if ((set & 1U << i) != 0) {
            gap->changes[gap->n_changes++] = absence->changes.items[i];
        }
    }
    const struct sp_speaker *speaker = &absence->scene->speaker;
    double count = count_bits(set);
    gap->text = presence->alone ? SP_TELL(speaker, COUNTER_ALONE, .numbers = {count})
                                : SP_TELL(speaker, COUNTER_TEAM, .numbers = {count});
    return gap->text == NULL ? SP_FAIL_NOMEM(absence->err) : SP_OK;
}

bool sp_absence_is_full(const struct sp_absence *absence)
{
    return absence->out->n_counterfactuals == SP_COUNTERFACTUALS_MAX;
}

/* A set that does not add an offer tells nothing about an entity that the search passed over. */
static bool may_tell(const struct sp_absence *absence, uint32_t set)
{
    for (size_t i = 0; i < absence->changes.count; i++) {
        if ((set & 1U << i) != 0 && absence->changes.adds_offer[i]) {
            return true;
        }
    }
    return absence->found_by_search;
}

static enum sp_status try_set(struct sp_absence *absence, uint32_t set, bool *helps)
{
    struct sp_presence presence = {.place = 0};
    *helps = false;
    if (set == 0 || !may_tell(absence, set)) {
        return SP_OK;
    }
    enum sp_status status = try_changes(absence, set, &presence);
    *helps = sp_is_present(&presence);
    return status == SP_OK && *helps ? add_counterfactual(absence, set, &presence) : status;
}

/* Sets of one or two further changes. */
static enum sp_status try_small_sets(struct sp_absence *absence, uint32_t needed)
{
    size_t count = absence->changes.count;
    enum sp_status status = SP_OK;
    bool helps = false;
    for (size_t i = 0; status == SP_OK && i < count && !sp_absence_is_full(absence); i++) {
        if ((needed & 1U << i) == 0) {
            status = try_set(absence, needed | 1U << i, &helps);
        }
    }
    if (absence->out->n_counterfactuals > 0 || count - count_bits(needed) > PAIRS_OF_MOST) {
        return status;
    }
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        for (size_t k = i + 1; status == SP_OK && k < count && !sp_absence_is_full(absence); k++) {
            if ((needed & (1U << i | 1U << k)) == 0) {
                status = try_set(absence, needed | 1U << i | 1U << k, &helps);
            }
        }
    }
    return status;
}

/* All changes together, then without each one that is not missed. */
static enum sp_status thin_out(struct sp_absence *absence)
{
    uint32_t set = (uint32_t)((UINT64_C(1) << absence->changes.count) - 1);
    struct sp_presence presence = {.place = 0};
    if (set == 0 || !may_tell(absence, set)) {
        return SP_OK;
    }
    enum sp_status status = try_changes(absence, set, &presence);
    if (status != SP_OK || !sp_is_present(&presence)) {
        return status;
    }
    struct sp_presence kept = presence;
    for (size_t i = absence->changes.count; status == SP_OK && i-- > 0;) {
        uint32_t without = set & ~(1U << i);
        if (absence->changes.needed[i] || without == 0 || !may_tell(absence, without)) {
            continue;
        }
        status = try_changes(absence, without, &presence);
        if (status == SP_OK && sp_is_present(&presence)) {
            set = without;
            kept = presence;
        }
    }
    return status == SP_OK ? add_counterfactual(absence, set, &kept) : status;
}

enum sp_status sp_absence_try_record(struct sp_absence *absence)
{
    enum sp_status status = sp_record_changes_list(absence->scene, &absence->base, absence->entity,
                                                   &absence->changes, absence->err);
    uint32_t needed = 0;
    bool helps = false;
    for (size_t i = 0; i < absence->changes.count; i++) {
        needed |= absence->changes.needed[i] ? 1U << i : 0;
    }
    if (status != SP_OK || absence->changes.hopeless) {
        return status;
    }
    status = try_set(absence, needed, &helps);
    if (status == SP_OK && !helps) {
        status = try_small_sets(absence, needed);
    }
    return status == SP_OK && absence->out->n_counterfactuals == 0 ? thin_out(absence) : status;
}
