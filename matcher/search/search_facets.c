/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Counts over all that matches: powiat, CPV division, legal form, status. An offer counts once for
 * each value that it has.
 */
#include <stdlib.h>

#include "matcher/catalogue/names.h"
#include "matcher/search/search_priv.h"

enum {
    POWIATS = 3300, /* TERYT of four digits ends at 3263 */
    DIVISIONS = 100,
    ENUM_VALUES = 32,
    CPV_DIVISION = 1000000
};

struct counts {
    uint32_t powiat[POWIATS];
    uint32_t division[DIVISIONS];
    uint32_t legal_form[ENUM_VALUES];
    uint32_t status[ENUM_VALUES];
};

static void count_document(const struct sp_index_document *document, sp_day day,
                           struct counts *counts)
{
    if (document->powiat > 0 && document->powiat < POWIATS) {
        counts->powiat[document->powiat]++;
    }
    if (document->legal_form > 0 && document->legal_form < ENUM_VALUES) {
        counts->legal_form[document->legal_form]++;
    }
    uint64_t seen[2] = {0, 0}; /* bits of the divisions counted */
    for (uint32_t i = 0; i < document->cpv_count; i++) {
        uint32_t division = document->cpv[i] / CPV_DIVISION;
        uint64_t bit = (uint64_t)1 << (division % 64);
        if (division > 0 && division < DIVISIONS && (seen[division / 64] & bit) == 0) {
            seen[division / 64] |= bit;
            counts->division[division]++;
        }
    }
    uint32_t statuses = 0;
    for (uint32_t i = 0; i < document->status_count; i++) {
        if (document->statuses[i].kind < ENUM_VALUES &&
            sp_search_status_holds(&document->statuses[i], day)) {
            statuses |= 1U << document->statuses[i].kind;
        }
    }
    for (uint32_t kind = 1; kind < ENUM_VALUES; kind++) {
        counts->status[kind] += statuses >> kind & 1;
    }
}

/** Value and label of number @p number of a facet; false when out of memory. */
typedef bool label_fn(const struct sp_search *search, uint32_t number,
                      Spoina__V1__FacetValue *value);

static bool label_powiat(const struct sp_search *search, uint32_t number,
                         Spoina__V1__FacetValue *value)
{
    struct sp_arena *arena = search->context->arena;
    bool is_voivodeship = number % 100 == 0; /* the powiat is not known */
    value->value = is_voivodeship ? sp_arena_printf(arena, "%02u", number / 100)
                                  : sp_arena_printf(arena, "%04u", number);
    const struct sp_place *place =
        value->value == NULL ? NULL
                             : sp_territory_by_teryt(search->context->vocabulary->territory,
                                                     sp_view_of(value->value));
    value->label = place == NULL ? value->value : sp_arena_strdup(arena, place->label);
    return value->value != NULL && value->label != NULL;
}

static bool label_division(const struct sp_search *search, uint32_t number,
                           Spoina__V1__FacetValue *value)
{
    struct sp_arena *arena = search->context->arena;
    char code[9];
    for (size_t i = 0; i < 8; i++) {
        code[i] = '0';
    }
    code[0] = (char)('0' + number / 10);
    code[1] = (char)('0' + number % 10);
    code[8] = '\0';
    value->value = sp_arena_printf(arena, "%.2s", code);
    const struct sp_cpv *cpv = sp_cpv_find(search->context->vocabulary->cpv, sp_view_from(code, 8));
    const char *label =
        cpv == NULL ? code : sp_say(search->context->locale, cpv->polish, cpv->english);
    value->label = sp_arena_strdup(arena, label);
    return value->value != NULL && value->label != NULL;
}

static bool label_enum(const struct sp_search *search, const ProtobufCEnumDescriptor *descriptor,
                       uint32_t number, const char *label, Spoina__V1__FacetValue *value)
{
    const ProtobufCEnumValue *known = protobuf_c_enum_descriptor_get_value(descriptor, (int)number);
    value->value = known == NULL ? sp_arena_printf(search->context->arena, "%u", number)
                                 : sp_arena_strdup(search->context->arena, known->name);
    value->label = label[0] == '\0' ? value->value : sp_arena_strdup(search->context->arena, label);
    return value->value != NULL && value->label != NULL;
}

static bool label_legal_form(const struct sp_search *search, uint32_t number,
                             Spoina__V1__FacetValue *value)
{
    Spoina__V1__LegalForm form = (Spoina__V1__LegalForm)number;
    const char *label =
        search->context->locale == SP_EN ? sp_legal_form_english(form) : sp_legal_form_polish(form);
    return label_enum(search, &spoina__v1__legal_form__descriptor, number, label, value);
}

static bool label_status(const struct sp_search *search, uint32_t number,
                         Spoina__V1__FacetValue *value)
{
    return label_enum(search, &spoina__v1__status_kind__descriptor, number,
                      sp_status_kind_polish((Spoina__V1__StatusKind)number), value);
}

/** Most first; equal counts by value. */
static int compare_values(const void *left, const void *right)
{
    const Spoina__V1__FacetValue *a = *(Spoina__V1__FacetValue *const *)left;
    const Spoina__V1__FacetValue *b = *(Spoina__V1__FacetValue *const *)right;
    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return strcmp(a->value, b->value);
}

static bool add_facet(struct sp_search *search, const char *name, const uint32_t *counts,
                      uint32_t count, label_fn *label)
{
    Spoina__V1__Facet *facet = sp_search_calloc(search, 1, sizeof(*facet));
    size_t values = 0;
    for (uint32_t i = 0; i < count; i++) {
        values += counts[i] > 0 ? 1 : 0;
    }
    Spoina__V1__FacetValue **list = sp_search_calloc(search, values, sizeof(*list));
    if (facet == NULL || list == NULL) {
        return false;
    }
    spoina__v1__facet__init(facet);
    facet->name = sp_arena_strdup(search->context->arena, name);
    facet->values = list;
    for (uint32_t i = 0; i < count; i++) {
        if (counts[i] == 0) {
            continue;
        }
        Spoina__V1__FacetValue *value = sp_search_calloc(search, 1, sizeof(*value));
        if (value == NULL) {
            return false;
        }
        spoina__v1__facet_value__init(value);
        value->count = counts[i];
        if (!label(search, i, value)) {
            return false;
        }
        list[facet->n_values++] = value;
    }
    qsort(list, facet->n_values, sizeof(*list), compare_values);
    search->response->facets[search->response->n_facets++] = facet;
    return facet->name != NULL;
}

enum sp_status sp_search_fill_facets(struct sp_search *search)
{
    enum { FACETS = 4 };
    struct counts *counts = sp_search_calloc(search, 1, sizeof(*counts));
    search->response->facets = sp_search_calloc(search, FACETS, sizeof(*search->response->facets));
    if (counts == NULL || search->response->facets == NULL) {
        return SP_FAIL_NOMEM(search->err);
    }
    for (size_t word = 0; word < search->matches.word_count; word++) {
        for (uint64_t bits = search->matches.words[word]; bits != 0; bits &= bits - 1) {
            uint32_t number = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
            count_document(sp_index_document(search->context->index, number), search->context->day,
                           counts);
        }
    }
    bool done =
        add_facet(search, "powiat", counts->powiat, POWIATS, label_powiat) &&
        add_facet(search, "cpv_division", counts->division, DIVISIONS, label_division) &&
        add_facet(search, "legal_form", counts->legal_form, ENUM_VALUES, label_legal_form) &&
        add_facet(search, "status", counts->status, ENUM_VALUES, label_status);
    return done ? SP_OK : SP_FAIL_NOMEM(search->err);
}
