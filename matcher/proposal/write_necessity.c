/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What each member of a consortium is needed for: what it cannot do alone, by the same problem that
 * chose the team. A guard against objections under competition law, so what speaks against the team
 * is said as well: a member that alone, or others that without it, could do everything.
 */
#include "matcher/consortium/necessity.h"
#include "matcher/proposal/write_priv.h"

enum { PERCENT = 100, UNITS_PER_PERCENT = SP_LOT_EFFORT / PERCENT, SUBSETS = 1 << SP_MEMBERS_MOST };

/** One member under the lens. */
struct lens {
    const struct sp_writing *writing;
    const struct sp_solved_team *team;
    const struct sp_necessity *necessity;
    size_t member; /* of the assembled team */
    size_t row;    /* of the solved team */
    Spoina__V1__Necessity *out;
};

static uint32_t entity_of(const struct lens *lens)
{
    return lens->writing->team->entities[lens->member];
}

static enum sp_status add_sentence(const struct lens *lens, char *sentence)
{
    lens->out->cannot_alone[lens->out->n_cannot_alone] = sentence;
    lens->out->n_cannot_alone += sentence != NULL;
    return sentence == NULL ? SP_NOMEM : SP_OK;
}

/** The licence or certificate for want of which the entity may not perform a requirement. */
static const struct sp_lot_term *missing_licence(const struct lens *lens, size_t requirement)
{
    const struct sp_assembly *assembly = &lens->writing->lot->assembly;
    const struct sp_standing *standing = &assembly->standings[entity_of(lens)];
    for (size_t i = 0; i < assembly->terms.count; i++) {
        const struct sp_lot_term *term = &assembly->terms.items[i];
        bool is_about = term->requirements == 0 || (term->requirements & 1U << requirement) != 0;
        if (term->type == SP_TERM_PERFORMER && is_about &&
            standing->decisions[i] == SP_DECISION_NOT_MET) {
            return term;
        }
    }
    return NULL;
}

static enum sp_status tell_not_met(const struct lens *lens, const struct sp_lot_term *term)
{
    const struct sp_writing *writing = lens->writing;
    const struct sp_speaker *speaker = &writing->speaker;
    const char *article = "";
    for (size_t i = 0; i < writing->verdicts.count; i++) {
        if (writing->verdicts.findings[i].term == term) {
            article = sp_name_rule(speaker, writing->verdicts.findings[i].ruling.rule);
        }
    }
    const char *name = sp_name_term(speaker, term);
    if (name == NULL || article == NULL) {
        return SP_NOMEM;
    }
    lens->out->condition_ids[lens->out->n_condition_ids++] = (char *)term->subject;
    return add_sentence(lens, SP_TELL(speaker, ALONE_NOT_MET, .words = {name, article}));
}

/** What of a requirement lies beyond the member even if it did nothing else. */
static enum sp_status tell_beyond(const struct lens *lens, size_t requirement, int32_t beyond)
{
    const struct sp_lot_matching *lot = lens->writing->lot;
    const struct sp_speaker *speaker = &lens->writing->speaker;
    int32_t demand = lot->assembly.problem.demand[requirement];
    const struct sp_pool_fit *fit = &lot->pool.entities[entity_of(lens)].fits[requirement];
    const Spoina__V1__Quantity *needed = lot->pool.needs[requirement].demand;
    const struct sp_lot_term *licence = missing_licence(lens, requirement);
    const char *name = sp_name_requirement(speaker, lot, requirement);
    lens->out->requirement_ids[lens->out->n_requirement_ids++] =
        lot->lot->requirements[requirement]->id;
    if (name == NULL) {
        return SP_NOMEM;
    }
    if (licence != NULL) {
        return tell_not_met(lens, licence);
    }
    if (beyond == demand) {
        return add_sentence(lens, SP_TELL(speaker, ALONE_NO_OFFER, .words = {name}));
    }
    if (needed == NULL || fit->capacity != SP_CAPACITY_COMPARED) {
        return add_sentence(lens, SP_TELL(speaker, ALONE_SHARE,
                                          .numbers = {(demand - beyond) * PERCENT / demand},
                                          .words = {name}));
    }
    const char *free = sp_name_quantity(speaker, lot, requirement, fit->free);
    const char *asked = sp_name_quantity(speaker, lot, requirement, needed->amount);
    return free == NULL || asked == NULL
               ? SP_NOMEM
               : add_sentence(lens, SP_TELL(speaker, ALONE_SHORT, .words = {name, free, asked}));
}

static enum sp_status tell_requirements(const struct lens *lens,
                                        const struct sp_member_alone *alone)
{
    const struct sp_lot_matching *lot = lens->writing->lot;
    int32_t lacking = 0;
    enum sp_status status = SP_OK;
    for (size_t j = 0; status == SP_OK && j < lot->pool.requirement_count; j++) {
        lacking += alone->lacking.effort[j];
        if (alone->beyond[j] > 0) {
            status = tell_beyond(lens, j, alone->beyond[j]);
        }
    }
    if (status != SP_OK || lens->out->n_cannot_alone > 0 || lacking == 0) {
        return status;
    }
    /* Each requirement would fit, all of them together do not. */
    for (size_t j = 0; j < lot->pool.requirement_count; j++) {
        if (alone->lacking.effort[j] > 0) {
            lens->out->requirement_ids[lens->out->n_requirement_ids++] =
                lot->lot->requirements[j]->id;
        }
    }
    double percent = (double)((SP_LOT_EFFORT - lacking) / UNITS_PER_PERCENT);
    return add_sentence(lens,
                        SP_TELL(&lens->writing->speaker, ALONE_TOGETHER, .numbers = {percent}));
}

static enum sp_status tell_conditions(const struct lens *lens, const struct sp_member_alone *alone)
{
    const struct sp_assembly *assembly = &lens->writing->lot->assembly;
    enum sp_status status = SP_OK;
    for (int32_t bit = 0; status == SP_OK && bit < assembly->problem.condition_count; bit++) {
        int32_t term = assembly->any_terms[bit];
        if ((alone->lacking.conditions & 1U << bit) != 0 && term != SP_LEADER_BIT) {
            status = tell_not_met(lens, &assembly->terms.items[term]);
        }
    }
    for (int32_t row = 0; status == SP_OK && row < assembly->problem.sum_count; row++) {
        if (alone->lacking.sums[row] > 0) {
            status = tell_not_met(lens, &assembly->terms.items[assembly->sum_terms[row]]);
        }
    }
    return status;
}

/** Names of the smallest part of the team that does everything without the member. */
static const char *names_of_others(const struct lens *lens)
{
    const struct sp_writing *writing = lens->writing;
    const struct sp_assembly *assembly = &writing->lot->assembly;
    uint32_t subsets[SUBSETS];
    const char *names[SP_MAX_MEMBERS];
    size_t count = 0;
    int32_t found = sp_team_complete_subsets(&assembly->problem, lens->team, subsets, SUBSETS);
    int32_t at = 0;
    while (at < found && (subsets[at] & 1U << lens->row) != 0) {
        at++;
    }
    for (int32_t row = 0; at < found && row < lens->team->count; row++) {
        if ((subsets[at] & 1U << row) != 0) {
            uint32_t entity = assembly->candidates[lens->team->members[row]];
            names[count++] = sp_name_entity(writing->lot->pool.entities[entity].entity);
        }
    }
    return sp_text_list(&writing->speaker, names, count);
}

static char *tell_summary(const struct lens *lens, const struct sp_member_alone *alone)
{
    const struct sp_speaker *speaker = &lens->writing->speaker;
    const char *name = sp_name_entity(sp_writing_entity(lens->writing, lens->member));
    if (alone->suffices) {
        return SP_TELL(speaker, NOT_NECESSARY_ALONE, .words = {name});
    }
    if (!alone->is_needed) {
        const char *others = names_of_others(lens);
        return others == NULL ? NULL
                              : SP_TELL(speaker, NOT_NECESSARY_OTHERS, .words = {name, others});
    }
    return lens->out->n_cannot_alone == 0
               ? SP_TELL(speaker, NECESSARY_ONLY, .words = {name})
               : SP_TELL(speaker, NECESSARY, .numbers = {(double)lens->out->n_cannot_alone},
                         .words = {name});
}

static enum sp_status write_one(struct lens *lens)
{
    const struct sp_writing *writing = lens->writing;
    const struct sp_assembly *assembly = &writing->lot->assembly;
    const struct sp_member_alone *alone = &lens->necessity->alone[lens->row];
    struct sp_arena *arena = writing->speaker.arena;
    size_t most = writing->lot->pool.requirement_count + assembly->terms.count + 1;
    Spoina__V1__Necessity *out = sp_arena_alloc(arena, sizeof *out);
    if (out == NULL) {
        return SP_NOMEM;
    }
    spoina__v1__necessity__init(out);
    out->entity_id = sp_writing_entity(writing, lens->member)->id;
    out->necessary = alone->is_needed && !alone->suffices;
    out->cannot_alone = sp_arena_calloc(arena, most, sizeof *out->cannot_alone);
    out->requirement_ids = sp_arena_calloc(arena, most, sizeof *out->requirement_ids);
    out->condition_ids = sp_arena_calloc(arena, most, sizeof *out->condition_ids);
    lens->out = out;
    if (out->cannot_alone == NULL || out->requirement_ids == NULL || out->condition_ids == NULL) {
        return SP_NOMEM;
    }
    enum sp_status status = tell_requirements(lens, alone);
    if (status == SP_OK) {
        status = tell_conditions(lens, alone);
    }
    out->text = status == SP_OK ? tell_summary(lens, alone) : NULL;
    writing->proposal->necessity[writing->proposal->n_necessity++] = out;
    return out->text == NULL ? SP_NOMEM : SP_OK;
}

/** The team as the solver sees it; false if a member could be in none of its teams. */
static bool solve_again(const struct sp_writing *writing, struct sp_solved_team *solved,
                        size_t rows[SP_MAX_MEMBERS])
{
    const struct sp_assembly *assembly = &writing->lot->assembly;
    int32_t members[SP_MAX_MEMBERS];
    int32_t count = (int32_t)writing->team->count;
    for (int32_t i = 0; i < count; i++) {
        int32_t candidate = assembly->standings[writing->team->entities[i]].candidate;
        int32_t at = i;
        if (candidate == SP_NO_CANDIDATE) {
            return false;
        }
        for (; at > 0 && members[at - 1] > candidate; at--) {
            members[at] = members[at - 1];
        }
        members[at] = candidate;
    }
    for (int32_t i = 0; i < count; i++) {
        rows[i] = 0;
        while (members[rows[i]] != assembly->standings[writing->team->entities[i]].candidate) {
            rows[i]++;
        }
    }
    return sp_team_value(&assembly->problem, members, count, solved);
}

enum sp_status sp_write_necessity(const struct sp_writing *writing, struct sp_error *err)
{
    struct sp_solved_team solved;
    struct sp_necessity necessity;
    size_t rows[SP_MAX_MEMBERS];
    size_t count = writing->team->count;
    writing->proposal->necessity =
        sp_arena_calloc(writing->speaker.arena, count, sizeof *writing->proposal->necessity);
    if (writing->proposal->necessity == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (count < 2 || count > SP_MEMBERS_MOST || !solve_again(writing, &solved, rows)) {
        return SP_OK;
    }
    sp_team_necessity(&writing->lot->assembly.problem, &solved, &necessity);
    for (size_t i = 0; i < count; i++) {
        struct lens lens = {.writing = writing,
                            .team = &solved,
                            .necessity = &necessity,
                            .member = i,
                            .row = rows[i]};
        if (write_one(&lens) != SP_OK) {
            return SP_FAIL_NOMEM(err);
        }
    }
    return SP_OK;
}
