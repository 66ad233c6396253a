/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/remedies.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "matcher/rules/facts.h"

enum {
    ART_94_PERCENT = 30,
    FULL_PERCENT = 100,
    MODEST_PERCENT = 125, /* raising capacity to so much of what is free comes before a partner */
    PARTNERS_TRIED = 3,
    STAFF_SUPPOSED = 100, /* "state it": figures with which any share is met */
};

/** A change begun: who, and about what. */
static Spoina__V1__Change *begin(const struct sp_writing *writing, size_t member,
                                 Spoina__V1__ChangeKind kind, const char *subject,
                                 struct sp_remedy *out)
{
    Spoina__V1__Change *change = sp_arena_alloc(writing->speaker.arena, sizeof *change);
    const Spoina__V1__Entity *entity = sp_writing_entity(writing, member);
    if (change != NULL) {
        spoina__v1__change__init(change);
        change->kind = kind;
        change->entity_id = entity->id;
        change->subject = (char *)subject;
        out->change = change;
        out->member = member;
        sp_record_edit_init(&out->edit, entity, writing->lot->assembly.terms.day,
                            writing->lot->arena);
    }
    return change;
}

static bool finish(struct sp_remedy *out, char *text, bool *failed)
{
    *failed = text == NULL || out->edit.failed || out->change->name == NULL;
    out->change->text = text;
    return !*failed;
}

static void set_amount(Spoina__V1__Change *change, int64_t amount)
{
    change->_amount_case = SPOINA__V1__CHANGE___AMOUNT_AMOUNT;
    change->amount = amount;
}

/** "Name: state in the catalogue: what." */
static char *tell_state(const struct sp_writing *writing, const struct sp_remedy *remedy)
{
    const char *name = sp_name_entity(sp_writing_entity(writing, remedy->member));
    return SP_TELL(&writing->speaker, CHANGE_STATE_DATA, .words = {name, remedy->change->name});
}

static bool remedy_declaration(const struct sp_writing *writing, const struct sp_lot_term *term,
                               size_t member, Spoina__V1__DeclarationKind kind, enum sp_text name,
                               struct sp_remedy *out, bool *failed)
{
    Spoina__V1__Change *change =
        begin(writing, member, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA, term->subject, out);
    if (change == NULL) {
        *failed = true;
        return false;
    }
    change->name = sp_text_say(&writing->speaker, name, NULL);
    sp_record_declare(&out->edit, kind);
    return finish(out, change->name == NULL ? NULL : tell_state(writing, out), failed);
}

static bool remedy_ps_status(const struct sp_writing *writing, const struct sp_lot_term *term,
                             size_t member, bool unknown, struct sp_remedy *out, bool *failed)
{
    Spoina__V1__Change *change = begin(writing, member,
                                       unknown ? SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA
                                               : SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RENEW_STATUS,
                                       term->subject, out);
    if (change == NULL) {
        *failed = true;
        return false;
    }
    const char *name = sp_name_entity(sp_writing_entity(writing, member));
    change->name = sp_text_say(&writing->speaker, SP_TEXT_STATUS_PS, NULL);
    sp_record_add_status(&out->edit, SPOINA__V1__STATUS_KIND__STATUS_KIND_PS);
    return finish(out,
                  change->name == NULL ? NULL
                  : unknown            ? tell_state(writing, out)
                                       : SP_TELL(&writing->speaker, CHANGE_RENEW_STATUS,
                                                 .words = {name, change->name, out->edit.day}),
                  failed);
}

/** Employ @p more persons of a group, or say how many there are. */
static bool remedy_persons(const struct sp_writing *writing, const struct sp_lot_term *term,
                           size_t member, bool unknown, uint32_t more, uint32_t already,
                           Spoina__V1__SocialGroup group, enum sp_text name, struct sp_remedy *out,
                           bool *failed)
{
    const struct sp_lot_matching *lot = writing->lot;
    Spoina__V1__Change *change =
        begin(writing, member,
              unknown ? SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA
                      : SPOINA__V1__CHANGE_KIND__CHANGE_KIND_EMPLOY_PERSONS,
              term->subject, out);
    if (change == NULL) {
        *failed = true;
        return false;
    }
    const Spoina__V1__Entity *entity = sp_writing_entity(writing, member);
    const struct sp_standing *standing = &lot->assembly.standings[writing->team->entities[member]];
    const Spoina__V1__Employment *now =
        sp_fact_employment(entity, standing->unit_id, lot->assembly.terms.day);
    change->name = sp_text_say(&writing->speaker, name, NULL);
    sp_record_employ(&out->edit, unknown ? NULL : now, unknown ? STAFF_SUPPOSED : more, group,
                     already);
    if (!unknown) {
        set_amount(change, more);
    }
    return finish(out,
                  change->name == NULL ? NULL
                  : unknown            ? tell_state(writing, out)
                            : SP_TELL(&writing->speaker, CHANGE_EMPLOY, .numbers = {(double)more},
                                      .words = {sp_name_entity(entity), change->name}),
                  failed);
}

/** How many more persons of the groups lift part/whole to the share asked for. */
static uint32_t more_for_share(unsigned percent, int64_t part, int64_t whole)
{
    int64_t short_by = (int64_t)percent * whole - FULL_PERCENT * part;
    int64_t step = FULL_PERCENT - (int64_t)percent;
    return short_by <= 0 || step <= 0 ? 0 : (uint32_t)((short_by + step - 1) / step);
}

static bool remedy_art_94(const struct sp_writing *writing, const struct sp_lot_term *term,
                          size_t member, bool unknown, int64_t part, int64_t whole,
                          struct sp_remedy *out, bool *failed)
{
    unsigned percent =
        term->reservation.share_percent == 0 ? ART_94_PERCENT : term->reservation.share_percent;
    bool has_share = whole > 0;
    if (unknown && has_share) {
        return remedy_declaration(writing, term, member,
                                  SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_INTEGRATION_AIM,
                                  SP_TEXT_DECLARATION_INTEGRATION, out, failed);
    }
    return remedy_persons(writing, term, member, unknown, more_for_share(percent, part, whole),
                          (uint32_t)part, SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_ANY_ART_94,
                          SP_TEXT_PERSONS_ART_94, out, failed);
}

/** The edit for one condition of participation. */
static void edit_condition(const struct sp_condition *asked, int64_t amount,
                           struct sp_record_edit *edit)
{
    switch (asked->kind) {
    case SP_CONDITION_REGISTER:
        sp_record_set_krs(edit, "0000000000");
        break;
    case SP_CONDITION_LICENCE:
    case SP_CONDITION_CERTIFICATE:
        sp_record_add_licence(edit, asked->name);
        break;
    case SP_CONDITION_REFERENCES:
        for (int64_t i = 0; i < amount; i++) {
            sp_record_add_reference(edit, asked->cpv, asked->grosz);
        }
        break;
    case SP_CONDITION_EXPERIENCE:
        sp_record_add_reference(edit, asked->cpv, amount);
        break;
    case SP_CONDITION_EQUIPMENT:
        sp_record_add_equipment(edit, asked->name);
        break;
    case SP_CONDITION_REVENUE:
        sp_record_add_revenue(edit, asked->year, amount);
        break;
    case SP_CONDITION_INSURANCE:
        sp_record_add_insurance(edit, amount);
        break;
    case SP_CONDITION_PERSONS:
    case SP_CONDITION_COUNT:
        break;
    }
}

static Spoina__V1__ChangeKind kind_of(const struct sp_condition *asked)
{
    switch (asked->kind) {
    case SP_CONDITION_REFERENCES:
    case SP_CONDITION_EXPERIENCE:
        return SPOINA__V1__CHANGE_KIND__CHANGE_KIND_OBTAIN_REFERENCE;
    case SP_CONDITION_INSURANCE:
        return SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RAISE_INSURANCE;
    case SP_CONDITION_REVENUE:
        return SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA;
    case SP_CONDITION_PERSONS:
        return SPOINA__V1__CHANGE_KIND__CHANGE_KIND_EMPLOY_PERSONS;
    default:
        return SPOINA__V1__CHANGE_KIND__CHANGE_KIND_OBTAIN_LICENCE;
    }
}

static char *tell_condition(const struct sp_writing *writing, const struct sp_condition *asked,
                            const struct sp_remedy *remedy, int64_t amount)
{
    const struct sp_speaker *speaker = &writing->speaker;
    const char *name = sp_name_entity(sp_writing_entity(writing, remedy->member));
    const char *money =
        sp_text_money(speaker, asked->kind == SP_CONDITION_REFERENCES ? asked->grosz : amount);
    char year[16];
    if (money == NULL) {
        return NULL;
    }
    switch (asked->kind) {
    case SP_CONDITION_REFERENCES:
        return asked->grosz > 0 ? SP_TELL(speaker, CHANGE_OBTAIN_REFERENCE,
                                          .numbers = {(double)amount}, .words = {name, money})
                                : SP_TELL(speaker, CHANGE_OBTAIN_REFERENCE_ANY,
                                          .numbers = {(double)amount}, .words = {name});
    case SP_CONDITION_EXPERIENCE:
        return SP_TELL(speaker, CHANGE_OBTAIN_REFERENCE, .numbers = {1}, .words = {name, money});
    case SP_CONDITION_INSURANCE:
        return SP_TELL(speaker, CHANGE_RAISE_INSURANCE, .words = {name, money});
    case SP_CONDITION_REVENUE:
        (void)snprintf(year, sizeof year, "%u", asked->year);
        return SP_TELL(speaker, CHANGE_REVENUE, .words = {name, year, money});
    default:
        return SP_TELL(speaker, CHANGE_OBTAIN, .words = {name, remedy->change->name});
    }
}

/** @p short_by  how much is missing; where the record says nothing, all that is asked */
static bool remedy_condition(const struct sp_writing *writing, const struct sp_lot_term *term,
                             size_t member, bool unknown, int64_t short_by, struct sp_remedy *out,
                             bool *failed)
{
    const struct sp_condition *asked = &term->question;
    const struct sp_lot_matching *lot = writing->lot;
    size_t index = (size_t)(term - lot->assembly.terms.items);
    int64_t own = lot->assembly.standings[writing->team->entities[member]].parts[index];
    int64_t amount = unknown ? term->asked : short_by;
    if (asked->kind == SP_CONDITION_PERSONS) {
        return remedy_persons(writing, term, member, unknown, (uint32_t)short_by, 0,
                              SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_UNSPECIFIED,
                              SP_TEXT_PERSONS_EMPLOYED, out, failed);
    }
    bool replaces = asked->kind == SP_CONDITION_INSURANCE || asked->kind == SP_CONDITION_REVENUE;
    if (replaces && !unknown) {
        amount = own > 0 && own < INT64_MAX - short_by ? own + short_by : short_by;
    }
    Spoina__V1__Change *change = begin(
        writing, member, unknown ? SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA : kind_of(asked),
        term->subject, out);
    if (change == NULL) {
        *failed = true;
        return false;
    }
    change->name = sp_name_term(&writing->speaker, term);
    set_amount(change, amount);
    edit_condition(asked, amount, &out->edit);
    return finish(out,
                  change->name == NULL ? NULL
                  : unknown            ? tell_state(writing, out)
                                       : tell_condition(writing, asked, out, amount),
                  failed);
}

bool sp_remedy_of_term(const struct sp_writing *writing, const struct sp_lot_term *term,
                       size_t member, bool unknown, int64_t part, int64_t whole,
                       struct sp_remedy *out, bool *failed)
{
    int64_t short_by = whole > part ? whole - part : term->asked;
    switch (term->kind) {
    case SP_TERM_EXCLUSION:
        return unknown &&
               remedy_declaration(writing, term, member,
                                  SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_NOT_EXCLUDED,
                                  SP_TEXT_DECLARATION_NOT_EXCLUDED, out, failed);
    case SP_TERM_ART_94:
        return remedy_art_94(writing, term, member, unknown, part, whole, out, failed);
    case SP_TERM_ART_361:
        return remedy_declaration(writing, term, member,
                                  SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_CERTIFICATE_27,
                                  SP_TEXT_DECLARATION_CERTIFICATE, out, failed);
    case SP_TERM_ES_26:
        return remedy_ps_status(writing, term, member, unknown, out, failed);
    case SP_TERM_ART_95:
        return remedy_persons(writing, term, member, unknown, 1, 0,
                              SPOINA__V1__SOCIAL_GROUP__SOCIAL_GROUP_UNSPECIFIED,
                              SP_TEXT_PERSONS_CONTRACT, out, failed);
    case SP_TERM_ART_96:
        return remedy_persons(writing, term, member, unknown, (uint32_t)short_by, 0,
                              term->employment.groups[0], SP_TEXT_PERSONS_ART_96, out, failed);
    case SP_TERM_CONDITION:
    case SP_TERM_LICENCE:
        return remedy_condition(writing, term, member, unknown, short_by, out, failed);
    case SP_TERM_SS_15A: /* a legal form is not changed for a tender */
    case SP_TERM_OWN_UNIT:
    case SP_TERM_KEY_TASKS:
    case SP_TERM_ONE_OFFER:
    case SP_TERM_EACH_PERFORMS:
        break;
    }
    return false;
}

/** The member that performs or could perform most of a requirement; count: none could. */
static size_t best_performer(const struct sp_writing *writing, size_t requirement)
{
    const struct sp_lot_matching *lot = writing->lot;
    size_t best = writing->team->count;
    for (size_t i = 0; i < writing->team->count; i++) {
        uint32_t entity = writing->team->entities[i];
        bool may = lot->assembly.standings[entity].stations[requirement].may_perform &&
                   lot->pool.entities[entity].fits[requirement].offer_index >= 0;
        if (may && (best == writing->team->count || writing->team->effort[i][requirement] >
                                                        writing->team->effort[best][requirement])) {
            best = i;
        }
    }
    return best;
}

/** Raise what one member has free, so that it also does what is missing. */
static bool raise(const struct sp_writing *writing, size_t requirement, int32_t missing,
                  struct sp_remedy *out, bool *modest, bool *failed)
{
    const struct sp_lot_matching *lot = writing->lot;
    const Spoina__V1__Quantity *demand = lot->pool.needs[requirement].demand;
    size_t member = best_performer(writing, requirement);
    *modest = false;
    if (member == writing->team->count || demand == NULL) {
        return false;
    }
    const struct sp_pool_fit *fit =
        &lot->pool.entities[writing->team->entities[member]].fits[requirement];
    int32_t effort = writing->team->effort[member][requirement] + missing;
    double wanted = ceil(demand->amount * effort / lot->assembly.problem.demand[requirement]);
    Spoina__V1__Change *change =
        begin(writing, member, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RAISE_CAPACITY,
              lot->lot->requirements[requirement]->id, out);
    const char *name = sp_name_requirement(&writing->speaker, lot, requirement);
    const char *amount = sp_name_quantity(&writing->speaker, lot, requirement, wanted);
    if (change == NULL || name == NULL || amount == NULL) {
        *failed = true;
        return false;
    }
    *modest = fit->capacity == SP_CAPACITY_COMPARED &&
              wanted * FULL_PERCENT <= fit->free * MODEST_PERCENT;
    change->quantity = sp_quantity_of(lot, requirement, wanted, writing->speaker.arena);
    if (change->quantity != NULL) {
        sp_record_raise_capacity(&out->edit, (size_t)fit->offer_index, change->quantity);
    }
    char *text =
        change->quantity == NULL
            ? NULL
            : SP_TELL(&writing->speaker, CHANGE_RAISE_CAPACITY,
                      .words = {sp_name_entity(sp_writing_entity(writing, member)), name, amount});
    return finish(out, text, failed);
}

static bool is_member(const struct sp_writing *writing, uint32_t entity)
{
    for (size_t i = 0; i < writing->team->count; i++) {
        if (writing->team->entities[i] == entity) {
            return true;
        }
    }
    return false;
}

/** The @p nth best entity that could do all that is missing and may be a member. */
static bool join(const struct sp_writing *writing, size_t requirement, int32_t missing, size_t nth,
                 struct sp_remedy *out, bool *failed)
{
    const struct sp_assembly *assembly = &writing->lot->assembly;
    uint32_t chosen[PARTNERS_TRIED];
    size_t found = 0;
    if (writing->team->count >= writing->lot->settings->team.members_max) {
        return false;
    }
    /* Candidates stand in a fair order, so that equals are not chosen by name or id. */
    while (found <= nth) {
        int32_t best = -1;
        for (int32_t c = 0; c < assembly->problem.candidate_count; c++) {
            uint32_t entity = assembly->candidates[c];
            const struct sp_station *station = &assembly->standings[entity].stations[requirement];
            bool taken = is_member(writing, entity);
            for (size_t i = 0; i < found; i++) {
                taken = taken || chosen[i] == entity;
            }
            bool can = station->may_perform && station->licensed && station->effort >= missing &&
                       assembly->standings[entity].status;
            if (can && !taken &&
                (best < 0 ||
                 station->value >
                     assembly->standings[assembly->candidates[best]].stations[requirement].value)) {
                best = c;
            }
        }
        if (best < 0) {
            return false;
        }
        chosen[found++] = assembly->candidates[best];
    }
    const Spoina__V1__Entity *partner = writing->lot->pool.entities[chosen[nth]].entity;
    Spoina__V1__Change *change = begin(writing, 0, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_PARTNER,
                                       writing->lot->lot->requirements[requirement]->id, out);
    if (change == NULL) {
        *failed = true;
        return false;
    }
    change->entity_id = partner->id;
    change->name = partner->name;
    out->member = writing->team->count;
    out->joins = chosen[nth];
    return finish(
        out, SP_TELL(&writing->speaker, CHANGE_ADD_PARTNER, .words = {sp_name_entity(partner)}),
        failed);
}

/** The leader offers what nobody in the team offers yet. */
static bool add_offer(const struct sp_writing *writing, size_t requirement, struct sp_remedy *out,
                      bool *failed)
{
    const struct sp_lot_matching *lot = writing->lot;
    const Spoina__V1__Requirement *asked = lot->lot->requirements[requirement];
    const char *name = sp_name_requirement(&writing->speaker, lot, requirement);
    Spoina__V1__Change *change =
        begin(writing, 0, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_OFFER, asked->id, out);
    if (change == NULL || name == NULL) {
        *failed = true;
        return false;
    }
    change->name = *asked->text == '\0' ? lot->lot->title : asked->text;
    change->quantity = asked->demand;
    sp_record_add_offer(&out->edit, change->name, asked->cpv, asked->n_cpv, asked->demand);
    return finish(out,
                  SP_TELL(&writing->speaker, CHANGE_ADD_OFFER,
                          .words = {sp_name_entity(sp_writing_entity(writing, 0)), name}),
                  failed);
}

/** Widen the area of the member whose offer fits but is not served at the place. */
static bool widen(const struct sp_writing *writing, size_t requirement, struct sp_remedy *out,
                  bool *failed)
{
    const struct sp_lot_matching *lot = writing->lot;
    const struct sp_need *need = &lot->pool.needs[requirement];
    for (size_t i = 0; need->place_count > 0 && i < writing->team->count; i++) {
        const struct sp_pool_fit *fit =
            &lot->pool.entities[writing->team->entities[i]].fits[requirement];
        if (!fit->relevant || fit->reach != SP_REACH_NOT_SERVED || fit->offer_index < 0) {
            continue;
        }
        Spoina__V1__Change *change =
            begin(writing, i, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_WIDEN_AREA,
                  lot->lot->requirements[requirement]->id, out);
        if (change == NULL) {
            *failed = true;
            return false;
        }
        change->name = sp_arena_strdup(writing->speaker.arena, need->places[0]->label);
        sp_record_widen(&out->edit, (size_t)fit->offer_index, need->places[0]->teryt);
        return finish(
            out,
            change->name == NULL
                ? NULL
                : SP_TELL(&writing->speaker, CHANGE_WIDEN_AREA,
                          .words = {sp_name_entity(sp_writing_entity(writing, i)), change->name}),
            failed);
    }
    return false;
}

bool sp_remedy_of_requirement(const struct sp_writing *writing, size_t requirement, int32_t missing,
                              size_t nth, struct sp_remedy *out, bool *failed)
{
    bool modest = false;
    if (nth == 0) {
        return raise(writing, requirement, missing, out, &modest, failed) && modest;
    }
    if (nth == 1) {
        return widen(writing, requirement, out, failed);
    }
    if (nth < 2 + PARTNERS_TRIED) {
        return join(writing, requirement, missing, nth - 2, out, failed);
    }
    return nth == 2 + PARTNERS_TRIED ? raise(writing, requirement, missing, out, &modest, failed)
                                     : add_offer(writing, requirement, out, failed);
}

enum sp_status sp_trial_run(const struct sp_writing *writing, const struct sp_remedy *remedies,
                            size_t count, struct sp_trial *out, struct sp_error *err)
{
    const struct sp_lot_matching *lot = writing->lot;
    const struct sp_match_context *context = &lot->matching->scoring;
    struct sp_arena *arena = lot->scratch;
    uint32_t entities[SP_MAX_MEMBERS + 1];
    sp_arena_reset(arena);
    struct sp_pool pool = lot->pool;
    struct sp_assembly *assembly = sp_arena_alloc(arena, sizeof *assembly);
    pool.arena = arena;
    pool.capacity = SP_MAX_MEMBERS + 1;
    pool.count = 0;
    pool.entities = sp_arena_calloc(arena, pool.capacity, sizeof *pool.entities);
    if (pool.entities == NULL || assembly == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < writing->team->count; i++) {
        entities[pool.count] = (uint32_t)pool.count;
        pool.entities[pool.count++] = lot->pool.entities[writing->team->entities[i]];
    }
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        if (remedies[i].member < writing->team->count) {
            status = sp_pool_put(context, &pool, &remedies[i].edit.entity, NULL, err);
        } else if (pool.count < SP_MAX_MEMBERS) {
            entities[pool.count] = (uint32_t)pool.count;
            pool.entities[pool.count++] = lot->pool.entities[remedies[i].joins];
        }
    }
    if (status == SP_OK) {
        status = sp_assembly_make(&pool, lot->matching->book, lot->settings->day,
                                  &lot->assembly.options, arena, assembly, err);
    }
    if (status == SP_OK) {
        status = sp_assembly_value_team(assembly, entities, pool.count, true, &out->team, err);
    }
    out->demand = assembly->problem.demand;
    return status == SP_OK ? sp_assembly_verdicts(assembly, &out->team, arena, &out->verdicts, err)
                           : status;
}
