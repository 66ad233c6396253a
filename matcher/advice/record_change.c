/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What would mend a record: the list of changes. Applying them: record_apply.c. */
#include "matcher/advice/record_change.h"

#include <string.h>

#include "matcher/advice/drop.h"
#include "matcher/proposal/names.h"

enum { PERCENT = 100, METRES_PER_KM = 1000 };

/** A list being made. */
struct listing {
    struct sp_scene *scene;
    const struct sp_lot_matching *lot;
    size_t entity;
    struct sp_record_changes *out;
    struct sp_error *err;
};

static const struct sp_pool_entity *pool_entity(const struct listing *listing)
{
    return &listing->lot->pool.entities[listing->entity];
}

/* A new change at the end of the list; NULL when it is full or memory is. */
static Spoina__V1__Change *add(struct listing *listing, Spoina__V1__ChangeKind kind,
                               const char *subject, bool needed)
{
    struct sp_record_changes *out = listing->out;
    if (out->count == SP_CHANGES_MAX) {
        return NULL;
    }
    Spoina__V1__Change *change = sp_arena_alloc(listing->scene->answer, sizeof *change);
    if (change != NULL) {
        spoina__v1__change__init(change);
        change->kind = kind;
        change->entity_id = pool_entity(listing)->entity->id;
        change->subject = (char *)subject;
        out->needed[out->count] = needed;
        out->adds_offer[out->count] = kind == SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_OFFER;
        out->items[out->count++] = change;
    }
    return change;
}

static void set_amount(Spoina__V1__Change *change, int64_t amount)
{
    change->_amount_case = SPOINA__V1__CHANGE___AMOUNT_AMOUNT;
    change->amount = amount;
}

static const char *requirement_id(const struct listing *listing, size_t j)
{
    return listing->lot->lot->requirements[j]->id;
}

static const char *offer_title(const struct listing *listing, size_t j)
{
    int32_t index = pool_entity(listing)->fits[j].offer_index;
    return index < 0 ? "" : pool_entity(listing)->entity->offers[index]->title;
}

static void add_offer(struct listing *listing, size_t j)
{
    const struct sp_need *need = &listing->lot->pool.needs[j];
    Spoina__V1__Change *change = add(listing, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_ADD_OFFER,
                                     requirement_id(listing, j), false);
    if (change == NULL) {
        return;
    }
    const char *words = sp_requirement_words(listing->scene, listing->lot, j);
    const char *amount =
        need->demand == NULL
            ? "?"
            : sp_name_quantity(&listing->scene->speaker, listing->lot, j, need->demand->amount);
    change->quantity = (Spoina__V1__Quantity *)need->demand;
    change->text = words == NULL || amount == NULL
                       ? NULL
                       : SP_TELL(&listing->scene->speaker, FIX_OFFER, .words = {words, amount});
}

static void add_area(struct listing *listing, size_t j)
{
    const struct sp_pool_fit *fit = &pool_entity(listing)->fits[j];
    Spoina__V1__Change *change = add(listing, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_WIDEN_AREA,
                                     requirement_id(listing, j), false);
    if (change == NULL) {
        return;
    }
    const struct sp_speaker *speaker = &listing->scene->speaker;
    const char *place = listing->lot->pool.needs[j].places[0]->name;
    if (!fit->has_distance) {
        change->text = SP_TELL(speaker, FIX_AREA_UNITS, .words = {place});
        return;
    }
    uint32_t kilometres = fit->distance_m / METRES_PER_KM + 1;
    set_amount(change, kilometres);
    change->text = SP_TELL(speaker, FIX_AREA, .numbers = {kilometres}, .words = {place});
}

static void add_capacity(struct listing *listing, size_t j, bool state_only)
{
    const struct sp_need *need = &listing->lot->pool.needs[j];
    Spoina__V1__ChangeKind kind = state_only ? SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA
                                             : SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RAISE_CAPACITY;
    Spoina__V1__Change *change = add(listing, kind, requirement_id(listing, j), false);
    if (change == NULL) {
        return;
    }
    const struct sp_speaker *speaker = &listing->scene->speaker;
    const char *amount =
        sp_name_quantity(&listing->scene->speaker, listing->lot, j, need->demand->amount);
    change->name = (char *)"capacity";
    change->quantity = (Spoina__V1__Quantity *)need->demand;
    change->text =
        amount == NULL ? NULL
        : state_only
            ? SP_TELL(speaker, FIX_CAPACITY_STATE, .words = {offer_title(listing, j), amount})
            : SP_TELL(speaker, FIX_CAPACITY, .words = {offer_title(listing, j), amount});
}

static void add_minimum(struct listing *listing, size_t j)
{
    Spoina__V1__Change *change = add(listing, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RAISE_CAPACITY,
                                     requirement_id(listing, j), false);
    if (change != NULL) {
        change->name = (char *)"minimum_order";
        change->text =
            SP_TELL(&listing->scene->speaker, FIX_MINIMUM, .words = {offer_title(listing, j)});
    }
}

/* The code of the requirement, on an offer that speaks of it in words only. */
static void add_code(struct listing *listing, size_t j)
{
    const struct sp_need *need = &listing->lot->pool.needs[j];
    if (need->code_count == 0 ||
        pool_entity(listing)->fits[j].parts.part[SP_PART_CPV].permille == SP_PERMILLE) {
        return;
    }
    Spoina__V1__Change *change = add(listing, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA,
                                     requirement_id(listing, j), false);
    if (change != NULL) {
        change->name = (char *)"cpv";
        change->text = SP_TELL(&listing->scene->speaker, FIX_CPV,
                               .words = {offer_title(listing, j), need->codes[0]->code});
    }
}

static void list_offer_changes(struct listing *listing, size_t j)
{
    const struct sp_pool_fit *fit = &pool_entity(listing)->fits[j];
    const struct sp_need *need = &listing->lot->pool.needs[j];
    if (!fit->relevant || fit->offer_index < 0) {
        add_offer(listing, j);
        return;
    }
    if (fit->reach != SP_REACH_SERVED && need->place_count > 0) {
        add_area(listing, j);
    }
    if (need->demand != NULL) {
        bool compared = fit->capacity == SP_CAPACITY_COMPARED;
        if (fit->capacity == SP_CAPACITY_BELOW_MINIMUM) {
            add_minimum(listing, j);
        } else if (!compared || fit->free < need->demand->amount) {
            add_capacity(listing, j,
                         fit->capacity == SP_CAPACITY_NOT_DECLARED ||
                             fit->capacity == SP_CAPACITY_NOT_COMPARABLE);
        }
    }
    add_code(listing, j);
}

/* The number that a ruling on the entity turns on; false: there is none. */
static enum sp_status find_number(struct listing *listing, const struct sp_lot_term *term,
                                  enum sp_value_kind kind, int64_t *part, int64_t *whole)
{
    struct sp_ruling ruling;
    *part = 0;
    *whole = 0;
    enum sp_status status = sp_assembly_ruling(&listing->lot->assembly, listing->entity, term,
                                               listing->scene->answer, &ruling, listing->err);
    for (size_t i = 0; status == SP_OK && i < ruling.count; i++) {
        if (ruling.verdicts[i].value == kind && ruling.verdicts[i].decision != SP_DECISION_MET) {
            *part = ruling.verdicts[i].part == SP_PART_UNKNOWN ? 0 : ruling.verdicts[i].part;
            *whole = ruling.verdicts[i].whole;
        }
    }
    return status;
}

static void add_status(struct listing *listing, const struct sp_lot_term *term)
{
    char day[11];
    sp_day_format(listing->lot->assembly.terms.day, day);
    Spoina__V1__Change *change =
        add(listing, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RENEW_STATUS, term->subject, true);
    if (change != NULL) {
        change->name = (char *)"PS";
        change->text = SP_TELL(
            &listing->scene->speaker, FIX_STATUS,
            .words = {sp_say(listing->scene->speaker.locale, "status przedsiębiorstwa społecznego",
                             "the status of social enterprise"),
                      day});
    }
}

static void add_declaration(struct listing *listing, const struct sp_lot_term *term,
                            const char *name, const char *polish, const char *english)
{
    Spoina__V1__Change *change =
        add(listing, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA, term->subject, true);
    if (change != NULL) {
        change->name = (char *)name;
        change->text = SP_TELL(&listing->scene->speaker, FIX_DECLARE,
                               .words = {sp_say(listing->scene->speaker.locale, polish, english)});
    }
}

static enum sp_status add_art_94(struct listing *listing, const struct sp_lot_term *term)
{
    int64_t part = 0;
    int64_t whole = 0;
    int64_t percent = term->reservation.share_percent > 0 ? term->reservation.share_percent : 30;
    enum sp_status status = find_number(listing, term, SP_VALUE_SHARE, &part, &whole);
    struct sp_statement said =
        sp_terms_statement(pool_entity(listing)->entity, listing->lot->assembly.terms.day);
    if (status == SP_OK && said.integration_aim == SP_ANSWER_NO) {
        add_declaration(listing, term, "INTEGRATION_AIM",
                        "głównym celem jest integracja osób społecznie marginalizowanych",
                        "the main aim is the integration of marginalised persons");
    }
    if (status != SP_OK || whole == 0 || percent >= PERCENT || part * PERCENT >= percent * whole) {
        return status;
    }
    /* (part + n) / (whole + n) >= percent / 100 */
    int64_t lacking = percent * whole - PERCENT * part;
    int64_t n = (lacking + PERCENT - percent - 1) / (PERCENT - percent);
    Spoina__V1__Change *change =
        add(listing, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_EMPLOY_PERSONS, term->subject, true);
    if (change != NULL) {
        change->name = (char *)"ANY_ART_94";
        set_amount(change, n);
        change->text = SP_TELL(
            &listing->scene->speaker, FIX_EMPLOY, .numbers = {(double)n},
            .words = {sp_say(listing->scene->speaker.locale, "art. 94 Pzp", "art. 94 Pzp")});
    }
    return SP_OK;
}

static enum sp_status add_art_96(struct listing *listing, const struct sp_lot_term *term)
{
    int64_t part = 0;
    int64_t whole = 0;
    enum sp_status status = find_number(listing, term, SP_VALUE_COUNT, &part, &whole);
    const struct sp_rulebook *book = listing->scene->advising->matching.book;
    Spoina__V1__SocialGroup group = term->employment.groups[0];
    if (status != SP_OK || whole <= part) {
        return status;
    }
    Spoina__V1__Change *change =
        add(listing, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_EMPLOY_PERSONS, term->subject, false);
    if (change != NULL) {
        const char *name = sp_say(listing->scene->speaker.locale, sp_group_polish(book, group),
                                  sp_group_english(book, group));
        change->name = (char *)"group";
        set_amount(change, whole - part);
        change->text = SP_TELL(&listing->scene->speaker, FIX_EMPLOY,
                               .numbers = {(double)(whole - part)}, .words = {name});
    }
    return SP_OK;
}

static void add_holding(struct listing *listing, const struct sp_lot_term *term,
                        Spoina__V1__ChangeKind kind)
{
    const struct sp_speaker *speaker = &listing->scene->speaker;
    Spoina__V1__Change *change = add(listing, kind, term->subject, term->type == SP_TERM_EVERY);
    if (change == NULL) {
        return;
    }
    const struct sp_condition *asked = &term->question;
    change->name = asked->name == NULL ? change->name : (char *)asked->name;
    if (kind == SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RAISE_INSURANCE) {
        const char *sum = sp_text_money(speaker, asked->grosz);
        set_amount(change, asked->grosz);
        change->text = sum == NULL ? NULL : SP_TELL(speaker, FIX_INSURANCE, .words = {sum});
    } else if (kind == SPOINA__V1__CHANGE_KIND__CHANGE_KIND_OBTAIN_REFERENCE) {
        bool total = asked->kind == SP_CONDITION_EXPERIENCE;
        int64_t count = total || asked->count == 0 ? 1 : asked->count;
        const char *sum = asked->grosz > 0 ? sp_text_money(speaker, asked->grosz) : asked->cpv;
        set_amount(change, count);
        change->text = SP_TELL(speaker, FIX_REFERENCES, .numbers = {(double)count},
                               .words = {sum == NULL ? "" : sum});
    } else {
        change->text = SP_TELL(speaker, FIX_LICENCE, .words = {asked->name});
    }
}

/* What mends a condition; none for register entries, persons at hand and past revenue. */
static bool list_condition_changes(struct listing *listing, const struct sp_lot_term *term)
{
    switch (term->question.kind) {
    case SP_CONDITION_LICENCE:
    case SP_CONDITION_CERTIFICATE:
        add_holding(listing, term, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_OBTAIN_LICENCE);
        return true;
    case SP_CONDITION_INSURANCE:
        add_holding(listing, term, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_RAISE_INSURANCE);
        return true;
    case SP_CONDITION_REFERENCES:
    case SP_CONDITION_EXPERIENCE:
        add_holding(listing, term, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_OBTAIN_REFERENCE);
        return true;
    default:
        return false;
    }
}

static bool may_be_social_enterprise(Spoina__V1__LegalForm form)
{
    return form != SPOINA__V1__LEGAL_FORM__LEGAL_FORM_BUSINESS &&
           form != SPOINA__V1__LEGAL_FORM__LEGAL_FORM_SHELTERED_EMPLOYER &&
           form != SPOINA__V1__LEGAL_FORM__LEGAL_FORM_LOCAL_GOVERNMENT &&
           form != SPOINA__V1__LEGAL_FORM__LEGAL_FORM_LGU_ASSOCIATION;
}

/* @param mended  a change for the term was listed */
static enum sp_status list_term_changes(struct listing *listing, const struct sp_lot_term *term,
                                        bool *mended)
{
    size_t before = listing->out->count;
    enum sp_status status = SP_OK;
    switch (term->kind) {
    case SP_TERM_ES_26:
        if (may_be_social_enterprise(pool_entity(listing)->entity->legal_form)) {
            add_status(listing, term);
        }
        break;
    case SP_TERM_ART_94:
        status = add_art_94(listing, term);
        break;
    case SP_TERM_ART_96:
        status = add_art_96(listing, term);
        break;
    case SP_TERM_CONDITION:
    case SP_TERM_LICENCE:
        (void)list_condition_changes(listing, term);
        break;
    default:
        break; /* exclusion, own unit, legal form, aims of art. 361: not to be had by a change */
    }
    *mended = listing->out->count > before;
    return status;
}

static void add_confirmation(struct listing *listing)
{
    const Spoina__V1__Entity *entity = pool_entity(listing)->entity;
    if (entity->provenance != NULL &&
        strcmp(entity->provenance->confirmed_on, listing->scene->date) == 0) {
        return;
    }
    Spoina__V1__Change *change =
        add(listing, SPOINA__V1__CHANGE_KIND__CHANGE_KIND_STATE_DATA, "", false);
    if (change != NULL) {
        change->name = (char *)"confirmed_on";
        change->text = SP_TELL(&listing->scene->speaker, FIX_CONFIRM, .numbers = {0});
    }
}

enum sp_status sp_record_changes_list(struct sp_scene *scene, const struct sp_lot_matching *lot,
                                      size_t entity, struct sp_record_changes *out,
                                      struct sp_error *err)
{
    struct listing listing = {scene, lot, entity, out, err};
    const struct sp_assembly *assembly = &lot->assembly;
    enum sp_status status = SP_OK;
    *out = (struct sp_record_changes){.count = 0};
    for (size_t t = 0; status == SP_OK && t < assembly->terms.count; t++) {
        const struct sp_lot_term *term = &assembly->terms.items[t];
        bool mended = false;
        if (assembly->standings[entity].decisions[t] == SP_DECISION_NOT_MET) {
            status = list_term_changes(&listing, term, &mended);
            out->hopeless = out->hopeless || (!mended && term->type == SP_TERM_EVERY);
        }
    }
    for (size_t j = 0; status == SP_OK && j < lot->pool.requirement_count; j++) {
        list_offer_changes(&listing, j);
    }
    if (status == SP_OK) {
        add_confirmation(&listing);
    }
    for (size_t i = 0; status == SP_OK && i < out->count; i++) {
        status = out->items[i] == NULL || out->items[i]->text == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    return status;
}
