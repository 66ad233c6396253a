/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The offers of an entity: what, how much, from when, where, for how much, in its own words.
 */
#include <stdio.h>
#include <string.h>

#include "tools/region/region_choice.h"
#include "tools/region/region_maker.h"

/* Per mille of offers that say it: entities leave gaps, and the matcher must live with them. */
enum {
    BY_UNIT =
        850, /* offers performed by the unit, where there is one beside a founder of its own */
    CPV_GIVEN = 550,
    SECOND_CPV = 350,
    SERVICE_GIVEN = 450,
    CAPACITY_KNOWN = 750,
    COMMITTED_KNOWN = 600,
    FREE_LATER = 300,
    MINIMUM_GIVEN = 450,
    MAXIMUM_GIVEN = 250,
    PRICE_GIVEN = 620,
    LEAD_GIVEN = 500,
    TOOL_GIVEN = 550,
    LICENCE_HELD = 850,
    VALUE_UNTOLD = 120 /* of references */
};

enum {
    ENTITY_LICENCES_MAX = 24,
    REFERENCES_MAX = 3,
    HEADS_MAX = 30,
    TOOLS_MAX = 8,
    SMALL_CAPACITY_PART = 6, /* WTZ and KIS do a sixth of what the table says at most */
    FREE_DAYS_MAX = 300
};

static int64_t round_down(int64_t amount, int64_t step)
{
    int64_t rounded = amount / step * step;
    return rounded < step ? step : rounded;
}

static Spoina__V1__Quantity *make_quantity(struct sp_maker *maker, int64_t amount, const char *unit,
                                           const char *period)
{
    Spoina__V1__Quantity *quantity =
        SP_MAKE(maker, Spoina__V1__Quantity, SPOINA__V1__QUANTITY__INIT);
    if (quantity != NULL) {
        quantity->amount = (double)amount;
        quantity->unit = sp_make_constant(unit);
        quantity->period = sp_make_constant(period);
    }
    return quantity;
}

/* Small amounts are commoner than large ones: the lesser of two draws. */
static int64_t draw_amount(struct sp_maker *maker, const struct sp_region_service *service,
                           char letter)
{
    int64_t most = service->most;
    if (letter == 'W' || letter == 'K') {
        most = service->least + (service->most - service->least) / SMALL_CAPACITY_PART;
    }
    int64_t a = sp_random_between(&maker->random, service->least, most);
    int64_t b = sp_random_between(&maker->random, service->least, most);
    return round_down(a < b ? a : b, service->step);
}

/** What is decided about an offer before it is put into words. */
struct plan {
    const struct sp_region_service *service;
    int64_t amount;                /* capacity; 0: not told */
    sp_day free_from;              /* SP_DAY_UNKNOWN: not told */
    enum sp_region_sentence where; /* SP_REGION_SENTENCES: not told */
    uint32_t kilometres;
};

static void make_capacity(struct sp_maker *maker, Spoina__V1__Offer *offer, const struct plan *plan)
{
    Spoina__V1__Capacity *capacity =
        SP_MAKE(maker, Spoina__V1__Capacity, SPOINA__V1__CAPACITY__INIT);
    Spoina__V1__Capacity **list = sp_make_zeroed(maker, 1, sizeof *list);
    if (capacity == NULL || list == NULL) {
        return;
    }
    const struct sp_region_service *service = plan->service;
    capacity->declared = make_quantity(maker, plan->amount, service->unit, service->period);
    if (sp_random_chance(&maker->random, COMMITTED_KNOWN)) {
        int64_t part = sp_random_between(&maker->random, 0, 100);
        int64_t taken = plan->amount * part / 100 / service->step * service->step;
        capacity->committed = make_quantity(maker, taken, service->unit, service->period);
    }
    if (plan->free_from != SP_DAY_UNKNOWN) {
        capacity->free_from = sp_make_date(maker, plan->free_from);
    }
    list[0] = capacity;
    offer->capacity = list;
    offer->n_capacity = 1;
}

static void make_orders(struct sp_maker *maker, Spoina__V1__Offer *offer, const struct plan *plan)
{
    const struct sp_region_service *service = plan->service;
    if (sp_random_chance(&maker->random, MINIMUM_GIVEN)) {
        int64_t least = round_down(service->least / 4, service->step);
        offer->minimum_order = make_quantity(maker, least, service->unit, "");
    }
    if (plan->amount > 0 && sp_random_chance(&maker->random, MAXIMUM_GIVEN)) {
        offer->maximum_order = make_quantity(maker, plan->amount, service->unit, service->period);
    }
}

static void make_price(struct sp_maker *maker, Spoina__V1__Offer *offer,
                       const struct sp_region_service *service)
{
    if (service->price_least < 0 || !sp_random_chance(&maker->random, PRICE_GIVEN)) {
        return;
    }
    int64_t price = sp_random_between(&maker->random, service->price_least, service->price_most);
    int64_t step = price >= 100000 ? 10000 : price >= 10000 ? 500 : price >= 1000 ? 50 : 5;
    offer->price_grosz = round_down(price, step);
    offer->_price_grosz_case = SPOINA__V1__OFFER___PRICE_GROSZ_PRICE_GROSZ;
    offer->price_unit = sp_make_constant(service->unit);
}

/* Own powiat, with neighbours, own gmina only, the voivodeship, or kilometres; or nothing said. */
static enum sp_region_sentence draw_area(struct sp_maker *maker, Spoina__V1__Offer *offer,
                                         uint32_t *kilometres)
{
    Spoina__V1__ServedArea *area =
        SP_MAKE(maker, Spoina__V1__ServedArea, SPOINA__V1__SERVED_AREA__INIT);
    char **codes = sp_make_zeroed(maker, SP_REGION_NEIGHBOURS + 1, sizeof *codes);
    uint32_t draw = sp_random_below(&maker->random, 1000);
    if (area == NULL || codes == NULL || draw < 120) {
        return SP_REGION_SENTENCES;
    }
    offer->area = area;
    if (draw < 420) {
        *kilometres = 5 * (uint32_t)sp_random_between(&maker->random, 2, 16);
        area->kilometres = *kilometres;
        area->_kilometres_case = SPOINA__V1__SERVED_AREA___KILOMETRES_KILOMETRES;
        return SP_REGION_RADIUS;
    }
    area->teryt = codes;
    area->n_teryt = 1;
    codes[0] = sp_make_constant(maker->powiat->place->teryt);
    if (draw < 540) {
        codes[0] = sp_make_text(maker, "%.2s", maker->powiat->place->teryt);
        return SP_REGION_REGION;
    }
    if (draw < 620) {
        codes[0] = sp_make_constant(maker->gmina->teryt);
        return SP_REGION_SENTENCES; /* the sentences name powiats only */
    }
    size_t neighbours = sp_random_below(&maker->random, SP_REGION_NEIGHBOURS + 1);
    for (size_t i = 0; i < neighbours; i++) {
        codes[area->n_teryt++] = sp_make_constant(maker->powiat->neighbours[i]->place->teryt);
    }
    return neighbours == 0 ? SP_REGION_NEAR : SP_REGION_FAR;
}

static void make_codes(struct sp_maker *maker, Spoina__V1__Offer *offer,
                       const struct sp_region_service *service)
{
    char **cpv = sp_make_zeroed(maker, SP_REGION_CPV_MAX + 1, sizeof *cpv);
    if (cpv == NULL) {
        return;
    }
    offer->cpv = cpv;
    if (service->cpv_count > 0 && sp_random_chance(&maker->random, CPV_GIVEN)) {
        cpv[offer->n_cpv++] = sp_make_constant(service->cpv[0]);
        if (service->cpv_count > 1 && sp_random_chance(&maker->random, SECOND_CPV)) {
            cpv[offer->n_cpv++] = sp_make_constant(service->cpv[1]);
        }
    }
    if (sp_random_chance(&maker->random, SERVICE_GIVEN)) {
        offer->service = &cpv[SP_REGION_CPV_MAX];
        offer->service[0] = sp_make_constant(service->id);
        offer->n_service = 1;
    }
}

static void make_equipment(struct sp_maker *maker, Spoina__V1__Offer *offer,
                           const struct sp_region_texts *tools)
{
    size_t count = tools->count < TOOLS_MAX ? tools->count : TOOLS_MAX;
    offer->equipment = sp_make_zeroed(maker, TOOLS_MAX, sizeof *offer->equipment);
    for (size_t i = 0; i < count && offer->equipment != NULL; i++) {
        if (sp_random_chance(&maker->random, TOOL_GIVEN)) {
            offer->equipment[offer->n_equipment++] = sp_make_constant(tools->items[i]);
        }
    }
}

/* 12000 as "12 000", the way people write it. */
static const char *spaced(struct sp_maker *maker, int64_t amount)
{
    return amount < 10000 ? sp_make_text(maker, "%lld", (long long)amount)
                          : sp_make_text(maker, "%lld %03lld", (long long)(amount / 1000),
                                         (long long)(amount % 1000));
}

static const char *month_of(struct sp_maker *maker, sp_day day)
{
    static const char *const months[12] = {"stycznia", "lutego",       "marca",     "kwietnia",
                                           "maja",     "czerwca",      "lipca",     "sierpnia",
                                           "września", "października", "listopada", "grudnia"};
    int year = 0;
    int month = 0;
    int day_of_month = 0;
    sp_day_to_civil(day, &year, &month, &day_of_month);
    return sp_make_text(maker, "%s %d", months[month - 1], year);
}

static const char *add_sentence(struct sp_maker *maker, const char *text, const char *sentence)
{
    const char *stop = strchr(sentence, '\0')[-1] == '.' ? "" : ".";
    return sp_make_text(maker, "%s%s%s%s", text, text[0] == '\0' ? "" : " ", sentence, stop);
}

/* One or two sentences on the work, then what else people tell; in the order in which they tell it.
 */
static const char *describe(struct sp_maker *maker, const struct plan *plan)
{
    struct sp_random *random = &maker->random;
    const struct sp_region_texts *texts = plan->service->texts;
    const struct sp_region_texts *work = &texts[SP_REGION_WORK];
    uint32_t first = sp_random_below(random, (uint32_t)work->count);
    const char *text = add_sentence(maker, "", work->items[first]);
    if (work->count > 1 && sp_random_chance(random, 450)) {
        text = add_sentence(maker, text, work->items[(first + 1) % work->count]);
    }
    if (plan->amount > 0 && texts[SP_REGION_AMOUNT].count > 0 && sp_random_chance(random, 550)) {
        const char *amount = sp_make_choice(maker, &texts[SP_REGION_AMOUNT]);
        amount = sp_make_filled(maker, amount, "{n}", spaced(maker, plan->amount));
        text = add_sentence(maker, text, amount);
    }
    if (texts[SP_REGION_DETAIL].count > 0 && sp_random_chance(random, 600)) {
        text = add_sentence(maker, text, sp_make_choice(maker, &texts[SP_REGION_DETAIL]));
    }
    if (plan->where != SP_REGION_SENTENCES && sp_random_chance(random, 700)) {
        const char *where = sp_make_sentence(maker, plan->where);
        where = sp_make_filled(maker, where, "{km}", spaced(maker, plan->kilometres));
        text = add_sentence(maker, text, where);
    }
    if (plan->free_from != SP_DAY_UNKNOWN && sp_random_chance(random, 400)) {
        const char *free = sp_make_sentence(maker, SP_REGION_FREE);
        text = add_sentence(
            maker, text, sp_make_filled(maker, free, "{month}", month_of(maker, plan->free_from)));
    }
    if (sp_random_chance(random, 350)) {
        text = add_sentence(maker, text, sp_make_sentence(maker, SP_REGION_MORE));
    }
    return text;
}

static Spoina__V1__Offer *make_offer(struct sp_maker *maker, size_t index,
                                     const struct sp_region_service *service, bool by_unit)
{
    static const uint32_t lead_days[] = {1, 2, 3, 5, 7, 10, 14, 21};
    struct plan plan = {.service = service, .free_from = SP_DAY_UNKNOWN};
    Spoina__V1__Offer *offer = SP_MAKE(maker, Spoina__V1__Offer, SPOINA__V1__OFFER__INIT);
    if (offer == NULL) {
        return NULL;
    }
    offer->id = sp_make_text(maker, "o%zu", index + 1);
    if (by_unit) {
        offer->unit_id = maker->entity->units[0]->id;
    }
    if (sp_random_chance(&maker->random, CAPACITY_KNOWN)) {
        char letter = by_unit ? maker->kind->letter : '-';
        plan.amount = draw_amount(maker, service, letter);
        if (sp_random_chance(&maker->random, FREE_LATER)) {
            plan.free_from =
                maker->options->today + (sp_day)sp_random_between(&maker->random, 1, FREE_DAYS_MAX);
        }
        make_capacity(maker, offer, &plan);
    }
    make_orders(maker, offer, &plan);
    make_price(maker, offer, service);
    plan.where = draw_area(maker, offer, &plan.kilometres);
    make_codes(maker, offer, service);
    make_equipment(maker, offer, &service->texts[SP_REGION_TOOL]);
    if (sp_random_chance(&maker->random, LEAD_GIVEN)) {
        offer->lead_time_days = lead_days[sp_random_below(&maker->random, SP_COUNT(lead_days))];
        offer->_lead_time_days_case = SPOINA__V1__OFFER___LEAD_TIME_DAYS_LEAD_TIME_DAYS;
    }
    offer->title = sp_make_constant(sp_make_choice(maker, &service->texts[SP_REGION_TITLE]));
    offer->description = sp_make_constant(describe(maker, &plan));
    return offer;
}

static bool holds(const struct sp_maker *maker, const char *kind)
{
    for (size_t i = 0; i < maker->entity->n_licences; i++) {
        if (strcmp(maker->entity->licences[i]->kind, kind) == 0) {
            return true;
        }
    }
    return false;
}

/* Licences belong to the entity: each once, whatever number of offers needs it. */
static void add_licences(struct sp_maker *maker, const struct sp_region_service *service)
{
    for (size_t i = 0; i < service->licence_count; i++) {
        const struct sp_region_licence *kind = service->licences[i];
        bool held = sp_random_chance(&maker->random, LICENCE_HELD);
        if (!held || holds(maker, kind->kind) || maker->entity->licences == NULL ||
            maker->entity->n_licences == ENTITY_LICENCES_MAX) {
            continue;
        }
        Spoina__V1__Licence *licence =
            SP_MAKE(maker, Spoina__V1__Licence, SPOINA__V1__LICENCE__INIT);
        if (licence == NULL) {
            return;
        }
        licence->kind = sp_make_constant(kind->kind);
        licence->number = sp_make_text(maker, "DEMO/%s/%06u", kind->id, (unsigned)maker->number);
        if (kind->years > 0) {
            int64_t days = sp_random_between(&maker->random, 1, kind->years * 365);
            licence->valid_to = sp_make_date(maker, maker->confirmed + (sp_day)days);
        }
        maker->entity->licences[maker->entity->n_licences++] = licence;
    }
}

static void add_reference(struct sp_maker *maker, const struct sp_region_service *service)
{
    static const char *const roles[] = {"sole", "sole",    "sole",          "sole",
                                        "sole", "partner", "subcontractor", "leader"};
    Spoina__V1__Reference *reference =
        SP_MAKE(maker, Spoina__V1__Reference, SPOINA__V1__REFERENCE__INIT);
    if (reference == NULL || maker->entity->references == NULL) {
        return;
    }
    /* Whom few work for did no large work: 1,500 to 15,000 zloty a head. */
    int64_t heads = maker->staff + 1 < HEADS_MAX ? maker->staff + 1 : HEADS_MAX;
    int64_t zloty = heads * sp_random_between(&maker->random, 15, 150) * 100;
    sp_day from = maker->confirmed - (sp_day)sp_random_between(&maker->random, 200, 1300);
    sp_day to = from + (sp_day)sp_random_between(&maker->random, 20, 190);
    reference->service = sp_make_constant(service->texts[SP_REGION_TITLE].items[0]);
    reference->cpv = sp_make_constant(service->cpv_count > 0 ? service->cpv[0] : "");
    reference->buyer = sp_make_text(maker, "zamawiający fikcyjny %s", maker->powiat->in);
    if (!sp_random_chance(&maker->random, VALUE_UNTOLD)) {
        reference->value_grosz = zloty * 100;
        reference->_value_grosz_case = SPOINA__V1__REFERENCE___VALUE_GROSZ_VALUE_GROSZ;
    }
    reference->from = sp_make_date(maker, from);
    reference->to = sp_make_date(maker, to);
    reference->role = sp_make_constant(roles[sp_random_below(&maker->random, SP_COUNT(roles))]);
    maker->entity->references[maker->entity->n_references++] = reference;
}

/* Letter of a founder's own work beside its unit. */
static char founder_letter(const struct sp_region_kind *kind)
{
    switch (kind->form) {
    case SPOINA__V1__LEGAL_FORM__LEGAL_FORM_SOCIAL_COOPERATIVE:
        return 'S';
    case SPOINA__V1__LEGAL_FORM__LEGAL_FORM_CHURCH_ENTITY:
        return 'H';
    default:
        return 'F';
    }
}

void sp_make_offers(struct sp_maker *maker, size_t count)
{
    Spoina__V1__Entity *entity = maker->entity;
    const struct sp_region_kind *kind = maker->kind;
    bool has_unit = entity->n_units > 0;
    bool own_work = kind->form != SPOINA__V1__LEGAL_FORM__LEGAL_FORM_LOCAL_GOVERNMENT;
    struct sp_choice choice;
    sp_make_begin(maker, SP_MAKER_OFFERS);
    sp_choice_init(&choice, maker, kind->letter);
    entity->offers = sp_make_zeroed(maker, count, sizeof *entity->offers);
    entity->licences = sp_make_zeroed(maker, ENTITY_LICENCES_MAX, sizeof *entity->licences);
    entity->references = sp_make_zeroed(maker, REFERENCES_MAX, sizeof *entity->references);
    size_t references = sp_random_below(&maker->random, REFERENCES_MAX + 1);
    for (size_t i = 0; i < count && maker->status == SP_OK; i++) {
        bool by_unit = has_unit && (!own_work || sp_random_chance(&maker->random, BY_UNIT));
        char letter = has_unit && !by_unit ? founder_letter(kind) : kind->letter;
        const struct sp_region_service *service = sp_choice_next(&choice, maker, letter);
        entity->offers[entity->n_offers++] = make_offer(maker, i, service, by_unit);
        add_licences(maker, service);
        if (entity->n_references < references) {
            add_reference(maker, service);
        }
    }
}
