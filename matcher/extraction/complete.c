/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Completing a draft; see complete.h. */
#include "matcher/extraction/complete.h"

#include <string.h>

#include "matcher/extraction/items.h"
#include "matcher/tender/draft.h"
#include "matcher/vocabulary/data_table.h"

enum { DATE_BYTES = 11, LOT_PLACES_MAX = 50 };

struct completion {
    const struct sp_extraction_tools *tools;
    Spoina__V1__Draft *draft;
    struct sp_arena *arena;
    struct sp_fact_source *sources; /* the document first, then title and description of each lot */
    size_t count;
    sp_day deadline;
    struct sp_error *err;
};

static bool is_sure(const struct sp_fact *fact)
{
    return fact->confidence >= SP_COMPLETE_CONFIDENCE_MIN;
}

static char *day_text(struct completion *completion, sp_day day)
{
    char *text = sp_arena_alloc(completion->arena, DATE_BYTES);
    if (text != NULL) {
        sp_day_format(day, text);
    }
    return text;
}

/** Note for each fact the number of the lot whose heading stands last before it; 0: none. */
static enum sp_status number_headings(struct completion *completion, struct sp_fact_source *source)
{
    uint32_t *headings =
        sp_arena_calloc(completion->arena, source->facts.count + 1, sizeof *headings);
    uint32_t number = 0;
    if (headings == NULL) {
        return SP_FAIL_NOMEM(completion->err);
    }
    for (size_t i = 0; i < source->facts.count; i++) {
        const struct sp_fact *fact = &source->facts.items[i];
        number = fact->kind == SP_FACT_LOT ? fact->count : number;
        headings[i] = number;
    }
    source->headings = headings;
    return SP_OK;
}

static enum sp_status read_source(struct completion *completion, const char *field,
                                  const char *text, size_t lot)
{
    struct sp_fact_source *source = &completion->sources[completion->count++];
    *source = (struct sp_fact_source){.field = field, .text = sp_view_of(text), .lot = lot};
    enum sp_status status = sp_extract(completion->tools, source->text, completion->arena,
                                       &source->facts, completion->err);
    return status == SP_OK ? number_headings(completion, source) : status;
}

/** Make a lot of every heading, if there are two numbers at least; else one lot of the draft. */
static enum sp_status make_lots(struct completion *completion)
{
    Spoina__V1__Draft *draft = completion->draft;
    const struct sp_fact_source *document = &completion->sources[0];
    size_t numbers = 0;
    uint32_t most = 0;
    for (size_t i = 0; i < document->facts.count; i++) {
        const struct sp_fact *fact = &document->facts.items[i];
        numbers += fact->kind == SP_FACT_LOT && fact->count == most + 1;
        most += fact->kind == SP_FACT_LOT && fact->count == most + 1;
    }
    size_t count = numbers < 2 ? 1 : numbers > SP_DRAFT_MAX_LOTS ? SP_DRAFT_MAX_LOTS : numbers;
    for (uint32_t number = 1; number <= count; number++) {
        Spoina__V1__Lot *lot = sp_arena_alloc(completion->arena, sizeof *lot);
        if (lot == NULL) {
            return SP_FAIL_NOMEM(completion->err);
        }
        spoina__v1__lot__init(lot);
        lot->id = sp_arena_printf(completion->arena, "%u", number);
        lot->title = draft->title;
        for (size_t i = 0; count > 1 && i < document->facts.count; i++) {
            const struct sp_fact *fact = &document->facts.items[i];
            if (fact->kind == SP_FACT_LOT && fact->count == number && fact->name.length > 0) {
                lot->title = sp_arena_copy(completion->arena, fact->name);
                break;
            }
        }
        if (lot->id == NULL || lot->title == NULL ||
            !sp_item_add(completion->arena, (void ***)&draft->lots, &draft->n_lots, lot)) {
            return SP_FAIL_NOMEM(completion->err);
        }
    }
    return SP_OK;
}

/** True if fact @p fact of @p source speaks of lot @p index. A document without headings speaks of
 * its only lot. */
static bool concerns(const struct completion *completion, const struct sp_fact_source *source,
                     size_t fact, size_t index)
{
    if (source->lot != SIZE_MAX) {
        return source->lot == index;
    }
    if (completion->draft->n_lots == 1) {
        return true;
    }
    return completion->count == 1 && source->headings[fact] == index + 1;
}

static bool is_part_of(const struct sp_service *service, const struct sp_service *umbrella)
{
    for (size_t i = 0; i < umbrella->part_count; i++) {
        if (umbrella->parts[i] == service) {
            return true;
        }
    }
    return false;
}

static bool is_usual(const struct sp_service *service, const struct sp_unit *unit)
{
    struct sp_view units = sp_view_of(service->units);
    struct sp_view id;
    while (sp_list_next(&units, ' ', &id)) {
        if (sp_view_is(id, unit->id)) {
            return true;
        }
    }
    return false;
}

/** The amount in a unit usual for service fact @p index that stands in its sentence. */
static const struct sp_fact *amount_of(const struct sp_fact_source *source, size_t index)
{
    const struct sp_fact *facts = source->facts.items;
    size_t first = index;
    while (first > 0 && facts[first - 1].sentence == facts[index].sentence) {
        first--;
    }
    for (size_t i = first; i < source->facts.count && facts[i].sentence == facts[index].sentence;
         i++) {
        if (facts[i].kind == SP_FACT_QUANTITY && is_sure(&facts[i]) &&
            is_usual(facts[index].service, facts[i].unit)) {
            return &facts[i];
        }
    }
    return NULL;
}

/** A service that a lot asks for. */
struct asked {
    const struct sp_service *service;
    const struct sp_fact_source *source;
    const struct sp_fact *fact;
    const struct sp_fact *amount; /* NULL: not said */
};

struct asked_list {
    struct asked items[SP_DRAFT_MAX_REQUIREMENTS];
    size_t count;
};

static void ask(struct asked_list *list, const struct sp_fact_source *source, size_t index,
                const struct sp_fact *amount)
{
    const struct sp_fact *fact = &source->facts.items[index];
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].service == fact->service) {
            if (list->items[i].amount == NULL && amount != NULL) {
                list->items[i] = (struct asked){fact->service, source, fact, amount};
            }
            return;
        }
    }
    if (list->count < SP_DRAFT_MAX_REQUIREMENTS) {
        list->items[list->count++] = (struct asked){fact->service, source, fact, amount};
    }
}

/** True if one of @p hits, those of a title, is @p service or an umbrella over it. */
static bool is_named(const struct sp_service_hit_list *hits, const struct sp_service *service)
{
    for (size_t i = 0; i < hits->count; i++) {
        if (hits->items[i].service == service || is_part_of(service, hits->items[i].service)) {
            return true;
        }
    }
    return false;
}

/** Gather the services that lot @p index asks for. */
static enum sp_status gather(struct completion *completion, size_t index, struct asked_list *list)
{
    const struct sp_extraction_tools *tools = completion->tools;
    struct sp_view title = sp_view_of(completion->draft->lots[index]->title);
    struct sp_token_list tokens;
    struct sp_service_hit_list named;
    enum sp_status status =
        sp_analyse(tools->analyser, title, 0, completion->arena, &tokens, completion->err);
    if (status == SP_OK) {
        status = sp_services_scan(tools->vocabulary->services, &tokens, 0, completion->arena,
                                  &named, completion->err);
    }
    for (size_t s = 0; status == SP_OK && s < completion->count; s++) {
        const struct sp_fact_source *source = &completion->sources[s];
        for (size_t i = 0; i < source->facts.count; i++) {
            const struct sp_fact *fact = &source->facts.items[i];
            if (fact->kind != SP_FACT_SERVICE || !is_sure(fact) || fact->service->part_count > 0 ||
                !concerns(completion, source, i, index)) {
                continue;
            }
            const struct sp_fact *amount = amount_of(source, i);
            if (amount != NULL || is_named(&named, fact->service)) {
                ask(list, source, i, amount);
            }
        }
    }
    return status;
}

static Spoina__V1__Requirement *requirement_of(struct completion *completion,
                                               const struct asked *asked, size_t number)
{
    struct sp_arena *arena = completion->arena;
    Spoina__V1__Requirement *out = sp_arena_alloc(arena, sizeof *out);
    if (out == NULL) {
        return NULL;
    }
    spoina__v1__requirement__init(out);
    out->id = sp_arena_printf(arena, "r%zu", number);
    out->text = (char *)asked->service->polish;
    bool ok = out->id != NULL && sp_item_add(arena, (void ***)&out->sources, &out->n_sources,
                                             sp_item_source(arena, asked->source, asked->fact));
    if (ok && asked->service->cpv_count > 0) {
        ok = sp_item_add(arena, (void ***)&out->cpv, &out->n_cpv,
                         (void *)asked->service->cpv[0]->code);
    }
    if (ok && asked->amount != NULL) {
        out->demand = sp_item_quantity(arena, asked->amount);
        ok =
            out->demand != NULL && sp_item_add(arena, (void ***)&out->sources, &out->n_sources,
                                               sp_item_source(arena, asked->source, asked->amount));
    }
    return ok ? out : NULL;
}

static enum sp_status add_requirements(struct completion *completion, size_t index)
{
    Spoina__V1__Lot *lot = completion->draft->lots[index];
    struct asked_list list = {.count = 0};
    if (lot->n_requirements > 0) {
        return SP_OK;
    }
    enum sp_status status = gather(completion, index, &list);
    if (status != SP_OK || list.count == 0 || (list.count == 1 && list.items[0].amount == NULL)) {
        return status; /* the lot itself is the one requirement */
    }
    for (size_t i = 0; i < list.count; i++) {
        Spoina__V1__Requirement *requirement = requirement_of(completion, &list.items[i], i + 1);
        if (requirement != NULL && list.count == 1 && lot->n_cpv + completion->draft->n_cpv > 0) {
            requirement->n_cpv = 0; /* the buyer's own codes hold */
        }
        if (!sp_item_add(completion->arena, (void ***)&lot->requirements, &lot->n_requirements,
                         requirement)) {
            return SP_FAIL_NOMEM(completion->err);
        }
    }
    return SP_OK;
}

static bool has_text(char *const *items, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(items[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/** Dates, term and places of a lot, from the first fact of each kind. */
static enum sp_status add_frame(struct completion *completion, size_t index,
                                const struct sp_fact_source *source, const struct sp_fact *fact)
{
    Spoina__V1__Lot *lot = completion->draft->lots[index];
    struct sp_arena *arena = completion->arena;
    bool used = false;
    bool ok = true;
    if (fact->kind == SP_FACT_PERFORMANCE && *lot->from == '\0' && *lot->to == '\0') {
        lot->from = fact->from == SP_DAY_UNKNOWN ? lot->from : day_text(completion, fact->from);
        lot->to = fact->to == SP_DAY_UNKNOWN ? lot->to : day_text(completion, fact->to);
        ok = lot->from != NULL && lot->to != NULL;
        used = true;
    }
    if (fact->kind == SP_FACT_TERM && lot->duration == NULL &&
        (strcmp(fact->period->id, "day") == 0 || strcmp(fact->period->id, "month") == 0 ||
         strcmp(fact->period->id, "year") == 0)) {
        lot->duration = sp_arena_alloc(arena, sizeof *lot->duration);
        ok = lot->duration != NULL;
        if (ok) {
            spoina__v1__quantity__init(lot->duration);
            lot->duration->amount = fact->amount;
            lot->duration->unit = (char *)fact->period->id;
        }
        used = true;
    }
    if (fact->kind == SP_FACT_PLACE && completion->draft->n_places == 0 &&
        fact->place->teryt[0] != '\0' && lot->n_places < LOT_PLACES_MAX &&
        !has_text(lot->places, lot->n_places, fact->place->teryt)) {
        ok = sp_item_add(arena, (void ***)&lot->places, &lot->n_places, (char *)fact->place->teryt);
        used = true;
    }
    if (ok && used) {
        ok = sp_item_add(arena, (void ***)&lot->sources, &lot->n_sources,
                         sp_item_source(arena, source, fact));
    }
    return ok ? SP_OK : SP_FAIL_NOMEM(completion->err);
}

/** Conditions, clauses and criteria: of a lot under whose heading they stand, else of the draft. */
static enum sp_status add_item(struct completion *completion, const struct sp_fact_source *source,
                               const struct sp_fact *fact)
{
    Spoina__V1__Draft *draft = completion->draft;
    struct sp_arena *arena = completion->arena;
    bool ok = true;
    if (fact->kind == SP_FACT_CONDITION) {
        ok = sp_item_add(arena, (void ***)&draft->conditions, &draft->n_conditions,
                         sp_item_condition(arena, source, fact, completion->deadline));
    } else if (fact->kind == SP_FACT_CLAUSE) {
        for (size_t i = 0; i < draft->n_clauses; i++) {
            if (draft->clauses[i]->kind == fact->clause) {
                return SP_OK; /* said before, in a field or in other words */
            }
        }
        ok = sp_item_add(arena, (void ***)&draft->clauses, &draft->n_clauses,
                         sp_item_clause(arena, source, fact));
    } else if (fact->kind == SP_FACT_CRITERION) {
        ok = sp_item_add(arena, (void ***)&draft->criteria, &draft->n_criteria,
                         sp_item_criterion(arena, source, fact));
    }
    return ok ? SP_OK : SP_FAIL_NOMEM(completion->err);
}

/** Value and deadline of the draft. */
static enum sp_status add_terms(struct completion *completion, const struct sp_fact *fact)
{
    Spoina__V1__Draft *draft = completion->draft;
    if (fact->kind == SP_FACT_VALUE &&
        draft->_value_grosz_case == SPOINA__V1__DRAFT___VALUE_GROSZ__NOT_SET) {
        draft->_value_grosz_case = SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ;
        draft->value_grosz = fact->grosz;
        draft->currency = (char *)"PLN";
    }
    if (fact->kind == SP_FACT_DEADLINE && *draft->deadline == '\0') {
        draft->deadline = day_text(completion, fact->to);
        if (draft->deadline == NULL) {
            return SP_FAIL_NOMEM(completion->err);
        }
        completion->deadline = fact->to;
    }
    return SP_OK;
}

/** Go through all facts of the text that the whole draft was read from. */
static enum sp_status add_of_draft(struct completion *completion)
{
    const struct sp_fact_source *document = &completion->sources[0];
    const Spoina__V1__Draft *draft = completion->draft;
    bool criteria_known = draft->n_criteria > 0;
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < document->facts.count; i++) {
        status = add_terms(completion, &document->facts.items[i]);
    }
    for (size_t i = 0; status == SP_OK && i < document->facts.count; i++) {
        const struct sp_fact *fact = &document->facts.items[i];
        if (is_sure(fact) && !(fact->kind == SP_FACT_CRITERION && criteria_known)) {
            status = add_item(completion, document, fact);
        }
    }
    return status;
}

static enum sp_status add_of_lot(struct completion *completion, size_t index)
{
    enum sp_status status = add_requirements(completion, index);
    bool framed = completion->draft->lots[index]->n_places > 0;
    for (size_t s = 0; status == SP_OK && s < completion->count; s++) {
        const struct sp_fact_source *source = &completion->sources[s];
        for (size_t i = 0; status == SP_OK && i < source->facts.count; i++) {
            const struct sp_fact *fact = &source->facts.items[i];
            if (is_sure(fact) && !(framed && fact->kind == SP_FACT_PLACE) &&
                concerns(completion, source, i, index)) {
                status = add_frame(completion, index, source, fact);
            }
        }
    }
    return status;
}

enum sp_status sp_draft_complete(const struct sp_extraction_tools *tools, struct sp_view text,
                                 Spoina__V1__Draft *draft, struct sp_arena *arena,
                                 struct sp_error *err)
{
    struct completion completion = {
        .tools = tools, .draft = draft, .arena = arena, .deadline = SP_DAY_UNKNOWN, .err = err};
    completion.sources = sp_arena_calloc(arena, 1 + 2 * draft->n_lots, sizeof *completion.sources);
    char *document = sp_arena_copy(arena, text);
    if (completion.sources == NULL || document == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    (void)sp_day_parse(sp_view_of(draft->deadline), &completion.deadline);
    enum sp_status status = read_source(&completion, "text", document, SIZE_MAX);
    if (status == SP_OK && draft->n_lots == 0) {
        status = make_lots(&completion);
    } else {
        for (size_t i = 0; status == SP_OK && i < draft->n_lots; i++) {
            const char *title = sp_arena_printf(arena, "lots[%zu].title", i);
            const char *description = sp_arena_printf(arena, "lots[%zu].description", i);
            if (title == NULL || description == NULL) {
                return SP_FAIL_NOMEM(err);
            }
            status = read_source(&completion, title, draft->lots[i]->title, i);
            if (status == SP_OK) {
                status = read_source(&completion, description, draft->lots[i]->description, i);
            }
        }
    }
    if (status == SP_OK) {
        status = add_of_draft(&completion);
    }
    for (size_t i = 0; status == SP_OK && i < draft->n_lots; i++) {
        status = add_of_lot(&completion, i);
    }
    return status;
}
