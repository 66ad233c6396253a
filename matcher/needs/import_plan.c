/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/import_plan.h"

#include <math.h>
#include <stdio.h>

#include "matcher/catalogue/cell.h"
#include "matcher/needs/plan_columns.h"
#include "matcher/needs/plan_rows.h"
#include "matcher/proposal/digest.h"
#include "matcher/tender/draft.h"

enum {
    PLAN_ARENA_BYTES = 512 << 20,
    ROW_ARENA_BYTES = 16 << 20,
    ID_DIGITS = 32, /* of the digest */
    CODES_MAX = 16,
    HEADER_WITHIN_ROWS = 30,
    KEPT_ROW_BYTES = 500,
    /* Days of spreadsheets: 25569 is 1970-01-01. Years 2009 to 2119. */
    SERIAL_OF_1970 = 25569,
    SERIAL_LEAST = 40000,
    SERIAL_MOST = 80000
};

static const char *const PLACES[SP_PLAN_COLUMNS] = {
    [SP_PLAN_CODE] = "CPV",          [SP_PLAN_BUYER] = "zamawiający", [SP_PLAN_KIND] = "rodzaj",
    [SP_PLAN_VALUE] = "wartość",     [SP_PLAN_TERM] = "termin",       [SP_PLAN_PLACE] = "miejsce",
    [SP_PLAN_SUBJECT] = "przedmiot", [SP_PLAN_NUMBER] = "pozycja"};

/** An import under way. */
struct plan {
    const struct sp_plan_import *import;
    const Spoina__V1__ImportPlanRequest *request;
    Spoina__V1__ImportPlanResponse *response;
    struct sp_sheet sheet;
    struct sp_plan_columns columns;
    const struct sp_sheet_row *row; /* at hand */
    struct sp_arena *arena;         /* of the file */
    struct sp_arena *scratch;       /* of the row */
    char (*ids)[ID_DIGITS + 1];     /* of the rows taken, in order */
    size_t id_count;
};

static struct sp_view cell(const struct plan *plan, enum sp_plan_column column)
{
    size_t at = plan->columns.at[column];
    return at < plan->row->count ? plan->row->cells[at] : sp_view_of("");
}

static char *copy_cell(const struct plan *plan, enum sp_plan_column column)
{
    return sp_arena_copy(plan->scratch, cell(plan, column));
}

/** Every eight digits in a row are a code; a check digit behind them is checked with them. */
static enum sp_status read_codes(const struct plan *plan, Spoina__V1__Draft *draft,
                                 struct sp_error *err)
{
    struct sp_view text = cell(plan, SP_PLAN_CODE);
    draft->cpv = sp_arena_calloc(plan->scratch, CODES_MAX, sizeof *draft->cpv);
    if (draft->cpv == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < text.length && draft->n_cpv < CODES_MAX;) {
        size_t digits = 0;
        while (i + digits < text.length && text.data[i + digits] >= '0' &&
               text.data[i + digits] <= '9') {
            digits++;
        }
        size_t length = digits;
        if (digits == SP_CPV_DIGITS && i + digits + 1 < text.length &&
            text.data[i + digits] == '-') {
            length += 2;
        }
        if (digits == SP_CPV_DIGITS) {
            const struct sp_cpv *code = NULL;
            enum sp_status status =
                sp_cpv_parse(plan->import->tools.vocabulary->cpv,
                             sp_view_from(text.data + i, length), PLACES[SP_PLAN_CODE], &code, err);
            if (status != SP_OK) {
                return status == SP_NOT_FOUND ? SP_INVALID : status;
            }
            draft->cpv[draft->n_cpv++] = (char *)code->code;
        }
        i += length == 0 ? 1 : length;
    }
    return text.length > 0 && draft->n_cpv == 0
               ? SP_FAIL(err, SP_INVALID, PLACES[SP_PLAN_CODE], "„%.*s” nie zawiera kodu CPV.",
                         "\"%.*s\" holds no CPV code.", SP_VIEW_ARGS(text))
               : SP_OK;
}

static enum sp_status read_value(const struct plan *plan, Spoina__V1__Draft *draft,
                                 struct sp_error *err)
{
    struct sp_view text = cell(plan, SP_PLAN_VALUE);
    double number = 0;
    if (text.length == 0) {
        return SP_OK;
    }
    enum sp_status status = sp_cell_grosz(text, &draft->value_grosz, err);
    if (status == SP_INVALID && sp_cell_number(text, &number, NULL) == SP_OK && number >= 0 &&
        number < 1e12) { /* an estimate may have more decimals than money */
        draft->value_grosz = (int64_t)llround(number * 100);
        status = SP_OK;
        *err = (struct sp_error){.status = SP_OK};
    }
    if (status != SP_OK) {
        sp_error_prefix(err, PLACES[SP_PLAN_VALUE]);
        return status;
    }
    draft->_value_grosz_case = SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ;
    draft->currency = (char *)"PLN";
    return SP_OK;
}

static void read_kind(const struct plan *plan, Spoina__V1__Draft *draft)
{
    struct sp_view text = cell(plan, SP_PLAN_KIND);
    draft->kind = sp_plan_says(text, "uslug")   ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SERVICES
                  : sp_plan_says(text, "robot") ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_WORKS
                  : sp_plan_says(text, "dostaw")
                      ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SUPPLIES
                      : SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_UNSPECIFIED;
}

/** As printed; the number of a day that a spreadsheet holds is written as a date. */
static char *read_term(const struct plan *plan)
{
    struct sp_view text = cell(plan, SP_PLAN_TERM);
    uint32_t serial = 0;
    char day[11];
    if (sp_cell_count(text, &serial, NULL) != SP_OK || serial < SERIAL_LEAST ||
        serial > SERIAL_MOST) {
        return sp_arena_copy(plan->scratch, text);
    }
    sp_day_format((sp_day)serial - SERIAL_OF_1970, day);
    return sp_arena_strdup(plan->scratch, day);
}

static enum sp_status read_draft(const struct plan *plan, Spoina__V1__Draft *draft,
                                 struct sp_error *err)
{
    Spoina__V1__Buyer *buyer = sp_arena_alloc(plan->scratch, sizeof *buyer);
    char **place = sp_arena_calloc(plan->scratch, 1, sizeof *place);
    spoina__v1__draft__init(draft);
    draft->title = copy_cell(plan, SP_PLAN_SUBJECT);
    if (buyer == NULL || place == NULL || draft->title == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    if (draft->title[0] == '\0') {
        return SP_FAIL(err, SP_INVALID, PLACES[SP_PLAN_SUBJECT], "Brak przedmiotu zamówienia.",
                       "The subject of the purchase is missing.");
    }
    spoina__v1__buyer__init(buyer);
    buyer->name = cell(plan, SP_PLAN_BUYER).length > 0 ? copy_cell(plan, SP_PLAN_BUYER)
                                                       : plan->request->buyer;
    draft->buyer = buyer;
    *place = copy_cell(plan, SP_PLAN_PLACE);
    if (buyer->name == NULL || *place == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    draft->places = place;
    draft->n_places = (*place)[0] == '\0' ? 0 : 1;
    read_kind(plan, draft);
    enum sp_status status = read_codes(plan, draft, err);
    return status == SP_OK ? read_value(plan, draft, err) : status;
}

/** "plan-" and the digest of buyer, number and subject. */
static enum sp_status make_id(const struct plan *plan, const Spoina__V1__Draft *draft,
                              char id[ID_DIGITS + 1], struct sp_error *err)
{
    char digest[SP_DIGEST_HEX_BYTES];
    struct sp_view number = cell(plan, SP_PLAN_NUMBER);
    char *known_by = sp_arena_printf(plan->scratch, "%s\n%.*s\n%s", draft->buyer->name,
                                     SP_VIEW_ARGS(number), draft->title);
    enum sp_status status =
        known_by == NULL ? SP_FAIL_NOMEM(err) : sp_digest_hex(sp_view_of(known_by), digest, err);
    if (status == SP_OK) {
        memcpy(id, digest, ID_DIGITS);
        id[ID_DIGITS] = '\0';
    }
    return status;
}

/** Note that @p id was met. @return false if it was met before */
static bool note_id(struct plan *plan, const char *id)
{
    size_t low = 0;
    size_t high = plan->id_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(plan->ids[middle], id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < plan->id_count && strcmp(plan->ids[low], id) == 0) {
        return false;
    }
    memmove(&plan->ids[low + 1], &plan->ids[low], (plan->id_count - low) * sizeof *plan->ids);
    memcpy(plan->ids[low], id, ID_DIGITS + 1);
    plan->id_count++;
    return true;
}

static enum sp_status make_need(struct plan *plan, Spoina__V1__Need *need, struct sp_error *err)
{
    struct sp_draft_warnings warnings = {.arena = plan->scratch, .locale = plan->import->locale};
    Spoina__V1__Draft *draft = sp_arena_alloc(plan->scratch, sizeof *draft);
    char id[ID_DIGITS + 1];
    char day[11];
    enum sp_status status = draft == NULL ? SP_FAIL_NOMEM(err) : read_draft(plan, draft, err);
    if (status == SP_OK) {
        status = make_id(plan, draft, id, err);
    }
    if (status == SP_OK && !note_id(plan, id)) {
        return SP_FAIL(err, SP_INVALID, PLACES[SP_PLAN_SUBJECT],
                       "Ten sam przedmiot, zamawiający i pozycja stoją już w pliku.",
                       "The same subject, buyer and number stand in the file already.");
    }
    spoina__v1__need__init(need);
    if (status == SP_OK) {
        status = sp_draft_check(draft, plan->import->tools.vocabulary, SP_DRAFT_WRITTEN,
                                plan->scratch, &warnings, &need->draft, err);
    }
    if (status != SP_OK) {
        return status;
    }
    sp_day_format(plan->import->today, day);
    need->id = sp_arena_printf(plan->scratch, "plan-%s", id);
    need->kind = SPOINA__V1__NEED_KIND__NEED_KIND_PLAN_ITEM;
    need->source = (char *)"plan";
    need->file_name = plan->request->file_name;
    need->imported_on = sp_arena_strdup(plan->scratch, day);
    need->term = read_term(plan);
    return need->id == NULL || need->imported_on == NULL || need->term == NULL ? SP_FAIL_NOMEM(err)
                                                                               : SP_OK;
}

/** The row as it came, its cells apart by " | ". */
static char *show_row(const struct plan *plan, struct sp_arena *arena)
{
    char *text = sp_arena_strdup(arena, "");
    for (size_t i = 0; text != NULL && i < plan->row->count && strlen(text) < KEPT_ROW_BYTES; i++) {
        text = sp_arena_printf(arena, "%s%s%.*s", text, i == 0 ? "" : " | ",
                               SP_VIEW_ARGS(plan->row->cells[i]));
    }
    return text;
}

static enum sp_status reject(struct plan *plan, const struct sp_error *reason, struct sp_error *err)
{
    struct sp_arena *arena = plan->import->arena;
    Spoina__V1__RejectedRow *row = sp_arena_alloc(arena, sizeof *row);
    if (row == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__rejected_row__init(row);
    row->line = plan->row->number;
    row->place = sp_arena_strdup(arena, reason->place);
    row->reason =
        sp_arena_strdup(arena, sp_say(plan->import->locale, reason->polish, reason->english));
    row->row = show_row(plan, arena);
    plan->response->rejected[plan->response->n_rejected++] = row;
    return row->place == NULL || row->reason == NULL || row->row == NULL ? SP_FAIL_NOMEM(err)
                                                                         : SP_OK;
}

static enum sp_status import_row(struct plan *plan, struct sp_error *err)
{
    Spoina__V1__ImportPlanResponse *response = plan->response;
    struct sp_error reason = {.status = SP_OK};
    struct sp_need_keys keys;
    Spoina__V1__Need need;
    enum sp_need_outcome outcome = SP_NEED_UNCHANGED;
    sp_arena_reset(plan->scratch);
    response->read++;
    enum sp_status status = make_need(plan, &need, &reason);
    if (status == SP_INVALID || status == SP_LIMIT) {
        return reject(plan, &reason, err);
    }
    if (status == SP_OK) {
        status = sp_need_keys(&plan->import->tools, need.draft, need.kind, plan->scratch, &keys,
                              &reason);
    }
    if (status == SP_OK) {
        status = sp_needs_put(plan->import->store, &need, &keys, &outcome, &reason);
    }
    if (status != SP_OK) {
        if (err != NULL) {
            *err = reason;
        }
        return status;
    }
    response->added += outcome == SP_NEED_ADDED ? 1 : 0;
    response->changed += outcome == SP_NEED_CHANGED ? 1 : 0;
    response->unchanged += outcome == SP_NEED_UNCHANGED ? 1 : 0;
    return SP_OK;
}

/** A title within the table ("II. Usługi"), or the row that numbers the columns. */
static bool is_heading(const struct plan *plan)
{
    size_t filled = 0;
    size_t numbers = 0;
    for (size_t i = 0; i < plan->row->count; i++) {
        uint32_t number = 0;
        filled += plan->row->cells[i].length > 0 ? 1 : 0;
        numbers += sp_cell_count(plan->row->cells[i], &number, NULL) == SP_OK &&
                           number <= SP_SHEET_COLUMNS_MAX
                       ? 1
                       : 0;
    }
    return filled == 1 || (filled > 2 && numbers == filled);
}

/** @param first  set to the row after the header */
static enum sp_status find_header(struct plan *plan, size_t *first, struct sp_error *err)
{
    for (size_t i = 0; i < plan->sheet.count && i < HEADER_WITHIN_ROWS; i++) {
        const struct sp_sheet_row *row = &plan->sheet.rows[i];
        if (sp_plan_columns_read(row->cells, row->count, &plan->columns)) {
            *first = i + 1;
            return SP_OK;
        }
    }
    return SP_FAIL(err, SP_INVALID, plan->request->file_name,
                   "W pierwszych %d wierszach nie ma nagłówków planu (przedmiot zamówienia i np. "
                   "wartość, rodzaj, CPV).",
                   "The first %d rows hold no headings of a plan (subject, and e.g. value, kind, "
                   "CPV).",
                   HEADER_WITHIN_ROWS);
}

static enum sp_status note_missing(struct plan *plan, struct sp_error *err)
{
    struct sp_arena *arena = plan->import->arena;
    Spoina__V1__ImportPlanResponse *response = plan->response;
    response->notes = sp_arena_calloc(arena, SP_PLAN_COLUMNS, sizeof *response->notes);
    for (size_t i = 0; response->notes != NULL && i < SP_PLAN_COLUMNS; i++) {
        if (plan->columns.at[i] != SIZE_MAX ||
            (i == SP_PLAN_BUYER && plan->request->buyer[0] != '\0')) {
            continue;
        }
        char *note = sp_arena_printf(
            arena, "%s: %s.", sp_say(plan->import->locale, "Plik nie ma kolumny", "No such column"),
            PLACES[i]);
        if (note == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        response->notes[response->n_notes++] = note;
    }
    return response->notes == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

static enum sp_status import_rows(struct plan *plan, size_t first, struct sp_error *err)
{
    struct sp_needs *store = plan->import->store;
    size_t count = plan->sheet.count - first;
    plan->ids = sp_arena_calloc(plan->arena, count + 1, sizeof *plan->ids);
    plan->response->rejected =
        sp_arena_calloc(plan->import->arena, count + 1, sizeof *plan->response->rejected);
    enum sp_status status = plan->ids == NULL || plan->response->rejected == NULL
                                ? SP_FAIL_NOMEM(err)
                                : sp_needs_begin(store, err);
    for (size_t i = first; status == SP_OK && i < plan->sheet.count; i++) {
        plan->row = &plan->sheet.rows[i];
        status = is_heading(plan) ? SP_OK : import_row(plan, err);
    }
    if (status == SP_OK && !plan->request->dry_run) {
        return sp_needs_commit(store, err);
    }
    sp_needs_rollback(store);
    return status;
}

enum sp_status sp_import_plan(const struct sp_plan_import *import,
                              const Spoina__V1__ImportPlanRequest *request,
                              Spoina__V1__ImportPlanResponse *out, struct sp_error *err)
{
    struct plan plan = {.import = import,
                        .request = request,
                        .response = out,
                        .arena = sp_arena_new(PLAN_ARENA_BYTES),
                        .scratch = sp_arena_new(ROW_ARENA_BYTES)};
    struct sp_view content =
        sp_view_from((const char *)request->content.data, request->content.len);
    size_t first = 0;
    enum sp_status status =
        plan.arena == NULL || plan.scratch == NULL
            ? SP_FAIL_NOMEM(err)
            : sp_plan_rows_read(content, request->file_name, plan.arena, &plan.sheet, err);
    if (status == SP_OK) {
        status = find_header(&plan, &first, err);
    }
    if (status == SP_OK) {
        status = note_missing(&plan, err);
    }
    if (status == SP_OK) {
        status = import_rows(&plan, first, err);
    }
    sp_arena_free(plan.arena);
    sp_arena_free(plan.scratch);
    return status;
}
