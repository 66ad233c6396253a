/* SPDX-License-Identifier: EUPL-1.2 */
/** @file One requirement, read once; see need.h. */
#include "matcher/scoring/need.h"

#include <stdio.h>
#include <stdlib.h>

#include "matcher/scoring/need_places.h"
#include "matcher/scoring/offer.h"
#include "matcher/search/bm25.h"

enum {
    /* Bounds on rarity: a word in one offer of a thousand is no better sign than one in 200, and a
     * word in no offer at all counts like one in 16: it cannot meet anything, but it was asked
     * for. */
    RAREST_PER_DOCUMENTS = 200,
    ABSENT_PER_DOCUMENTS = 16,
    PATH_BYTES = 64,
    WORDS_READ_MAX = 2000 /* of a field, before the weightiest are chosen */
};

/**
 * Lemmas of the formulas of procurement, which say that something is bought, how often and how many
 * times, but not what. Form
 * words of offers ("warsztat", "usługa") come from the vocabulary.
 */
static const char *const FORMULAS[] = {
    "bieżący",     "cel",       "charakter",   "codzienny",    "codziennie",  "cpv",
    "cztery",      "czynność",  "dany",        "dotyczyć",     "dwa",         "działanie",
    "dziennie",    "dzień",     "etap",        "godzina",      "gmina",       "ilość",
    "jeden",       "jednostka", "kompleksowy", "łącznie",      "m.in.",       "miejsce",
    "miejscowość", "miesiąc",   "miesięcznie", "miesięczny",   "nazwa",       "numer",
    "obejmować",   "obiekt",    "obszar",      "okres",        "opis",        "opz",
    "osoba",       "pakiet",    "pięć",        "podstawa",     "polegać",     "postępowanie",
    "potrzeba",    "powiat",    "pozostały",   "poszczególny", "prowadzenie", "przedmiot",
    "przetarg",    "raz",       "realizacja",  "rocznie",      "roczny",      "rok",
    "siedem",      "siedziba",  "siwz",        "specyfikacja", "stanowić",    "sukcesywny",
    "swz",         "sześć",     "szczegółowy", "świadczenie",  "świadczyć",   "teren",
    "termin",      "trzy",      "tydzień",     "tygodniowo",   "umowa",       "urząd",
    "ustawa",      "usługa",    "warunek",     "województwo",  "wskazać",     "wykonanie",
    "wykonawca",   "wykonywać", "wykonywanie", "wymagać",      "wynosić",     "zadanie",
    "zakres",      "zakup",     "załącznik",   "zamawiać",     "zamawiający", "zamówienie",
    "zapewnienie", "zapewnić",  "zapisać",     "zgodnie",      "zgodny",      "znajdować",
};

bool sp_is_content_token(const struct sp_token *token)
{
    unsigned skipped = SP_TOKEN_STOP | SP_TOKEN_NUMBER | SP_TOKEN_ADDRESS | SP_TOKEN_UNIT;
    return (token->flags & skipped) == 0 && token->form.length > 1;
}

static bool is_formula(const struct sp_services *services, const struct sp_token *token)
{
    for (size_t i = 0; i < SP_COUNT(FORMULAS); i++) {
        if (sp_view_is(token->lemmas[0], FORMULAS[i])) {
            return true;
        }
    }
    return sp_services_is_form_word(services, token->lemmas[0]);
}

/** True if the token is part of a place name. "Przewóz" is a village too, so a word that names a
 *  service is not taken for a place. */
static bool in_a_place_name(const struct sp_place_mention_list *mentions,
                            const struct sp_service_hit_list *hits, size_t token)
{
    for (size_t i = 0; i < hits->count; i++) {
        const struct sp_service_hit *hit = &hits->items[i];
        if (token >= hit->first_token && token < hit->first_token + hit->token_count) {
            return false;
        }
    }
    for (size_t i = 0; i < mentions->count; i++) {
        const struct sp_place_mention *mention = &mentions->items[i];
        if (token >= mention->first_token && token < mention->first_token + mention->token_count) {
            return true;
        }
    }
    return false;
}

/** Documents that hold any lemma of @p token, the most frequent lemma counting. */
static uint32_t frequency(const struct sp_index *index, const struct sp_token *token)
{
    uint32_t highest = 0;
    for (size_t i = 0; i < token->lemma_count; i++) {
        struct sp_term term;
        if (sp_index_find(index, token->lemmas[i], &term) && term.frequency > highest) {
            highest = term.frequency;
        }
    }
    return highest;
}

static uint32_t word_weight(const struct sp_index *index, const struct sp_token *token,
                            uint32_t permille)
{
    uint32_t documents = sp_index_document_count(index);
    documents = documents == 0 ? 1 : documents;
    uint32_t held = frequency(index, token);
    uint32_t least = documents / RAREST_PER_DOCUMENTS;
    if (held == 0) {
        held = documents / ABSENT_PER_DOCUMENTS;
    }
    held = held < least ? least : held;
    return sp_bm25_weight(documents, held == 0 ? 1 : held, permille);
}

static bool share_a_lemma(const struct sp_token *a, const struct sp_token *b)
{
    for (size_t i = 0; i < a->lemma_count; i++) {
        for (size_t j = 0; j < b->lemma_count; j++) {
            if (sp_view_equal(a->lemmas[i], b->lemmas[j])) {
                return true;
            }
        }
    }
    return false;
}

/** Put a word into the list by weight unless it is there already. Earlier words stay in front. */
static void add_word(struct sp_need *need, const struct sp_need_word *word)
{
    for (size_t i = 0; i < need->word_count; i++) {
        if (share_a_lemma(need->words[i].token, word->token)) {
            return;
        }
    }
    size_t at = need->word_count;
    while (at > 0 && need->words[at - 1].weight < word->weight) {
        at--;
    }
    if (at == SP_NEED_WORDS_MAX) {
        return;
    }
    size_t last = need->word_count < SP_NEED_WORDS_MAX ? need->word_count : SP_NEED_WORDS_MAX - 1;
    memmove(&need->words[at + 1], &need->words[at], (last - at) * sizeof *need->words);
    need->words[at] = *word;
    need->word_count = last + 1;
}

static void add_services(struct sp_need *need, size_t field, const struct sp_service_hit_list *hits)
{
    for (size_t i = 0; i < hits->count; i++) {
        const struct sp_service_hit *hit = &hits->items[i];
        bool skipped = need->service_count == SP_NEED_SERVICES_MAX ||
                       !sp_hit_is_sound(need->fields[field].text, hit);
        for (size_t j = 0; j < need->service_count; j++) {
            skipped = skipped || need->services[j].service == hit->service;
        }
        if (!skipped) {
            need->services[need->service_count++] =
                (struct sp_need_service){.service = hit->service,
                                         .field = field,
                                         .start = hit->start,
                                         .end = hit->end,
                                         .permille = need->fields[field].permille};
        }
    }
}

static enum sp_status read_field(const struct sp_need_tools *tools, struct sp_need *need,
                                 size_t index, struct sp_error *err)
{
    struct sp_need_field *field = &need->fields[index];
    const struct sp_services *services = tools->vocabulary->services;
    struct sp_place_mention_list mentions = {0};
    struct sp_service_hit_list hits = {0};
    enum sp_status status =
        sp_analyse(tools->analyser, field->text, 0, tools->arena, &field->tokens, err);
    if (status == SP_OK) {
        status = sp_gazetteer_scan(tools->vocabulary->gazetteer, &field->tokens, sp_view_of(NULL),
                                   tools->arena, &mentions, err);
    }
    if (status == SP_OK) {
        status = sp_services_scan(services, &field->tokens, 0, tools->arena, &hits, err);
    }
    if (status != SP_OK) {
        return status;
    }
    add_services(need, index, &hits);
    size_t read = 0;
    for (size_t i = 0; i < field->tokens.count && read < WORDS_READ_MAX; i++) {
        const struct sp_token *token = &field->tokens.tokens[i];
        if (sp_is_content_token(token) && !is_formula(services, token) &&
            !in_a_place_name(&mentions, &hits, i)) {
            struct sp_need_word word = {
                .token = token,
                .field = index,
                .permille = field->permille,
                .weight = word_weight(tools->index, token, field->permille),
            };
            add_word(need, &word);
            read++;
        }
    }
    return SP_OK;
}

static int compare_terms(const void *left, const void *right)
{
    const struct sp_need_term *a = left;
    const struct sp_need_term *b = right;
    int order = sp_view_compare(a->lemma, b->lemma);
    return order != 0 ? order : (a->word > b->word) - (a->word < b->word);
}

static enum sp_status list_terms(struct sp_need *need, struct sp_arena *arena, struct sp_error *err)
{
    size_t count = 0;
    for (size_t i = 0; i < need->word_count; i++) {
        count += need->words[i].token->lemma_count;
        need->full_weight += i < SP_NEED_FULL_WORDS ? need->words[i].weight : 0;
    }
    struct sp_need_term *terms = sp_arena_calloc(arena, count, sizeof *terms);
    if (terms == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    size_t at = 0;
    for (size_t i = 0; i < need->word_count; i++) {
        const struct sp_token *token = need->words[i].token;
        for (size_t j = 0; j < token->lemma_count; j++) {
            terms[at++] = (struct sp_need_term){token->lemmas[j], i};
        }
    }
    qsort(terms, count, sizeof *terms, compare_terms);
    need->terms = terms;
    need->term_count = count;
    return SP_OK;
}

size_t sp_need_find_word(const struct sp_need *need, struct sp_view lemma)
{
    size_t low = 0;
    size_t high = need->term_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sp_view_compare(need->terms[middle].lemma, lemma) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < need->term_count && sp_view_equal(need->terms[low].lemma, lemma);
    return found ? need->terms[low].word : SIZE_MAX;
}

/** FNV-1a over what the need says; a separator keeps "ab" + "c" from "a" + "bc". */
static void mix(struct sp_need *need, const char *text)
{
    const uint64_t prime = 0x100000001b3u;
    for (; *text != '\0'; text++) {
        need->hash = (need->hash ^ (unsigned char)*text) * prime;
    }
    need->hash = (need->hash ^ 0xff) * prime;
}

/** Read a text unless it is empty. @param path  where it lies in the draft */
static enum sp_status add_field(const struct sp_need_tools *tools, struct sp_need *need,
                                const char *text, uint32_t permille, const char *path,
                                struct sp_error *err)
{
    mix(need, text);
    if (*text == '\0') {
        return SP_OK;
    }
    struct sp_need_field *field = &need->fields[need->field_count++];
    (void)snprintf(field->path, sizeof field->path, "%s", path);
    field->text = sp_view_of(text);
    field->permille = permille;
    return read_field(tools, need, need->field_count - 1, err);
}

/** Read a lot: its title, or that of the whole draft if it says nothing ("Część 1"), and its
 *  description. */
static enum sp_status read_lot(const struct sp_need_tools *tools, struct sp_need *need,
                               const Spoina__V1__Draft *draft, size_t lot_index,
                               struct sp_error *err)
{
    const Spoina__V1__Lot *lot = draft->lots[lot_index];
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "lots[%zu].title", lot_index);
    enum sp_status status = add_field(tools, need, lot->title, SP_NEED_TITLE_PERMILLE, path, err);
    if (status == SP_OK && need->word_count == 0 && need->service_count == 0) {
        status = add_field(tools, need, draft->title, SP_NEED_TITLE_PERMILLE, "title", err);
    }
    if (status == SP_OK) {
        (void)snprintf(path, sizeof path, "lots[%zu].description", lot_index);
        status = add_field(tools, need, lot->description, SP_NEED_DESCRIPTION_PERMILLE, path, err);
    }
    return status;
}

/** A requirement with words of its own is read from these; without, from its lot. */
static enum sp_status read_texts(const struct sp_need_tools *tools, struct sp_need *need,
                                 const Spoina__V1__Draft *draft, size_t lot_index,
                                 size_t requirement_index, struct sp_error *err)
{
    const char *text = draft->lots[lot_index]->requirements[requirement_index]->text;
    if (*text == '\0') {
        return read_lot(tools, need, draft, lot_index, err);
    }
    char path[PATH_BYTES];
    (void)snprintf(path, sizeof path, "lots[%zu].requirements[%zu].text", lot_index,
                   requirement_index);
    return add_field(tools, need, text, SP_NEED_TITLE_PERMILLE, path, err);
}

static void read_codes(struct sp_need *need, const struct sp_cpv_tree *tree,
                       const Spoina__V1__Requirement *requirement)
{
    for (size_t i = 0; i < requirement->n_cpv && need->code_count < SP_NEED_CODES_MAX; i++) {
        const struct sp_cpv *code = sp_cpv_find(tree, sp_view_of(requirement->cpv[i]));
        mix(need, requirement->cpv[i]);
        if (code != NULL) {
            need->codes[need->code_count++] = code;
        }
    }
}

/** Days of the term: from its dates, else from the printed duration. */
static int32_t read_term(struct sp_need *need, const Spoina__V1__Requirement *requirement,
                         const Spoina__V1__Quantity *duration)
{
    static const struct {
        const char *unit;
        double days;
    } LENGTHS[] = {{"day", 1}, {"week", 7}, {"month", 365.0 / 12}, {"year", 365}};
    const int32_t longest = 365 * 100;
    need->from = SP_DAY_UNKNOWN;
    need->to = SP_DAY_UNKNOWN;
    (void)sp_day_parse(sp_view_of(requirement->from), &need->from);
    (void)sp_day_parse(sp_view_of(requirement->to), &need->to);
    if (need->from != SP_DAY_UNKNOWN && need->to != SP_DAY_UNKNOWN) {
        return need->to - need->from + 1;
    }
    for (size_t i = 0; duration != NULL && i < SP_COUNT(LENGTHS); i++) {
        double days = duration->amount * LENGTHS[i].days;
        if (strcmp(duration->unit, LENGTHS[i].unit) == 0 && days >= 1 && days <= longest) {
            return (int32_t)days;
        }
    }
    return 0;
}

static void read_demand(struct sp_need *need, const struct sp_units *units,
                        const Spoina__V1__Requirement *requirement)
{
    const Spoina__V1__Quantity *demand = requirement->demand;
    if (demand != NULL) {
        need->measure.unit = sp_unit_find(units, sp_view_of(demand->unit));
        need->measure.period = sp_period_find(units, sp_view_of(demand->period));
        need->demand = need->measure.unit == NULL ? NULL : demand;
    }
}

enum sp_status sp_need_read(const struct sp_need_tools *tools, const Spoina__V1__Draft *draft,
                            size_t lot_index, size_t requirement_index, struct sp_need *out,
                            struct sp_error *err)
{
    const uint64_t fnv_offset = 0xcbf29ce484222325u;
    const Spoina__V1__Lot *lot = draft->lots[lot_index];
    const Spoina__V1__Requirement *requirement = lot->requirements[requirement_index];
    *out = (struct sp_need){.hash = fnv_offset};
    read_codes(out, tools->vocabulary->cpv, requirement);
    read_demand(out, tools->vocabulary->units, requirement);
    out->term_days = read_term(out, requirement, lot->duration);
    enum sp_status status = read_texts(tools, out, draft, lot_index, requirement_index, err);
    if (status == SP_OK) {
        status = list_terms(out, tools->arena, err);
    }
    if (status == SP_OK) {
        status = sp_need_read_places(tools, requirement->places, requirement->n_places, out, err);
    }
    return status;
}

enum sp_status sp_need_revise(const struct sp_need_tools *tools, const struct sp_need *old,
                              const Spoina__V1__Draft *draft, size_t lot_index,
                              size_t requirement_index, struct sp_need *out, struct sp_error *err)
{
    const Spoina__V1__Lot *lot = draft->lots[lot_index];
    const Spoina__V1__Requirement *requirement = lot->requirements[requirement_index];
    *out = *old;
    out->demand = NULL;
    out->measure = (struct sp_measure){0};
    out->place_count = 0;
    read_demand(out, tools->vocabulary->units, requirement);
    out->term_days = read_term(out, requirement, lot->duration);
    return sp_need_read_places(tools, requirement->places, requirement->n_places, out, err);
}
