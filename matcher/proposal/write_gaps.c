/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What is missing in a proposal, and the smallest change that closes each gap: tried out before it
 * is called verified.
 *
 * A gap is a part of a requirement that nobody performs, a term that is not met, or something to be
 * completed: a term whose data is missing, or a capacity that nobody has declared. Where several
 * members lack the same, all of their changes together close the gap.
 */
#include <math.h>

#include "matcher/proposal/remedies.h"

enum { PERCENT = 100 };

/** A gap being written. */
struct gap_writer {
    const struct sp_writing *writing;
    struct sp_remedy remedies[SP_MAX_MEMBERS];
    size_t count;
    bool failed; /* out of memory */
};

static Spoina__V1__Gap *add_gap(const struct sp_writing *writing, const char *subject,
                                Spoina__V1__Decision decision)
{
    Spoina__V1__Gap *gap = sp_arena_alloc(writing->speaker.arena, sizeof *gap);
    if (gap != NULL) {
        spoina__v1__gap__init(gap);
        gap->subject = (char *)subject;
        gap->decision = decision;
        writing->proposal->gaps[writing->proposal->n_gaps++] = gap;
    }
    return gap;
}

/** Hang the changes onto the gap. */
static enum sp_status put_changes(const struct gap_writer *writer, Spoina__V1__Gap *gap)
{
    gap->changes =
        sp_arena_calloc(writer->writing->speaker.arena, writer->count, sizeof *gap->changes);
    for (size_t i = 0; gap->changes != NULL && i < writer->count; i++) {
        gap->changes[gap->n_changes++] = writer->remedies[i].change;
    }
    return gap->changes == NULL ? SP_NOMEM : SP_OK;
}

static int32_t missing_after(const struct sp_trial *trial, size_t requirement)
{
    int32_t missing = trial->demand[requirement];
    for (size_t i = 0; i < trial->team.count; i++) {
        missing -= trial->team.effort[i][requirement];
    }
    return missing;
}

static char *tell_missing(const struct sp_writing *writing, size_t requirement, int32_t missing)
{
    const struct sp_lot_matching *lot = writing->lot;
    const struct sp_speaker *speaker = &writing->speaker;
    const Spoina__V1__Quantity *demand = lot->pool.needs[requirement].demand;
    int32_t whole = lot->assembly.problem.demand[requirement];
    const char *name = sp_name_requirement(speaker, lot, requirement);
    if (name == NULL) {
        return NULL;
    }
    if (missing == whole) {
        return SP_TELL(speaker, GAP_UNCOVERED, .words = {name});
    }
    if (demand == NULL) {
        return SP_TELL(speaker, GAP_SHARE, .numbers = {(whole - missing) * PERCENT / whole},
                       .words = {name});
    }
    double covered = demand->amount * (whole - missing) / whole;
    covered = floor(demand->amount) == demand->amount ? floor(covered) : covered;
    const char *some = sp_name_quantity(speaker, lot, requirement, covered);
    const char *all = sp_name_quantity(speaker, lot, requirement, demand->amount);
    return some == NULL || all == NULL ? NULL
                                       : SP_TELL(speaker, GAP_SHORT, .words = {name, some, all});
}

/** Take the first way that, tried out, leaves nothing of the requirement open. */
static enum sp_status find_performer(struct gap_writer *writer, size_t requirement, int32_t missing,
                                     Spoina__V1__Gap *gap, struct sp_error *err)
{
    for (size_t way = 0; way < SP_REMEDY_WAYS && !gap->verified; way++) {
        struct sp_trial trial;
        struct sp_remedy remedy = {.change = NULL};
        if (!sp_remedy_of_requirement(writer->writing, requirement, missing, way, &remedy,
                                      &writer->failed)) {
            if (writer->failed) {
                return SP_FAIL_NOMEM(err);
            }
            continue;
        }
        enum sp_status status = sp_trial_run(writer->writing, &remedy, 1, &trial, err);
        if (status != SP_OK) {
            return status;
        }
        gap->verified = missing_after(&trial, requirement) <= 0;
        if (gap->verified) {
            writer->remedies[0] = remedy;
            writer->count = 1;
        }
    }
    return put_changes(writer, gap) == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}

static enum sp_status write_missing(const struct sp_writing *writing, size_t requirement,
                                    int32_t missing, struct sp_error *err)
{
    struct gap_writer writer = {.writing = writing};
    Spoina__V1__Gap *gap = add_gap(writing, writing->lot->lot->requirements[requirement]->id,
                                   SPOINA__V1__DECISION__DECISION_NOT_MET);
    if (gap == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    gap->text = tell_missing(writing, requirement, missing);
    return gap->text == NULL ? SP_FAIL_NOMEM(err)
                             : find_performer(&writer, requirement, missing, gap, err);
}

/** A capacity on which the proposal rests and which nobody has declared. */
static enum sp_status write_unknown_capacity(const struct sp_writing *writing,
                                             const Spoina__V1__Allocation *cell,
                                             struct sp_error *err)
{
    const struct sp_speaker *speaker = &writing->speaker;
    Spoina__V1__Gap *gap =
        add_gap(writing, cell->requirement_id, SPOINA__V1__DECISION__DECISION_UNKNOWN);
    Spoina__V1__Change *change = sp_arena_alloc(speaker->arena, sizeof *change);
    Spoina__V1__Change **changes = sp_arena_calloc(speaker->arena, 1, sizeof *changes);
    if (gap == NULL || change == NULL || changes == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    const char *name = cell->entity_id;
    for (size_t i = 0; i < writing->team->count; i++) {
        const Spoina__V1__Entity *entity = sp_writing_entity(writing, i);
        name = entity->id == cell->entity_id ? sp_name_entity(entity) : name;
    }
    spoina__v1__change__init(change);
    change->kind = SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA;
    change->entity_id = cell->entity_id;
    change->subject = cell->requirement_id;
    change->quantity = cell->quantity;
    change->name = sp_text_say(speaker, SP_TEXT_FREE_CAPACITY, NULL);
    changes[0] = change;
    gap->changes = changes;
    gap->n_changes = 1;
    gap->verified = cell->quantity != NULL; /* so much stated is what was matched */
    gap->text = SP_TELL(speaker, GAP_CAPACITY_UNKNOWN, .words = {name});
    change->text = change->name == NULL
                       ? NULL
                       : SP_TELL(speaker, CHANGE_STATE_DATA, .words = {name, change->name});
    return gap->text == NULL || change->text == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

/** The member who is to change where any one may: it performs if that is asked, and brings most. */
static size_t nearest_member(const struct sp_writing *writing, const struct sp_lot_term *term)
{
    const struct sp_assembly *assembly = &writing->lot->assembly;
    size_t index = (size_t)(term - assembly->terms.items);
    size_t best = 0;
    int64_t best_part = -1;
    for (size_t i = 0; i < writing->team->count; i++) {
        bool performs = !term->performs || term->requirements == 0;
        for (size_t j = 0; j < writing->lot->pool.requirement_count; j++) {
            performs = performs ||
                       ((term->requirements & 1U << j) != 0 && writing->team->effort[i][j] > 0);
        }
        int64_t part = assembly->standings[writing->team->entities[i]].parts[index];
        if (performs && part > best_part) {
            best = i;
            best_part = part;
        }
    }
    return best;
}

/** What each member who lacks it would have to do about a term. */
static void list_remedies(struct gap_writer *writer, const struct sp_finding *finding)
{
    const struct sp_writing *writing = writer->writing;
    const struct sp_lot_term *term = finding->term;
    const struct sp_ruling *ruling = &finding->ruling;
    bool unknown = ruling->decision == SP_DECISION_UNKNOWN;
    size_t index = (size_t)(term - writing->lot->assembly.terms.items);
    bool one_is_enough = term->type == SP_TERM_ANY || term->type == SP_TERM_SUM;
    for (size_t i = 0; i < ruling->count && !one_is_enough; i++) {
        const struct sp_verdict *verdict = &ruling->verdicts[i];
        if (verdict->member == SP_NO_MEMBER || verdict->decision != ruling->decision ||
            writer->count == SP_MAX_MEMBERS) {
            continue;
        }
        bool known = verdict->value != SP_VALUE_NONE;
        int64_t part = known && verdict->part != SP_PART_UNKNOWN ? verdict->part : 0;
        if (sp_remedy_of_term(writing, term, (size_t)verdict->member, unknown, part,
                              known ? verdict->whole : 0, &writer->remedies[writer->count],
                              &writer->failed)) {
            writer->count++;
        }
    }
    if (!one_is_enough) {
        return;
    }
    size_t nearest = nearest_member(writing, term);
    int64_t part = 0; /* of the one who is to change; of a sum, of all */
    for (size_t i = 0; i < writing->team->count; i++) {
        bool counts = term->type == SP_TERM_SUM || i == nearest;
        const struct sp_standing *standing =
            &writing->lot->assembly.standings[writing->team->entities[i]];
        part += counts ? standing->parts[index] : 0;
    }
    if (sp_remedy_of_term(writing, term, nearest, unknown, part, term->asked, &writer->remedies[0],
                          &writer->failed)) {
        writer->count = 1;
    }
}

/** Rule again on the term with all changes made. */
static enum sp_status verify(const struct gap_writer *writer, size_t finding, Spoina__V1__Gap *gap,
                             struct sp_error *err)
{
    struct sp_trial trial;
    if (writer->count == 0) {
        return SP_OK;
    }
    enum sp_status status =
        sp_trial_run(writer->writing, writer->remedies, writer->count, &trial, err);
    gap->verified = status == SP_OK && finding < trial.verdicts.count &&
                    trial.verdicts.findings[finding].ruling.decision == SP_DECISION_MET;
    return status;
}

static enum sp_status write_finding(const struct sp_writing *writing, size_t index,
                                    struct sp_error *err)
{
    const struct sp_finding *finding = &writing->verdicts.findings[index];
    const struct sp_speaker *speaker = &writing->speaker;
    struct gap_writer writer = {.writing = writing};
    bool unknown = finding->ruling.decision == SP_DECISION_UNKNOWN;
    const char *subject = *finding->term->subject == '\0'
                              ? sp_arena_strdup(speaker->arena, finding->ruling.rule->id)
                              : finding->term->subject;
    Spoina__V1__Gap *gap = add_gap(writing, subject,
                                   unknown ? SPOINA__V1__DECISION__DECISION_UNKNOWN
                                           : SPOINA__V1__DECISION__DECISION_NOT_MET);
    const char *name = sp_name_term(speaker, finding->term);
    const char *rule = sp_name_rule(speaker, finding->ruling.rule);
    if (subject == NULL || gap == NULL || name == NULL || rule == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    gap->text = unknown ? SP_TELL(speaker, GAP_UNKNOWN, .words = {name, rule})
                        : SP_TELL(speaker, GAP_NOT_MET, .words = {name, rule});
    list_remedies(&writer, finding);
    if (gap->text == NULL || writer.failed || put_changes(&writer, gap) != SP_OK) {
        return SP_FAIL_NOMEM(err);
    }
    return verify(&writer, index, gap, err);
}

enum sp_status sp_write_gaps(const struct sp_writing *writing, struct sp_error *err)
{
    Spoina__V1__Proposal *proposal = writing->proposal;
    size_t requirements = writing->lot->pool.requirement_count;
    size_t most = requirements + proposal->n_allocation + writing->verdicts.count;
    proposal->gaps = sp_arena_calloc(writing->speaker.arena, most, sizeof *proposal->gaps);
    enum sp_status status = proposal->gaps == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t j = 0; status == SP_OK && j < requirements; j++) {
        int32_t missing = sp_writing_missing(writing, j);
        status = missing > 0 ? write_missing(writing, j, missing, err) : SP_OK;
    }
    for (size_t i = 0; status == SP_OK && i < writing->verdicts.count; i++) {
        if (writing->verdicts.findings[i].ruling.decision != SP_DECISION_MET) {
            status = write_finding(writing, i, err);
        }
    }
    for (size_t i = 0; status == SP_OK && i < proposal->n_allocation; i++) {
        if (proposal->allocation[i]->capacity_unknown) {
            status = write_unknown_capacity(writing, proposal->allocation[i], err);
        }
    }
    return status;
}
