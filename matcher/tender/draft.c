/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The check of a draft; see draft.h.
 *
 * Every wrong thing goes through REJECT: in a draft that somebody wrote it is an error, in a
 * published notice it is left out with a warning.
 */
#include "matcher/tender/draft.h"

#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "base/utf8.h"
#include "matcher/vocabulary/vocabulary.h"

enum { PLACE_BYTES = 128 };

#define EMPTY ((char *)protobuf_c_empty_string)

struct check {
    const struct sp_vocabulary *vocabulary;
    enum sp_draft_origin origin;
    struct sp_arena *arena;
    struct sp_draft_warnings *warnings;
    struct sp_error *err;   /* of the caller; may be NULL */
    struct sp_error reason; /* scratch: what was rejected last */
};

/** A list of texts in a message. */
struct texts {
    char **items;
    size_t count;
};

/** Pass @p reason on: as the error, or as a warning after which the work goes on (SP_OK). */
static enum sp_status pass_on(struct check *check, const struct sp_error *reason)
{
    if (check->origin == SP_DRAFT_PUBLISHED) {
        return sp_draft_warn(check->warnings, reason->place, "%s%.0s", "%.0s%s", reason->polish,
                             reason->english);
    }
    if (check->err != NULL) {
        *check->err = *reason;
    }
    return reason->status;
}

/** REJECT(check, SP_INVALID, place, polish, english, args...): SP_OK means that the caller leaves
 *  the thing out. */
#define REJECT(check, status, place, ...)                                                          \
    ((void)SP_FAIL(&(check)->reason, (status), (place), __VA_ARGS__),                              \
     pass_on((check), &(check)->reason))

static const char *path(char place[PLACE_BYTES], const char *parent, const char *field)
{
    (void)snprintf(place, PLACE_BYTES, "%.80s%s%.40s", parent, *parent == '\0' ? "" : ".", field);
    return place;
}

static const char *item_path(char place[PLACE_BYTES], const char *parent, const char *field,
                             size_t index)
{
    (void)snprintf(place, PLACE_BYTES, "%.60s%s%.40s[%zu]", parent, *parent == '\0' ? "" : ".",
                   field, index);
    return place;
}

/** Shorten a text of a published notice, refuse it in a draft. */
static enum sp_status check_text(struct check *check, char **text, size_t max_bytes,
                                 const char *parent, const char *field)
{
    size_t length = strlen(*text);
    if (length <= max_bytes) {
        return SP_OK;
    }
    char place[PLACE_BYTES];
    enum sp_status status =
        REJECT(check, SP_LIMIT, path(place, parent, field), "Tekst ma %zu bajtów; dopuszczamy %zu.",
               "The text has %zu bytes; %zu are allowed.", length, max_bytes);
    if (status != SP_OK) {
        return status;
    }
    size_t cut = sp_utf8_check(sp_view_from(*text, max_bytes));
    *text = sp_arena_copy(check->arena, sp_view_from(*text, cut));
    return *text == NULL ? SP_FAIL_NOMEM(check->err) : SP_OK;
}

/** Check one date; a wrong one becomes "". */
static enum sp_status check_date(struct check *check, char **date, sp_day *day, const char *parent,
                                 const char *field)
{
    *day = SP_DAY_UNKNOWN;
    if (**date == '\0' || sp_day_parse(sp_view_of(*date), day)) {
        return SP_OK;
    }
    char place[PLACE_BYTES];
    enum sp_status status = REJECT(check, SP_INVALID, path(place, parent, field),
                                   "„%.40s” nie jest datą w postaci RRRR-MM-DD.",
                                   "‘%.40s’ is not a date as YYYY-MM-DD.", *date);
    *date = EMPTY;
    return status;
}

static enum sp_status check_term(struct check *check, char **from, char **to, const char *parent)
{
    sp_day first = SP_DAY_UNKNOWN;
    sp_day last = SP_DAY_UNKNOWN;
    enum sp_status status = check_date(check, from, &first, parent, "from");
    if (status == SP_OK) {
        status = check_date(check, to, &last, parent, "to");
    }
    if (status == SP_OK && first != SP_DAY_UNKNOWN && last != SP_DAY_UNKNOWN && last < first) {
        char place[PLACE_BYTES];
        status = REJECT(check, SP_INVALID, path(place, parent, "to"),
                        "Koniec (%s) jest przed początkiem (%s).",
                        "The end (%s) is before the beginning (%s).", *to, *from);
        *from = EMPTY;
        *to = EMPTY;
    }
    return status;
}

static enum sp_status check_grosz(struct check *check, int64_t grosz, const char *parent,
                                  bool *usable)
{
    *usable = grosz >= 0;
    char place[PLACE_BYTES];
    return *usable ? SP_OK
                   : REJECT(check, SP_INVALID, path(place, parent, "value_grosz"),
                            "Wartość nie może być ujemna.", "The value may not be negative.");
}

static bool has_text(const struct texts *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], text) == 0) {
            return true;
        }
    }
    return false;
}

/** Refuse more than @p max items, or keep the first ones. */
static enum sp_status check_count(struct check *check, size_t *count, size_t max,
                                  const char *parent, const char *field)
{
    if (*count <= max) {
        return SP_OK;
    }
    char place[PLACE_BYTES];
    enum sp_status status = REJECT(check, SP_LIMIT, path(place, parent, field),
                                   "Pozycji jest %zu; najwięcej może być %zu.",
                                   "There are %zu items; at most %zu are allowed.", *count, max);
    *count = max;
    return status;
}

/** Turn codes into eight digits each, without repetitions. */
static enum sp_status check_codes(struct check *check, size_t *count, char ***codes,
                                  const char *parent)
{
    enum sp_status status = check_count(check, count, SP_DRAFT_MAX_CODES, parent, "cpv");
    struct texts kept = {sp_arena_calloc(check->arena, *count, sizeof(char *)), 0};
    if (status == SP_OK && kept.items == NULL) {
        return SP_FAIL_NOMEM(check->err);
    }
    for (size_t i = 0; status == SP_OK && i < *count; i++) {
        char place[PLACE_BYTES];
        const struct sp_cpv *cpv = NULL;
        status = sp_cpv_parse(check->vocabulary->cpv, sp_view_of((*codes)[i]),
                              item_path(place, parent, "cpv", i), &cpv, &check->reason);
        if (status == SP_INVALID || status == SP_NOT_FOUND) {
            check->reason.status = SP_INVALID; /* the field is wrong, no resource is missing */
            status = pass_on(check, &check->reason);
        } else if (status == SP_OK && !has_text(&kept, cpv->code)) {
            kept.items[kept.count++] = (char *)cpv->code;
        }
    }
    *count = kept.count;
    *codes = kept.items;
    return status;
}

/** Drop places without a letter or digit: they say nothing. */
static enum sp_status check_places(struct check *check, size_t *count, char ***places,
                                   const char *parent)
{
    enum sp_status status = check_count(check, count, SP_DRAFT_MAX_PLACES, parent, "places");
    struct texts kept = {sp_arena_calloc(check->arena, *count, sizeof(char *)), 0};
    if (status == SP_OK && kept.items == NULL) {
        return SP_FAIL_NOMEM(check->err);
    }
    for (size_t i = 0; status == SP_OK && i < *count; i++) {
        char *place = (*places)[i];
        char field[PLACE_BYTES];
        (void)item_path(field, "", "places", i);
        status = check_text(check, &place, SP_DRAFT_TITLE_MAX_BYTES, parent, field);
        if (status == SP_OK && sp_view_trim(sp_view_of(place)).length > 0) {
            kept.items[kept.count++] = place;
        }
    }
    *count = kept.count;
    *places = kept.items;
    return status;
}

/** Check a demand and give its unit and period their ids; @p quantity becomes NULL if unusable. */
static enum sp_status check_demand(struct check *check, Spoina__V1__Quantity **quantity,
                                   const char *parent)
{
    const struct sp_units *units = check->vocabulary->units;
    const Spoina__V1__Quantity *given = *quantity;
    char place[PLACE_BYTES];
    *quantity = NULL;
    if (given == NULL) {
        return SP_OK;
    }
    if (!isfinite(given->amount) || given->amount < 0) {
        return REJECT(check, SP_INVALID, path(place, parent, "demand.amount"),
                      "Ilość musi być liczbą nieujemną.",
                      "The amount must be a number not below zero.");
    }
    const struct sp_unit *unit = sp_unit_named(units, sp_view_of(given->unit));
    if (unit == NULL) {
        return REJECT(check, SP_INVALID, path(place, parent, "demand.unit"),
                      "Nieznana jednostka „%.40s”.", "Unknown unit ‘%.40s’.", given->unit);
    }
    const struct sp_period *period = NULL;
    if (*given->period != '\0') {
        period = sp_period_named(units, sp_view_of(given->period));
        if (period == NULL) {
            return REJECT(check, SP_INVALID, path(place, parent, "demand.period"),
                          "Nieznany okres „%.40s”.", "Unknown period ‘%.40s’.", given->period);
        }
    }
    Spoina__V1__Quantity *checked = sp_arena_alloc(check->arena, sizeof *checked);
    if (checked == NULL) {
        return SP_FAIL_NOMEM(check->err);
    }
    *checked = *given;
    checked->unit = (char *)unit->id;
    checked->period = period == NULL ? EMPTY : (char *)period->id;
    *quantity = checked;
    return SP_OK;
}

/** Give @p id a value if it has none, and see that no earlier one of @p used equals it. */
static enum sp_status check_id(struct check *check, char **id, struct texts *used,
                               const char *prefix, const char *parent)
{
    char place[PLACE_BYTES];
    enum sp_status status = check_text(check, id, SP_DRAFT_TITLE_MAX_BYTES, parent, "id");
    if (status == SP_OK && **id != '\0' && has_text(used, *id)) {
        status = REJECT(check, SP_INVALID, path(place, parent, "id"),
                        "Identyfikator „%.60s” już jest.", "The id ‘%.60s’ is there already.", *id);
        *id = EMPTY;
    }
    if (status == SP_OK && **id == '\0') {
        *id = sp_arena_printf(check->arena, "%s%zu", prefix, used->count + 1);
        while (*id != NULL && has_text(used, *id)) {
            *id = sp_arena_printf(check->arena, "%s'", *id);
        }
    }
    if (status == SP_OK && *id == NULL) {
        return SP_FAIL_NOMEM(check->err);
    }
    if (status == SP_OK) {
        used->items[used->count++] = *id;
    }
    return status;
}

/** Check one requirement against its lot, whose codes and places it has if it has none. */
static enum sp_status check_requirement(struct check *check, Spoina__V1__Requirement *requirement,
                                        const Spoina__V1__Lot *lot, const char *parent)
{
    enum sp_status status =
        check_text(check, &requirement->text, SP_DRAFT_TEXT_MAX_BYTES, parent, "text");
    if (status == SP_OK) {
        status = check_codes(check, &requirement->n_cpv, &requirement->cpv, parent);
    }
    if (status == SP_OK) {
        status = check_places(check, &requirement->n_places, &requirement->places, parent);
    }
    if (status == SP_OK) {
        status = check_term(check, &requirement->from, &requirement->to, parent);
    }
    if (status == SP_OK) {
        status = check_demand(check, &requirement->demand, parent);
    }
    if (status == SP_OK) {
        status =
            check_count(check, &requirement->n_licences, SP_DRAFT_MAX_CODES, parent, "licences");
    }
    bool own_need = *requirement->text != '\0' || requirement->n_cpv > 0;
    if (requirement->n_cpv == 0 && *requirement->text == '\0') {
        requirement->n_cpv = lot->n_cpv;
        requirement->cpv = lot->cpv;
    }
    if (requirement->n_places == 0) {
        requirement->n_places = lot->n_places;
        requirement->places = lot->places;
    }
    requirement->from = *requirement->from == '\0' ? lot->from : requirement->from;
    requirement->to = *requirement->to == '\0' ? lot->to : requirement->to;
    bool lot_says = *lot->title != '\0' || *lot->description != '\0' || lot->n_cpv > 0;
    if (status == SP_OK && !own_need && !lot_says) {
        return SP_FAIL(check->err, SP_INVALID, parent,
                       "Nie ma czego szukać: brak tytułu, opisu i kodu CPV.",
                       "There is nothing to look for: no title, no description, no CPV code.");
    }
    return status;
}

static enum sp_status check_requirements(struct check *check, Spoina__V1__Lot *lot,
                                         const char *parent)
{
    enum sp_status status =
        check_count(check, &lot->n_requirements, SP_DRAFT_MAX_REQUIREMENTS, parent, "requirements");
    size_t count = lot->n_requirements == 0 ? 1 : lot->n_requirements;
    Spoina__V1__Requirement **list = sp_arena_calloc(check->arena, count, sizeof *list);
    struct texts ids = {sp_arena_calloc(check->arena, count, sizeof(char *)), 0};
    if (status == SP_OK && (list == NULL || ids.items == NULL)) {
        return SP_FAIL_NOMEM(check->err);
    }
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        char place[PLACE_BYTES];
        list[i] = sp_arena_alloc(check->arena, sizeof *list[i]);
        if (list[i] == NULL) {
            return SP_FAIL_NOMEM(check->err);
        }
        spoina__v1__requirement__init(list[i]);
        if (lot->n_requirements > 0) {
            *list[i] = *lot->requirements[i];
        }
        (void)item_path(place, parent, "requirements", i);
        status = check_requirement(check, list[i], lot, place);
        if (status == SP_OK) {
            status = check_id(check, &list[i]->id, &ids, "r", place);
        }
    }
    lot->requirements = list;
    lot->n_requirements = count;
    return status;
}

/** Check one lot, which has what the draft says of the whole where it says nothing itself. */
static enum sp_status check_lot(struct check *check, Spoina__V1__Lot *lot,
                                const Spoina__V1__Draft *draft, struct texts *ids,
                                const char *parent)
{
    bool usable = true;
    enum sp_status status =
        check_text(check, &lot->title, SP_DRAFT_TITLE_MAX_BYTES, parent, "title");
    if (status == SP_OK) {
        status =
            check_text(check, &lot->description, SP_DRAFT_TEXT_MAX_BYTES, parent, "description");
    }
    if (status == SP_OK) {
        status = check_codes(check, &lot->n_cpv, &lot->cpv, parent);
    }
    if (status == SP_OK) {
        status = check_places(check, &lot->n_places, &lot->places, parent);
    }
    if (status == SP_OK) {
        status = check_term(check, &lot->from, &lot->to, parent);
    }
    if (status == SP_OK && lot->_value_grosz_case == SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ) {
        status = check_grosz(check, lot->value_grosz, parent, &usable);
        lot->_value_grosz_case = usable ? lot->_value_grosz_case : 0;
    }
    if (*lot->title == '\0' && *lot->description == '\0') {
        lot->title = draft->title;
    }
    if (lot->n_cpv == 0) {
        lot->n_cpv = draft->n_cpv;
        lot->cpv = draft->cpv;
    }
    if (lot->n_places == 0) {
        lot->n_places = draft->n_places;
        lot->places = draft->places;
    }
    if (status == SP_OK) {
        status = check_id(check, &lot->id, ids, "", parent);
    }
    return status == SP_OK ? check_requirements(check, lot, parent) : status;
}

/** A lot that is the whole draft. */
static void lot_of_draft(const Spoina__V1__Draft *draft, Spoina__V1__Lot *lot)
{
    lot->title = draft->title;
    lot->description = draft->description;
    lot->value_grosz = draft->value_grosz;
    if (draft->_value_grosz_case == SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ) {
        lot->_value_grosz_case = SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ;
    }
}

static enum sp_status check_lots(struct check *check, Spoina__V1__Draft *draft)
{
    enum sp_status status = check_count(check, &draft->n_lots, SP_DRAFT_MAX_LOTS, "", "lots");
    size_t count = draft->n_lots == 0 ? 1 : draft->n_lots;
    Spoina__V1__Lot **list = sp_arena_calloc(check->arena, count, sizeof *list);
    struct texts ids = {sp_arena_calloc(check->arena, count, sizeof(char *)), 0};
    if (status == SP_OK && (list == NULL || ids.items == NULL)) {
        return SP_FAIL_NOMEM(check->err);
    }
    for (size_t i = 0; status == SP_OK && i < count; i++) {
        char place[PLACE_BYTES];
        list[i] = sp_arena_alloc(check->arena, sizeof *list[i]);
        if (list[i] == NULL) {
            return SP_FAIL_NOMEM(check->err);
        }
        spoina__v1__lot__init(list[i]);
        if (draft->n_lots > 0) {
            *list[i] = *draft->lots[i];
        } else {
            lot_of_draft(draft, list[i]);
        }
        status = check_lot(check, list[i], draft, &ids, item_path(place, "", "lots", i));
    }
    draft->lots = list;
    draft->n_lots = count;
    return status;
}

static enum sp_status check_draft(struct check *check, Spoina__V1__Draft *draft)
{
    sp_day day = SP_DAY_UNKNOWN;
    bool usable = true;
    enum sp_status status = check_text(check, &draft->title, SP_DRAFT_TITLE_MAX_BYTES, "", "title");
    if (status == SP_OK) {
        status = check_text(check, &draft->description, SP_DRAFT_TEXT_MAX_BYTES, "", "description");
    }
    if (status == SP_OK) {
        status = check_codes(check, &draft->n_cpv, &draft->cpv, "");
    }
    if (status == SP_OK) {
        status = check_places(check, &draft->n_places, &draft->places, "");
    }
    if (status == SP_OK) {
        status = check_date(check, &draft->published_on, &day, "", "published_on");
    }
    if (status == SP_OK) {
        status = check_date(check, &draft->deadline, &day, "", "deadline");
    }
    if (status == SP_OK &&
        draft->_value_grosz_case == SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ) {
        status = check_grosz(check, draft->value_grosz, "", &usable);
        draft->_value_grosz_case = usable ? draft->_value_grosz_case : 0;
    }
    return status == SP_OK ? check_lots(check, draft) : status;
}

enum sp_status sp_draft_check(const Spoina__V1__Draft *draft,
                              const struct sp_vocabulary *vocabulary, enum sp_draft_origin origin,
                              struct sp_arena *arena, struct sp_draft_warnings *warnings,
                              Spoina__V1__Draft **out, struct sp_error *err)
{
    struct check check = {
        .vocabulary = vocabulary,
        .origin = origin,
        .arena = arena,
        .warnings = warnings,
        .err = err,
    };
    Spoina__V1__Draft *checked = sp_arena_alloc(arena, sizeof *checked);
    if (checked == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *checked = *draft;
    enum sp_status status = check_draft(&check, checked);
    if (status == SP_NOMEM) { /* a warning that found no room says nothing itself */
        return SP_FAIL_NOMEM(err);
    }
    *out = checked;
    return status;
}
