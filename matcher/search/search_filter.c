/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Reads the filters of a request and tells whether, and how well, a document passes them.
 */
#include "matcher/search/search_filter.h"

#include <stdio.h>

#include "matcher/catalogue/names.h"

enum {
    METRES_PER_KM = 1000,
    FAR_M = 200 * METRES_PER_KM,    /* farther does not count less */
    HALVED_M = 400 * METRES_PER_KM, /* the factor falls by km / 400 */
    UNKNOWN_DISTANCE_M = 100 * METRES_PER_KM,
    KINDS_MAX = 40
};

/** Tell whether a code may be a NUTS code: PL and digits. */
static bool looks_like_nuts(struct sp_view text)
{
    return text.length >= 3 && (text.data[0] | 0x20) == 'p' && (text.data[1] | 0x20) == 'l' &&
           text.data[2] >= '0' && text.data[2] <= '9';
}

static enum sp_status read_place(const struct sp_search_context *context,
                                 const Spoina__V1__SearchCatalogueRequest *request,
                                 struct sp_search_filter *out, struct sp_error *err)
{
    struct sp_view text = sp_view_trim(sp_view_of(request->place));
    bool within = request->_within_kilometres_case ==
                  SPOINA__V1__SEARCH_CATALOGUE_REQUEST___WITHIN_KILOMETRES_WITHIN_KILOMETRES;
    if (within && text.length == 0) {
        return SP_FAIL(err, SP_INVALID, "within_kilometres",
                       "Odległość wymaga podania miejsca (pole place).",
                       "A distance needs a place (field place).");
    }
    if (within && (request->within_kilometres == 0 ||
                   request->within_kilometres > SP_SEARCH_KILOMETRES_MAX)) {
        return SP_FAIL(err, SP_INVALID, "within_kilometres",
                       "Odległość musi być od 1 do %d km (jest %u).",
                       "The distance must be from 1 to %d km (it is %u).", SP_SEARCH_KILOMETRES_MAX,
                       request->within_kilometres);
    }
    if (text.length == 0) {
        return SP_OK;
    }
    char prefer[4] = "";
    uint32_t voivodeship = sp_index_main_voivodeship(context->index);
    if (voivodeship != 0) {
        snprintf(prefer, sizeof(prefer), "%02u", voivodeship % 100);
    }
    struct sp_place_mention mention;
    enum sp_status status =
        sp_gazetteer_resolve(context->vocabulary->gazetteer, context->analyser, text,
                             sp_view_of(prefer), context->arena, &mention, err);
    if (status != SP_OK) {
        if (err != NULL) {
            snprintf(err->place, sizeof(err->place), "place");
        }
        return status;
    }
    size_t most = looks_like_nuts(text) ? mention.candidate_count : 1;
    for (size_t i = 0; i < most && i < SP_FILTER_PLACES_MAX; i++) {
        out->places[out->place_count++] = mention.candidates[i];
    }
    out->within_metres = within ? request->within_kilometres * METRES_PER_KM : 0;
    return SP_OK;
}

static enum sp_status read_cpv(const struct sp_search_context *context, const char *field,
                               struct sp_search_filter *out, struct sp_error *err)
{
    struct sp_view text = sp_view_trim(sp_view_of(field));
    const struct sp_cpv_tree *tree = context->vocabulary->cpv;
    if (text.length == 0) {
        return SP_OK;
    }
    if (text.length >= SP_CPV_DIGITS) {
        const struct sp_cpv *code = NULL;
        enum sp_status status = sp_cpv_parse(tree, text, "cpv", &code, err);
        if (status != SP_OK) {
            return status;
        }
        text = sp_view_from(code->code, code->significant);
    }
    uint32_t first = 0;
    uint32_t span = 1;
    for (size_t i = 0; i < SP_CPV_DIGITS; i++) {
        char digit = i < text.length ? text.data[i] : '0';
        if (digit < '0' || digit > '9') {
            return SP_FAIL(err, SP_INVALID, "cpv", "Kod CPV to cyfry: „%.*s”.",
                           "A CPV code is digits: \"%.*s\".", SP_VIEW_ARGS(text));
        }
        first = first * 10 + (uint32_t)(digit - '0');
        span *= i < text.length ? 1 : 10;
    }
    size_t count = 0;
    if (sp_cpv_below(tree, text, &count) == NULL) {
        return SP_FAIL(err, SP_NOT_FOUND, "cpv", "Nie ma kodów CPV zaczynających się od %.*s.",
                       "There are no CPV codes that begin with %.*s.", SP_VIEW_ARGS(text));
    }
    out->cpv_first = first;
    out->cpv_last = first + span - 1;
    return SP_OK;
}

static enum sp_status read_kinds(const Spoina__V1__SearchCatalogueRequest *request,
                                 struct sp_search_filter *out, struct sp_error *err)
{
    if (request->n_kind > KINDS_MAX || request->n_status > KINDS_MAX) {
        return SP_FAIL(err, SP_INVALID, request->n_kind > KINDS_MAX ? "kind" : "status",
                       "Najwyżej %d wartości.", "At most %d values.", KINDS_MAX);
    }
    for (size_t i = 0; i < request->n_kind; i++) {
        struct sp_view text = sp_view_trim(sp_view_of(request->kind[i]));
        Spoina__V1__UnitKind unit;
        Spoina__V1__LegalForm form;
        if (sp_unit_kind_parse(text, &unit)) {
            out->unit_kinds |= 1U << (unsigned)unit;
        } else if (sp_legal_form_parse(text, &form)) {
            out->legal_forms |= 1U << (unsigned)form;
        } else {
            return SP_FAIL(err, SP_NOT_FOUND, "kind", "Nieznany rodzaj podmiotu: „%.*s”.",
                           "Unknown kind of entity: \"%.*s\".", SP_VIEW_ARGS(text));
        }
    }
    for (size_t i = 0; i < request->n_status; i++) {
        struct sp_view text = sp_view_trim(sp_view_of(request->status[i]));
        Spoina__V1__StatusKind kind;
        if (!sp_status_kind_parse(text, &kind)) {
            return SP_FAIL(err, SP_NOT_FOUND, "status", "Nieznany status: „%.*s”.",
                           "Unknown status: \"%.*s\".", SP_VIEW_ARGS(text));
        }
        out->statuses |= 1U << (unsigned)kind;
    }
    return SP_OK;
}

enum sp_status sp_search_filter_read(const struct sp_search_context *context,
                                     const Spoina__V1__SearchCatalogueRequest *request,
                                     struct sp_search_filter *out, struct sp_error *err)
{
    *out = (struct sp_search_filter){.day = context->day, .measures = true};
    enum sp_status status = read_place(context, request, out, err);
    if (status == SP_OK) {
        status = read_cpv(context, request->cpv, out, err);
    }
    return status == SP_OK ? read_kinds(request, out, err) : status;
}

bool sp_search_status_holds(const struct sp_index_status *status, sp_day day)
{
    return day == SP_DAY_UNKNOWN || ((status->from == SP_DAY_UNKNOWN || status->from <= day) &&
                                     (status->to == SP_DAY_UNKNOWN || status->to >= day));
}

bool sp_search_distance_m(const struct sp_search_filter *filter,
                          const struct sp_index_document *document, uint32_t *metres)
{
    if (!document->has_point || filter->place_count == 0) {
        return false;
    }
    *metres = sp_distance_m(filter->places[0]->latitude_e5, filter->places[0]->longitude_e5,
                            document->latitude_e5, document->longitude_e5);
    return true;
}

static bool overlaps(const char *area, const struct sp_place *place)
{
    struct sp_view a = sp_view_of(area);
    struct sp_view b = sp_view_of(place->teryt);
    return sp_teryt_holds(a, b) || sp_teryt_holds(b, a);
}

/** The powiat of the seat overlaps the place. */
static bool serves_own_powiat(const struct sp_index_document *document,
                              const struct sp_place *place)
{
    char powiat[5] = "";
    memcpy(powiat, document->place_teryt, 4);
    return powiat[0] != '\0' && overlaps(powiat, place);
}

static bool serves(const struct sp_search_filter *filter, const struct sp_index_document *document)
{
    bool says = document->served_count > 0 || document->served_kilometres != SP_KILOMETRES_NONE;
    for (size_t i = 0; i < filter->place_count; i++) {
        for (uint32_t j = 0; j < document->served_count; j++) {
            if (overlaps(document->served[j].teryt, filter->places[i])) {
                return true;
            }
        }
        if (!says && serves_own_powiat(document, filter->places[i])) {
            return true;
        }
    }
    uint32_t metres = 0;
    return document->served_kilometres != SP_KILOMETRES_NONE &&
           sp_search_distance_m(filter, document, &metres) &&
           metres <= (uint32_t)document->served_kilometres * METRES_PER_KM;
}

static bool has_cpv(const struct sp_search_filter *filter, const struct sp_index_document *document)
{
    for (uint32_t i = 0; i < document->cpv_count; i++) {
        if (document->cpv[i] >= filter->cpv_first && document->cpv[i] <= filter->cpv_last) {
            return true;
        }
    }
    return false;
}

static bool has_status(const struct sp_search_filter *filter,
                       const struct sp_index_document *document)
{
    for (uint32_t i = 0; i < document->status_count; i++) {
        const struct sp_index_status *status = &document->statuses[i];
        if (status->kind < 32 && (filter->statuses >> status->kind & 1) != 0 &&
            sp_search_status_holds(status, filter->day)) {
            return true;
        }
    }
    return false;
}

static bool has_kind(const struct sp_search_filter *filter,
                     const struct sp_index_document *document)
{
    return (filter->unit_kinds & document->unit_kinds) != 0 ||
           (document->legal_form < 32 && (filter->legal_forms >> document->legal_form & 1) != 0);
}

uint32_t sp_search_factor(void *context, const struct sp_index_document *document)
{
    const struct sp_search_filter *filter = context;
    if ((filter->cpv_first != 0 && !has_cpv(filter, document)) ||
        ((filter->unit_kinds | filter->legal_forms) != 0 && !has_kind(filter, document)) ||
        (filter->statuses != 0 && !has_status(filter, document))) {
        return 0;
    }
    if (filter->place_count == 0) {
        return SP_FACTOR_ONE;
    }
    uint32_t metres = 0;
    bool measured = (filter->measures || filter->within_metres != 0) &&
                    sp_search_distance_m(filter, document, &metres);
    if (filter->within_metres != 0 ? !measured || metres > filter->within_metres
                                   : !serves(filter, document)) {
        return 0;
    }
    metres = !measured ? UNKNOWN_DISTANCE_M : metres > FAR_M ? FAR_M : metres;
    return (uint32_t)((uint64_t)SP_FACTOR_ONE * (HALVED_M - metres) / HALVED_M);
}
