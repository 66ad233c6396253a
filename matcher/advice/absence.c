/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * ExplainAbsence: why an entity is not proposed, and what would bring it in.
 *
 * "Proposed" means: it can offer the whole lot alone and stands among the single entities that are
 * shown, or it is a member of a complete consortium that is shown; the same search as MatchTender.
 * A counterfactual is a set of changes applied to a copy of the record and matched again. It must
 * hold even if the entity loses against all equals, since their order changes with the catalogue.
 *
 * Sets are tried by size, one change, then two; only if none of these helps is the whole list
 * thinned out, change by change. What every member must meet is in every set.
 */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "matcher/advice/advice.h"
#include "matcher/advice/draft_change.h"
#include "matcher/advice/drop.h"
#include "matcher/advice/record_change.h"
#include "matcher/proposal/names.h"
#include "matcher/proposal/proposal.h"
#include "matcher/proposal/team_search.h"
#include "matcher/scoring/show.h"

enum {
    BECAUSE_MAX = 40,
    COUNTERFACTUALS_MAX = 3,
    PAIRS_OF_MOST = 8, /* pairs are tried among so many changes at most */
    STEPS_MAX = 3000,  /* of a search for teams: see supply.c */
    PARTS_BYTES = 1024,
    RELAXED_MAX = 4,
    METRES_PER_KM = 1000
};

/** An entity in a lot. */
struct absence {
    struct sp_scene *scene;
    const char *key;
    size_t index;
    struct sp_lot_matching base;
    uint32_t entity;      /* in the pool */
    bool found_by_search; /* else it stands in the pool only because it was asked for */
    struct sp_record_changes changes;
    Spoina__V1__LotAbsence *out;
    struct sp_error *err;
};

/** Where an entity stands in the answer to MatchTender. */
struct presence {
    uint32_t place; /* among single entities, 1..; 0: none */
    bool alone;     /* shown, and can do everything by itself */
    bool team;      /* member of a consortium shown */
};

static bool is_present(const struct presence *presence)
{
    return presence->alone || presence->team;
}

static const Spoina__V1__Entity *the_entity(const struct absence *absence)
{
    return absence->base.pool.entities[absence->entity].entity;
}

/* Ordinary businesses are looked at only where the request says so: nothing in the record of one
 * would bring it in, though it stands in this pool because it was asked for. */
static bool is_out_of_scope(const struct absence *absence)
{
    return !absence->base.settings->businesses_too &&
           the_entity(absence)->legal_form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_BUSINESS;
}

/* Others that score as much or more. */
static uint32_t count_ahead(const struct sp_pool *pool, size_t entity)
{
    uint32_t ahead = 0;
    for (size_t i = 0; i < pool->count; i++) {
        ahead += i != entity && pool->entities[i].covered != 0 &&
                         pool->entities[i].score >= pool->entities[entity].score
                     ? 1
                     : 0;
    }
    return ahead;
}

static enum sp_status find_place(const struct sp_lot_matching *lot, size_t entity, uint32_t *place,
                                 struct sp_error *err)
{
    const uint32_t *ranked = NULL;
    size_t count = 0;
    enum sp_status status = sp_pool_rank(&lot->pool, lot->arena, &ranked, &count, err);
    *place = 0;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        if (ranked[i] == entity) {
            *place = (uint32_t)i + 1;
        }
    }
    return status;
}

static bool stop(void *context, const struct sp_search_turn *turn)
{
    uint32_t *steps = context;
    (void)turn;
    return ++*steps > STEPS_MAX;
}

/* Search as MatchTender does, ended by steps instead of time. */
static enum sp_status search_teams(struct absence *absence, const struct sp_lot_matching *lot,
                                   const uint32_t *anchor, size_t most, struct sp_found_teams *out)
{
    uint32_t steps = 0;
    struct sp_matching matching = absence->scene->advising->matching;
    struct sp_lot_matching own = *lot;
    matching.stop = stop;
    matching.stop_context = &steps;
    own.matching = &matching;
    const struct sp_team_search search = {.lot = &own,
                                          .anchors = anchor,
                                          .anchor_count = anchor == NULL ? 0 : 1,
                                          .members_least = 2,
                                          .most = most,
                                          .turn = {.lots = 1}};
    return sp_team_search(&search, out, absence->err);
}

static bool has_member(const struct sp_assembled_team *team, uint32_t entity)
{
    for (size_t k = 0; k < team->count; k++) {
        if (team->entities[k] == entity) {
            return true;
        }
    }
    return false;
}

/* @param surely  must stay so if equals are put in another order */
static enum sp_status look_at_teams(struct absence *absence, const struct sp_lot_matching *lot,
                                    uint32_t entity, bool surely, struct presence *out)
{
    struct sp_found_teams teams;
    size_t most = lot->settings->team.teams;
    if (lot->settings->singles_only || lot->assembly.standings[entity].candidate < 0) {
        return SP_OK;
    }
    enum sp_status status = search_teams(absence, lot, NULL, most, &teams);
    for (size_t i = 0; status == SP_OK && !teams.incomplete && i < teams.count; i++) {
        bool ahead = teams.count < most || sp_points_of_score(teams.teams[i].score) > teams.bound;
        if ((ahead || !surely) && (teams.proven || !surely) &&
            has_member(&teams.teams[i], entity)) {
            out->team = true;
        }
    }
    return status;
}

static enum sp_status look(struct absence *absence, const struct sp_lot_matching *lot,
                           uint32_t entity, bool surely, struct presence *out)
{
    *out = (struct presence){.place = 0};
    enum sp_status status = find_place(lot, entity, &out->place, absence->err);
    if (status != SP_OK) {
        return status;
    }
    uint32_t place = surely ? count_ahead(&lot->pool, entity) + 1 : out->place;
    out->alone = out->place > 0 && place <= lot->settings->limit &&
                 sp_assembly_alone(&lot->assembly, entity) != SP_ALONE_NO;
    return out->alone ? SP_OK : look_at_teams(absence, lot, entity, surely, out);
}

/* --- why ----------------------------------------------------------------------------------- */

static bool tell(struct absence *absence, const char *text)
{
    Spoina__V1__LotAbsence *out = absence->out;
    if (text == NULL) {
        return false;
    }
    if (out->n_because < BECAUSE_MAX) {
        out->because[out->n_because++] = (char *)text;
    }
    return true;
}

static bool tell_place(struct absence *absence, const struct sp_pool_fit *fit, const char *words)
{
    const struct sp_speaker *speaker = &absence->scene->speaker;
    return fit->has_distance
               ? tell(absence, SP_TELL(speaker, ABSENT_TOO_FAR,
                                       .numbers = {(double)(fit->distance_m / METRES_PER_KM)},
                                       .words = {words}))
               : tell(absence, SP_TELL(speaker, ABSENT_OUT_OF_AREA, .words = {words}));
}

static bool tell_capacity(struct absence *absence, size_t j, const char *words)
{
    const struct sp_pool_fit *fit = &absence->base.pool.entities[absence->entity].fits[j];
    const struct sp_need *need = &absence->base.pool.needs[j];
    const struct sp_speaker *speaker = &absence->scene->speaker;
    if (fit->capacity == SP_CAPACITY_NOT_YET) {
        return tell(absence, SP_TELL(speaker, ABSENT_CAPACITY_NOT_YET, .words = {words}));
    }
    if (fit->capacity == SP_CAPACITY_BELOW_MINIMUM) {
        return tell(absence, SP_TELL(speaker, ABSENT_BELOW_MINIMUM, .words = {words}));
    }
    if (fit->capacity != SP_CAPACITY_COMPARED || fit->free >= need->demand->amount) {
        return true;
    }
    const char *free_words =
        sp_name_quantity(&absence->scene->speaker, &absence->base, j, fit->free);
    const char *demand_words =
        sp_name_quantity(&absence->scene->speaker, &absence->base, j, need->demand->amount);
    return free_words != NULL && demand_words != NULL &&
           tell(absence,
                SP_TELL(speaker, ABSENT_CAPACITY, .words = {words, free_words, demand_words}));
}

/* What the offers of the entity lack, requirement by requirement. */
static bool tell_offers(struct absence *absence)
{
    const struct sp_pool_entity *entity = &absence->base.pool.entities[absence->entity];
    bool ok = true;
    for (size_t j = 0; ok && j < absence->base.pool.requirement_count; j++) {
        const struct sp_pool_fit *fit = &entity->fits[j];
        const char *words = sp_requirement_words(absence->scene, &absence->base, j);
        if (words == NULL) {
            return false;
        }
        if (!fit->relevant) {
            ok =
                tell(absence, SP_TELL(&absence->scene->speaker, ABSENT_NO_OFFER, .words = {words}));
            continue;
        }
        ok = fit->reach != SP_REACH_NOT_SERVED || tell_place(absence, fit, words);
        ok = ok && tell_capacity(absence, j, words);
    }
    return ok;
}

/* Conditions and clauses that are not met, with rule and evidence. */
static enum sp_status tell_rules(struct absence *absence)
{
    const struct sp_assembly *assembly = &absence->base.assembly;
    const struct sp_standing *standing = &assembly->standings[absence->entity];
    enum sp_locale locale = absence->scene->speaker.locale;
    enum sp_status status = SP_OK;
    for (size_t t = 0; status == SP_OK && t < assembly->terms.count; t++) {
        const struct sp_lot_term *term = &assembly->terms.items[t];
        struct sp_ruling ruling;
        if (standing->decisions[t] != SP_DECISION_NOT_MET || term->type == SP_TERM_TEAM) {
            continue;
        }
        status = sp_assembly_ruling(assembly, absence->entity, term, absence->scene->answer,
                                    &ruling, absence->err);
        for (size_t v = 0; status == SP_OK && v < ruling.count; v++) {
            const struct sp_verdict *verdict = &ruling.verdicts[v];
            if (verdict->decision == SP_DECISION_NOT_MET &&
                !tell(absence, SP_TELL(&absence->scene->speaker, DROP_NOT_MET,
                                       .words = {sp_say(locale, verdict->polish, verdict->english),
                                                 verdict->rule->id, verdict->rule->article}))) {
                status = SP_FAIL_NOMEM(absence->err);
            }
        }
    }
    return status;
}

/* Points of one part over all requirements, as they count for the place. */
static uint32_t points_of(const struct sp_pool *pool, size_t entity, enum sp_part part)
{
    uint32_t sum = 0;
    for (size_t j = 0; j < pool->requirement_count; j++) {
        const struct sp_pool_fit *fit = &pool->entities[entity].fits[j];
        sum += fit->relevant ? sp_points(&pool->weights, &fit->parts, part) : 0;
    }
    return sum / (uint32_t)pool->requirement_count;
}

/* "place (60 against 180), capacity (0 against 100)" */
static enum sp_status list_parts(struct absence *absence, size_t last, struct sp_buffer *list)
{
    static const char *const POLISH[] = {"tekst", "kod CPV", "miejsce", "wolne moce",
                                         "referencje i aktualność"};
    static const char *const ENGLISH[] = {"text", "CPV code", "place", "capacity",
                                          "references and freshness"};
    const struct sp_pool *pool = &absence->base.pool;
    for (int part = 0; part < SP_PART_COUNT; part++) {
        uint32_t own = points_of(pool, absence->entity, (enum sp_part)part);
        uint32_t theirs = points_of(pool, last, (enum sp_part)part);
        if (own >= theirs) {
            continue;
        }
        const char *name = sp_say(absence->scene->speaker.locale, POLISH[part], ENGLISH[part]);
        char *text = SP_TELL(&absence->scene->speaker, ABSENT_PART, .numbers = {own, theirs},
                             .words = {name});
        sp_buffer_add_text(list, list->length == 0 ? "" : ", ");
        sp_buffer_add_text(list, text == NULL ? name : text);
    }
    return list->status == SP_OK ? SP_OK : SP_FAIL_NOMEM(absence->err);
}

/* Whom it stands behind, and by which points. */
static enum sp_status tell_rank(struct absence *absence, uint32_t place)
{
    const struct sp_pool *pool = &absence->base.pool;
    const struct sp_speaker *speaker = &absence->scene->speaker;
    size_t limit = absence->base.settings->limit;
    const uint32_t *ranked = NULL;
    size_t count = 0;
    struct sp_buffer parts;
    if (place == 0 || place <= limit) {
        return SP_OK;
    }
    enum sp_status status =
        sp_pool_rank(pool, absence->scene->trial, &ranked, &count, absence->err);
    if (status == SP_OK &&
        !tell(absence, SP_TELL(speaker, ABSENT_RANK, .numbers = {place, (double)limit}))) {
        status = SP_FAIL_NOMEM(absence->err);
    }
    if (status != SP_OK) {
        return status;
    }
    size_t last = ranked[limit - 1];
    const double points[] = {pool->entities[last].score, pool->entities[absence->entity].score};
    sp_buffer_init(&parts, PARTS_BYTES);
    status = list_parts(absence, last, &parts);
    if (status == SP_OK) {
        char *text = parts.length > 0
                         ? SP_TELL(speaker, ABSENT_BETTER, .numbers = {points[0], points[1]},
                                   .words = {parts.data})
                         : SP_TELL(speaker, ABSENT_ALIKE, .numbers = {points[0], points[1]});
        status = tell(absence, text) ? SP_OK : SP_FAIL_NOMEM(absence->err);
    }
    sp_buffer_release(&parts);
    return status;
}

static enum sp_status tell_why(struct absence *absence, const struct presence *presence)
{
    const struct sp_speaker *speaker = &absence->scene->speaker;
    bool ok = true;
    if (presence->alone) {
        ok = tell(absence, SP_TELL(speaker, PRESENT_ALONE, .numbers = {presence->place}));
    } else if (presence->team) {
        ok = tell(absence, SP_TELL(speaker, PRESENT_TEAM, .numbers = {0}));
    }
    if (!ok) {
        return SP_FAIL_NOMEM(absence->err);
    }
    if (presence->alone) {
        return SP_OK;
    }
    if (is_out_of_scope(absence) &&
        !tell(absence, SP_TELL(speaker, ABSENT_BUSINESS, .numbers = {0}))) {
        return SP_FAIL_NOMEM(absence->err);
    }
    enum sp_status status = tell_rules(absence);
    if (status == SP_OK && !tell_offers(absence)) {
        status = SP_FAIL_NOMEM(absence->err);
    }
    if (status == SP_OK) {
        status = tell_rank(absence, presence->place);
    }
    if (status == SP_OK && !presence->team && !absence->base.settings->singles_only &&
        !tell(absence, SP_TELL(speaker, ABSENT_NO_TEAM, .numbers = {0}))) {
        status = SP_FAIL_NOMEM(absence->err);
    }
    return status;
}

/* --- what would bring it in ------------------------------------------------------------------ */

/* Apply the changes whose bit is set to a copy of the record and match again. */
static enum sp_status try_changes(struct absence *absence, uint32_t set, struct presence *out)
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
        status = sp_record_copy(the_entity(absence), scene->trial, &copy, absence->err);
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
    return status == SP_OK ? look(absence, &lot, (uint32_t)entity, true, out) : status;
}

static uint32_t count_bits(uint32_t set)
{
    return (uint32_t)__builtin_popcount(set);
}

static Spoina__V1__Gap *add_gap(struct absence *absence, size_t changes)
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

static enum sp_status add_counterfactual(struct absence *absence, uint32_t set,
                                         const struct presence *presence)
{
    Spoina__V1__Gap *gap = add_gap(absence, count_bits(set));
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

static bool is_full(const struct absence *absence)
{
    return absence->out->n_counterfactuals == COUNTERFACTUALS_MAX;
}

/* A set that does not add an offer tells nothing about an entity that the search passed over. */
static bool may_tell(const struct absence *absence, uint32_t set)
{
    for (size_t i = 0; i < absence->changes.count; i++) {
        if ((set & 1U << i) != 0 && absence->changes.adds_offer[i]) {
            return true;
        }
    }
    return absence->found_by_search;
}

static enum sp_status try_set(struct absence *absence, uint32_t set, bool *helps)
{
    struct presence presence = {.place = 0};
    *helps = false;
    if (set == 0 || !may_tell(absence, set)) {
        return SP_OK;
    }
    enum sp_status status = try_changes(absence, set, &presence);
    *helps = is_present(&presence);
    return status == SP_OK && *helps ? add_counterfactual(absence, set, &presence) : status;
}

/* Sets of one or two further changes. */
static enum sp_status try_small_sets(struct absence *absence, uint32_t needed)
{
    size_t count = absence->changes.count;
    enum sp_status status = SP_OK;
    bool helps = false;
    for (size_t i = 0; status == SP_OK && i < count && !is_full(absence); i++) {
        if ((needed & 1U << i) == 0) {
            status = try_set(absence, needed | 1U << i, &helps);
        }
    }
    if (absence->out->n_counterfactuals > 0 || count - count_bits(needed) > PAIRS_OF_MOST) {
        return status;
    }
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        for (size_t k = i + 1; status == SP_OK && k < count && !is_full(absence); k++) {
            if ((needed & (1U << i | 1U << k)) == 0) {
                status = try_set(absence, needed | 1U << i | 1U << k, &helps);
            }
        }
    }
    return status;
}

/* All changes together, then without each one that is not missed. */
static enum sp_status thin_out(struct absence *absence)
{
    uint32_t set = (uint32_t)((UINT64_C(1) << absence->changes.count) - 1);
    struct presence presence = {.place = 0};
    if (set == 0 || !may_tell(absence, set)) {
        return SP_OK;
    }
    enum sp_status status = try_changes(absence, set, &presence);
    if (status != SP_OK || !is_present(&presence)) {
        return status;
    }
    struct presence kept = presence;
    for (size_t i = absence->changes.count; status == SP_OK && i-- > 0;) {
        uint32_t without = set & ~(1U << i);
        if (absence->changes.needed[i] || without == 0 || !may_tell(absence, without)) {
            continue;
        }
        status = try_changes(absence, without, &presence);
        if (status == SP_OK && is_present(&presence)) {
            set = without;
            kept = presence;
        }
    }
    return status == SP_OK ? add_counterfactual(absence, set, &kept) : status;
}

static enum sp_status try_record(struct absence *absence)
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

/* The draft without the condition or clause @p id. */
static Spoina__V1__Draft *waive(const struct absence *absence, const char *id)
{
    Spoina__V1__Lot *lot = NULL;
    Spoina__V1__Draft *draft = sp_draft_with_own_lot(absence->scene->settings.draft, absence->index,
                                                     absence->scene->trial, &lot);
    if (draft == NULL) {
        return NULL;
    }
    size_t kept = 0;
    for (size_t i = 0; i < lot->n_conditions; i++) {
        if (strcmp(lot->conditions[i]->id, id) != 0) {
            lot->conditions[kept++] = lot->conditions[i];
        }
    }
    lot->n_conditions = kept;
    kept = 0;
    for (size_t i = 0; i < lot->n_clauses; i++) {
        if (strcmp(lot->clauses[i]->id, id) != 0) {
            lot->clauses[kept++] = lot->clauses[i];
        }
    }
    lot->n_clauses = kept;
    return draft;
}

static enum sp_status try_waiving(struct absence *absence, const struct sp_lot_term *term)
{
    struct sp_scene *scene = absence->scene;
    struct sp_variation variation;
    struct presence presence;
    sp_arena_reset(scene->trial);
    Spoina__V1__Draft *draft = waive(absence, term->subject);
    if (draft == NULL) {
        return SP_FAIL_NOMEM(absence->err);
    }
    enum sp_status status = sp_scene_vary(scene, &absence->base, draft, absence->index, NULL,
                                          scene->trial, &variation, absence->err);
    size_t entity =
        status == SP_OK ? sp_pool_find(&variation.lot.pool, the_entity(absence)->id) : SIZE_MAX;
    if (status == SP_OK && entity != SIZE_MAX) {
        status = look(absence, &variation.lot, (uint32_t)entity, true, &presence);
    }
    if (status != SP_OK || entity == SIZE_MAX || !is_present(&presence)) {
        return status;
    }
    Spoina__V1__Gap *gap = add_gap(absence, 1);
    Spoina__V1__Change *change = sp_arena_alloc(scene->answer, sizeof *change);
    if (gap == NULL || change == NULL) {
        return SP_FAIL_NOMEM(absence->err);
    }
    spoina__v1__change__init(change);
    change->kind = SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RELAX_NEED;
    change->subject = (char *)term->subject;
    const char *name = sp_name_term(&scene->speaker, term);
    change->text = name == NULL ? NULL : SP_TELL(&scene->speaker, FIX_RELAX, .words = {name});
    gap->subject = change->subject;
    gap->text = SP_TELL(&scene->speaker, COUNTER_RELAXED, .numbers = {0});
    gap->changes[gap->n_changes++] = change;
    return change->text == NULL || gap->text == NULL ? SP_FAIL_NOMEM(absence->err) : SP_OK;
}

/* Where no change of the record helps: each condition or clause that is not met, waived alone. */
static enum sp_status try_draft(struct absence *absence)
{
    const struct sp_assembly *assembly = &absence->base.assembly;
    const struct sp_standing *standing = &assembly->standings[absence->entity];
    enum sp_status status = SP_OK;
    size_t tried = 0;
    for (size_t t = 0; status == SP_OK && t < assembly->terms.count && tried < RELAXED_MAX &&
                       absence->found_by_search && !is_full(absence);
         t++) {
        const struct sp_lot_term *term = &assembly->terms.items[t];
        bool of_draft = term->clause != NULL || term->condition != NULL;
        if (standing->decisions[t] == SP_DECISION_NOT_MET && of_draft) {
            tried++;
            status = try_waiving(absence, term);
        }
    }
    return status;
}

/* A complete consortium with the entity in it, shown or not. */
static enum sp_status try_partners(struct absence *absence)
{
    struct sp_found_teams teams = {.count = 0};
    const struct sp_speaker *speaker = &absence->scene->speaker;
    if (absence->base.settings->singles_only || is_full(absence) ||
        absence->base.assembly.standings[absence->entity].candidate < 0 ||
        sp_assembly_alone(&absence->base.assembly, absence->entity) != SP_ALONE_NO) {
        return SP_OK;
    }
    enum sp_status status = search_teams(absence, &absence->base, &absence->entity, 1, &teams);
    if (status != SP_OK || teams.count == 0 || teams.incomplete) {
        return status;
    }
    const struct sp_assembled_team *team = &teams.teams[0];
    const char *names[SP_MAX_MEMBERS];
    size_t count = 0;
    Spoina__V1__Gap *gap = add_gap(absence, team->count);
    if (gap == NULL) {
        return SP_FAIL_NOMEM(absence->err);
    }
    for (size_t k = 0; k < team->count; k++) {
        const Spoina__V1__Entity *entity = absence->base.pool.entities[team->entities[k]].entity;
        if (team->entities[k] == absence->entity) {
            continue;
        }
        Spoina__V1__Change *change = sp_arena_alloc(absence->scene->answer, sizeof *change);
        if (change == NULL) {
            return SP_FAIL_NOMEM(absence->err);
        }
        spoina__v1__change__init(change);
        change->kind = SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_PARTNER;
        change->entity_id = entity->id;
        names[count++] = sp_name_entity(entity);
        change->text = SP_TELL(speaker, CHANGE_ADD_PARTNER, .words = {sp_name_entity(entity)});
        gap->changes[gap->n_changes++] = change;
        if (change->text == NULL) {
            return SP_FAIL_NOMEM(absence->err);
        }
    }
    const char *list = sp_text_list(speaker, names, count);
    gap->text = list == NULL ? NULL : SP_TELL(speaker, COUNTER_PARTNER, .words = {list});
    return gap->text == NULL ? SP_FAIL_NOMEM(absence->err) : SP_OK;
}

/* --- the answer ------------------------------------------------------------------------------ */

static enum sp_status write_fits(struct absence *absence)
{
    const struct sp_pool *pool = &absence->base.pool;
    Spoina__V1__LotAbsence *out = absence->out;
    out->fits = (Spoina__V1__RequirementFit **)sp_scene_messages(
        absence->scene, pool->requirement_count, sizeof(Spoina__V1__RequirementFit));
    enum sp_status status = out->fits == NULL ? SP_FAIL_NOMEM(absence->err) : SP_OK;
    for (size_t j = 0; status == SP_OK && j < pool->requirement_count; j++) {
        if (pool->entities[absence->entity].fits[j].relevant) {
            sp_arena_reset(absence->scene->scratch);
            status = sp_show_fit(&absence->scene->advising->matching.scoring, pool,
                                 &pool->entities[absence->entity], j, absence->scene->scratch,
                                 out->fits[out->n_fits], absence->err);
            out->n_fits += status == SP_OK ? 1 : 0;
        }
    }
    return status;
}

static enum sp_status write_verdicts(struct absence *absence)
{
    struct sp_assembled_team team;
    struct sp_verdicts verdicts;
    enum sp_status status = sp_assembly_value_team(&absence->base.assembly, &absence->entity, 1,
                                                   true, &team, absence->err);
    if (status == SP_OK) {
        status = sp_assembly_verdicts(&absence->base.assembly, &team, absence->scene->answer,
                                      &verdicts, absence->err);
    }
    return status == SP_OK
               ? sp_verdicts_write(&absence->base, &team, &verdicts, absence->scene->answer,
                                   &absence->out->verdicts, &absence->out->n_verdicts, absence->err)
               : status;
}

static enum sp_status explain_lot(struct absence *absence)
{
    struct sp_scene *scene = absence->scene;
    Spoina__V1__LotAbsence *out = absence->out;
    char *keys[] = {(char *)absence->key};
    struct presence presence = {.place = 0};
    enum sp_status status = sp_scene_lot(scene, absence->index, keys, 1, &absence->entity,
                                         &absence->base, absence->err);
    if (status == SP_NOT_FOUND && absence->err != NULL) {
        (void)snprintf(absence->err->place, sizeof absence->err->place, "entity");
    }
    out->because = sp_arena_calloc(scene->answer, BECAUSE_MAX, sizeof *out->because);
    out->counterfactuals =
        sp_arena_calloc(scene->answer, COUNTERFACTUALS_MAX, sizeof *out->counterfactuals);
    if (status == SP_OK && (out->because == NULL || out->counterfactuals == NULL)) {
        status = SP_FAIL_NOMEM(absence->err);
    }
    if (status == SP_OK) {
        out->lot_id = absence->base.lot->id;
        out->title = absence->base.lot->title;
        absence->found_by_search =
            absence->base.pool.entities[absence->entity].number != UINT32_MAX;
        status = is_out_of_scope(absence)
                     ? SP_OK
                     : look(absence, &absence->base, absence->entity, false, &presence);
    }
    if (status == SP_OK) {
        out->present = is_present(&presence);
        out->place = presence.place;
        status = tell_why(absence, &presence);
    }
    if (status == SP_OK && !out->present && !is_out_of_scope(absence)) {
        status = try_record(absence);
        if (status == SP_OK && out->n_counterfactuals == 0) {
            status = try_draft(absence);
        }
        if (status == SP_OK) {
            status = try_partners(absence);
        }
    }
    if (status == SP_OK) {
        status = write_fits(absence);
    }
    return status == SP_OK ? write_verdicts(absence) : status;
}

static enum sp_status explain(struct sp_scene *scene,
                              const Spoina__V1__ExplainAbsenceRequest *request,
                              Spoina__V1__ExplainAbsenceResponse *out, struct sp_error *err)
{
    size_t first = 0;
    size_t end = scene->settings.draft->n_lots;
    enum sp_status status = SP_OK;
    if (request->lot_id[0] != '\0') {
        status = sp_scene_find_lot(scene, request->lot_id, &first, err);
        end = first + 1;
    }
    out->lots = (Spoina__V1__LotAbsence **)sp_scene_messages(scene, end - first,
                                                             sizeof(Spoina__V1__LotAbsence));
    struct absence *absence = sp_arena_calloc(scene->answer, 1, sizeof *absence);
    if (status == SP_OK && (out->lots == NULL || absence == NULL)) {
        status = SP_FAIL_NOMEM(err);
    }
    for (size_t i = first; status == SP_OK && i < end; i++) {
        *absence = (struct absence){.scene = scene,
                                    .key = request->entity,
                                    .index = i,
                                    .out = out->lots[out->n_lots],
                                    .err = err};
        spoina__v1__lot_absence__init(absence->out);
        status = explain_lot(absence);
        if (status == SP_OK && i == first) {
            out->entity = sp_show_entity(the_entity(absence), scene->answer);
            status = out->entity == NULL
                         ? SP_FAIL_NOMEM(err)
                         : sp_scene_keep(scene, (ProtobufCMessage **)&out->entity, err);
        }
        if (status == SP_OK) {
            status = sp_scene_keep(scene, (ProtobufCMessage **)&out->lots[out->n_lots++], err);
        }
    }
    return status;
}

enum sp_status sp_explain_absence(const struct sp_advising *advising,
                                  const Spoina__V1__ExplainAbsenceRequest *request,
                                  Spoina__V1__ExplainAbsenceResponse **out, struct sp_error *err)
{
    struct sp_scene scene;
    Spoina__V1__ExplainAbsenceResponse *answer =
        sp_arena_alloc(advising->matching.scoring.arena, sizeof *answer);
    if (answer == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (request->entity[0] == '\0') {
        return SP_FAIL(err, SP_INVALID, "entity",
                       "Podaj identyfikator, NIP, KRS albo REGON podmiotu.",
                       "Give the id, NIP, KRS or REGON of an entity.");
    }
    spoina__v1__explain_absence_response__init(answer);
    enum sp_status status = sp_scene_open(&scene, advising, request->match, err);
    if (status == SP_OK) {
        status = explain(&scene, request, answer, err);
    }
    if (status == SP_OK) {
        answer->draft = (Spoina__V1__Draft *)scene.settings.draft;
        answer->catalogue_version = scene.catalogue_version;
        answer->rulebook_version = (char *)sp_rulebook_version(advising->matching.book);
        answer->date = sp_arena_strdup(scene.answer, scene.date);
        status = answer->date == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    sp_scene_close(&scene);
    *out = status == SP_OK ? answer : NULL;
    return status;
}
