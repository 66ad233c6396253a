/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * CSV rows into entities.
 *
 * Each row is first read into an entity of its own and checked there, so that a wrong cell rejects
 * its row and no other. Rows of one entity that follow one another form a group; its good rows are
 * written over what the catalogue has of that entity, and put at once. An empty cell says nothing:
 * it never clears what is stored.
 */
#include <stdio.h>
#include <string.h>

#include "matcher/catalogue/columns.h"
#include "matcher/catalogue/csv.h"
#include "matcher/catalogue/entity_id.h"
#include "matcher/catalogue/import_priv.h"
#include "matcher/catalogue/name_key.h"

enum { PLACE_MAX_BYTES = 128 };

/** A row of the group at hand. */
struct group_row {
    struct group_row *next;
    uint64_t line;
    struct sp_view raw;
};

struct csv_import {
    struct sp_import *job;
    const struct sp_column *columns[SP_CSV_MAX_FIELDS]; /* NULL: not known */
    struct sp_view headers[SP_CSV_MAX_FIELDS];
    size_t column_count;
    struct sp_csv_record record;
    struct {
        char id[SP_ENTITY_ID_MAX_BYTES + 1]; /* "": no group is open */
        Spoina__V1__Entity *entity;
        struct group_row *rows; /* last first */
        uint64_t row_count;
        struct sp_view cells[SP_CSV_MAX_FIELDS]; /* of entity columns, the first not empty */
        uint64_t cell_lines[SP_CSV_MAX_FIELDS];
    } group;
    uint64_t entities;
};

static struct sp_view cell_at(const struct csv_import *csv, size_t i)
{
    if (i >= csv->record.field_count) {
        return sp_view_from(NULL, 0); /* spreadsheets leave out empty cells at the end */
    }
    return sp_view_trim(sp_csv_plain(sp_view_trim(csv->record.fields[i])));
}

/** Cell of the column @p wanted; empty if the file does not have it. */
static struct sp_view cell_of(const struct csv_import *csv, const struct sp_column *wanted)
{
    for (size_t i = 0; i < csv->column_count; i++) {
        if (csv->columns[i] == wanted) {
            return cell_at(csv, i);
        }
    }
    return sp_view_from(NULL, 0);
}

/** The header of column @p i, cut at a character border: what a person sees as the place. */
static void header_place(const struct csv_import *csv, size_t i, char place[PLACE_MAX_BYTES])
{
    struct sp_view header = csv->headers[i];
    size_t length = header.length < PLACE_MAX_BYTES ? header.length : PLACE_MAX_BYTES - 1;
    while (length > 0 && length < header.length &&
           ((unsigned char)header.data[length] & 0xC0) == 0x80) {
        length--;
    }
    (void)snprintf(place, PLACE_MAX_BYTES, "%.*s", SP_VIEW_ARGS(sp_view_from(header.data, length)));
}

/** Point target->offer to the offer that the row is about, if it is about one. */
static enum sp_status find_offer(const struct csv_import *csv, struct sp_row_target *target,
                                 struct sp_error *err)
{
    bool any = false;
    for (size_t i = 0; i < csv->column_count; i++) {
        any = any || (csv->columns[i] != NULL && csv->columns[i]->part == SP_COLUMN_OFFER &&
                      cell_at(csv, i).length > 0);
    }
    if (!any) {
        return SP_OK;
    }
    char made[SP_ENTITY_ID_MAX_BYTES + 1];
    struct sp_view id = cell_of(csv, sp_column_offer_id());
    struct sp_view title = cell_of(csv, sp_column_offer_title());
    if (id.length == 0 && title.length == 0) {
        return SP_FAIL(err, SP_INVALID, "oferta", "Wiersz opisuje ofertę bez nazwy i bez id.",
                       "The row describes an offer without a title and without an id.");
    }
    if (id.length == 0) {
        char *text = sp_arena_copy(target->arena, title);
        if (text == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        sp_part_make_id('o', text, made);
        id = sp_view_of(made);
    }
    target->offer = sp_entity_offer(target->entity, id, target->arena);
    return target->offer == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
}

/** What the legal form column said that is no legal form. */
static enum sp_status add_unit_of_form(struct sp_row_target *target, struct sp_error *err)
{
    Spoina__V1__Entity *entity = target->entity;
    for (size_t i = 0; i < entity->n_units; i++) {
        if (entity->units[i]->kind == target->form_is_unit) {
            return SP_OK;
        }
    }
    Spoina__V1__Unit **units = sp_arena_calloc(target->arena, entity->n_units + 1, sizeof *units);
    Spoina__V1__Unit *unit = sp_arena_alloc(target->arena, sizeof *unit);
    if (units == NULL || unit == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    spoina__v1__unit__init(unit);
    unit->kind = target->form_is_unit;
    unit->name = entity->name; /* the id is made from it */
    if (entity->n_units > 0) {
        memcpy(units, entity->units, entity->n_units * sizeof *units);
    }
    units[entity->n_units++] = unit;
    entity->units = units;
    return SP_OK;
}

/** Write the cells of the record into @p target. */
static enum sp_status apply_cells(const struct csv_import *csv, struct sp_row_target *target,
                                  struct sp_error *err)
{
    enum sp_status status = find_offer(csv, target, err);
    for (size_t i = 0; status == SP_OK && i < csv->column_count; i++) {
        struct sp_view cell = cell_at(csv, i);
        if (csv->columns[i] == NULL || cell.length == 0) {
            continue;
        }
        status = csv->columns[i]->set(csv->columns[i], target, cell, err);
        if (status != SP_OK) {
            char place[PLACE_MAX_BYTES];
            header_place(csv, i, place);
            sp_error_prefix(err, place);
        }
    }
    if (status == SP_OK && target->form_is_unit != 0) {
        status = add_unit_of_form(target, err);
    }
    if (status == SP_OK && target->voivodeship[0] != '\0' && target->entity->seat == NULL) {
        target->entity->seat = sp_arena_alloc(target->arena, sizeof *target->entity->seat);
        if (target->entity->seat == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        spoina__v1__place__init(target->entity->seat);
    }
    if (status == SP_OK && target->entity->seat != NULL) {
        status = sp_import_place(csv->job, target->entity->seat, target->voivodeship, target->arena,
                                 err);
    }
    return status;
}

/** Digits of @p cell without leading zeros: "PL 521-301-72-28" and "5213017228" are one NIP. */
static void bare_digits(struct sp_view cell, char out[SP_NAME_KEY_MAX_BYTES + 1])
{
    size_t length = 0;
    for (size_t i = 0; i < cell.length && length < SP_NAME_KEY_MAX_BYTES; i++) {
        bool digit = cell.data[i] >= '0' && cell.data[i] <= '9';
        if (digit && (length > 0 || cell.data[i] != '0')) {
            out[length++] = cell.data[i];
        }
    }
    out[length] = '\0';
}

static bool say_the_same(const struct sp_column *column, struct sp_view a, struct sp_view b)
{
    char digits_a[SP_NAME_KEY_MAX_BYTES + 1];
    char digits_b[SP_NAME_KEY_MAX_BYTES + 1];
    bool number = strcmp(column->polish, "nip") == 0 || strcmp(column->polish, "regon") == 0 ||
                  strcmp(column->polish, "krs") == 0;
    if (!number) {
        return sp_view_equal(a, b);
    }
    bare_digits(a, digits_a);
    bare_digits(b, digits_b);
    return strcmp(digits_a, digits_b) == 0;
}

/** Cells about the entity must agree within a group. */
static enum sp_status check_agreement(const struct csv_import *csv, struct sp_error *err)
{
    for (size_t i = 0; i < csv->column_count; i++) {
        struct sp_view cell = cell_at(csv, i);
        struct sp_view first = csv->group.cells[i];
        if (cell.length == 0 || first.length == 0 || say_the_same(csv->columns[i], cell, first)) {
            continue;
        }
        char place[PLACE_MAX_BYTES];
        header_place(csv, i, place);
        return SP_FAIL(err, SP_INVALID, place,
                       "Inna wartość niż w wierszu %llu tego samego podmiotu.",
                       "Another value than in line %llu of the same entity.",
                       (unsigned long long)csv->group.cell_lines[i]);
    }
    return SP_OK;
}

/** Remember the row in the group: its cells for check_agreement(), its text if it is rejected. */
static enum sp_status join_group(struct csv_import *csv, struct sp_error *err)
{
    struct sp_arena *arena = csv->job->group;
    struct group_row *row = sp_arena_alloc(arena, sizeof *row);
    if (row == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *row = (struct group_row){csv->group.rows, csv->record.line, csv->record.raw};
    csv->group.rows = row;
    csv->group.row_count++;
    for (size_t i = 0; i < csv->column_count; i++) {
        struct sp_view cell = cell_at(csv, i);
        bool of_entity = csv->columns[i] != NULL && csv->columns[i]->part != SP_COLUMN_OFFER;
        if (!of_entity || cell.length == 0 || csv->group.cells[i].length > 0) {
            continue;
        }
        csv->group.cells[i] = sp_view_from(sp_arena_copy(arena, cell), cell.length);
        csv->group.cell_lines[i] = csv->record.line;
        if (csv->group.cells[i].data == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    return SP_OK;
}

/** Reject all rows of the group, in the order of their lines. */
static enum sp_status reject_group(struct csv_import *csv, const struct sp_error *reason,
                                   struct sp_error *err)
{
    struct group_row *first = NULL;
    for (struct group_row *row = csv->group.rows; row != NULL;) {
        struct group_row *next = row->next;
        row->next = first;
        first = row;
        row = next;
    }
    enum sp_status status = SP_OK;
    for (struct group_row *row = first; status == SP_OK && row != NULL; row = row->next) {
        status = sp_import_reject(csv->job, row->line, reason, row->raw, err);
    }
    return status;
}

static enum sp_status close_group(struct csv_import *csv, struct sp_error *err)
{
    struct sp_error reason = {0};
    if (csv->group.id[0] == '\0' || csv->group.row_count == 0) {
        csv->group.id[0] = '\0';
        return SP_OK;
    }
    enum sp_status status =
        sp_import_put(csv->job, csv->group.entity, csv->group.row_count, &reason);
    if (sp_import_is_rejection(status)) {
        status = reject_group(csv, &reason, err);
    } else if (status != SP_OK && err != NULL) {
        *err = reason;
    }
    csv->entities++;
    csv->group.id[0] = '\0';
    return status;
}

/** Begin the group of @p entity with what the catalogue has of it. */
static enum sp_status open_group(struct csv_import *csv, const Spoina__V1__Entity *entity,
                                 const char *id, struct sp_error *err)
{
    sp_arena_reset(csv->job->group);
    csv->group.rows = NULL;
    csv->group.row_count = 0;
    memset(csv->group.cells, 0, sizeof csv->group.cells);
    enum sp_status status =
        sp_import_stored(csv->job, entity, csv->job->group, &csv->group.entity, err);
    if (status == SP_OK && csv->group.entity == NULL) {
        csv->group.entity = sp_entity_new(csv->job->group);
        status = csv->group.entity == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    if (status == SP_OK) {
        (void)snprintf(csv->group.id, sizeof csv->group.id, "%s", id);
    }
    return status;
}

static enum sp_status note_form(struct csv_import *csv, const struct sp_row_target *target,
                                struct sp_error *err)
{
    struct sp_error note = {0};
    if (target->form_is_unit != 0) {
        (void)SP_FAIL(&note, SP_OK, "",
                      "WTZ, ZAZ, CIS i KIS nie mają osobowości prawnej: zapisano jako jednostkę, "
                      "forma prawna podmiotu jest nieznana.",
                      "WTZ, ZAZ, CIS and KIS have no legal personality: kept as a unit, the legal "
                      "form of the entity is unknown.");
    } else if (target->form_is_ps) {
        (void)SP_FAIL(&note, SP_OK, "",
                      "Przedsiębiorstwo społeczne to status, nie forma prawna: podaj go z datą i "
                      "decyzją w kolumnie statusy; formy prawnej nie zapisano.",
                      "A social enterprise is a status, not a legal form: give it with its date "
                      "and decision in the column statuses; no legal form was kept.");
    } else {
        return SP_OK;
    }
    return sp_import_note(csv->job, csv->record.line, &note, err);
}

/** The row as an entity of its own, normalised, with the id that it will have. */
static enum sp_status read_row(struct csv_import *csv, struct sp_row_target *target,
                               char id[SP_ENTITY_ID_MAX_BYTES + 1], struct sp_error *err)
{
    enum sp_status status = sp_import_check_text(csv->record.raw, err);
    if (status == SP_OK) {
        status = apply_cells(csv, target, err);
    }
    if (status == SP_OK) {
        status = sp_entity_normalise(target->entity, csv->job->row, err);
    }
    if (status == SP_OK) {
        /* The id of an entity without numbers is made from its source, too. */
        status =
            sp_import_name_source(target->entity, csv->job->options->source, csv->job->row, err);
    }
    if (status == SP_OK) {
        sp_entity_make_id(target->entity, id);
        if (target->entity->id[0] != '\0') {
            (void)snprintf(id, SP_ENTITY_ID_MAX_BYTES + 1, "%.64s", target->entity->id);
        }
    }
    return status;
}

/** Check the row's own entity; what only the group knows is lent to it. */
static enum sp_status check_row(struct csv_import *csv, Spoina__V1__Entity *entity,
                                struct sp_warnings *warnings, struct sp_error *err)
{
    const Spoina__V1__Entity *group = csv->group.entity;
    if (entity->name[0] == '\0') {
        entity->name = group->name;
    }
    if (entity->n_units == 0) {
        entity->n_units = group->n_units;
        entity->units = group->units;
    }
    for (size_t i = 0; i < entity->n_offers; i++) {
        for (size_t j = 0; j < group->n_offers; j++) {
            if (entity->offers[i]->title[0] == '\0' &&
                strcmp(entity->offers[i]->id, group->offers[j]->id) == 0) {
                entity->offers[i]->title = group->offers[j]->title;
            }
        }
    }
    return sp_entity_check(entity, csv->job->vocabulary, warnings, err);
}

static enum sp_status take_row(struct csv_import *csv, struct sp_error *err)
{
    struct sp_import *job = csv->job;
    char id[SP_ENTITY_ID_MAX_BYTES + 1];
    sp_arena_reset(job->row);
    struct sp_row_target alone = {
        .entity = sp_entity_new(job->row), .arena = job->row, .vocabulary = job->vocabulary};
    struct sp_warnings *warnings = sp_arena_calloc(job->row, 1, sizeof *warnings);
    if (alone.entity == NULL || warnings == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    enum sp_status status = read_row(csv, &alone, id, err);
    if (status == SP_OK && strcmp(csv->group.id, id) != 0) {
        status = close_group(csv, err);
        if (status == SP_OK) {
            status = open_group(csv, alone.entity, id, err);
        }
    }
    if (status == SP_OK) {
        status = check_agreement(csv, err);
    }
    if (status == SP_OK) {
        status = check_row(csv, alone.entity, warnings, err);
    }
    if (status != SP_OK) {
        return status;
    }
    struct sp_row_target joint = {
        .entity = csv->group.entity, .arena = job->group, .vocabulary = job->vocabulary};
    status = apply_cells(csv, &joint, err);
    if (status == SP_OK) {
        status = join_group(csv, err);
    }
    if (status == SP_OK) {
        status = note_form(csv, &alone, err);
    }
    return status != SP_OK ? status : sp_import_warn(job, csv->record.line, warnings, err);
}

static enum sp_status check_shape(const struct csv_import *csv, struct sp_error *err)
{
    switch (csv->record.problem) {
    case SP_CSV_FINE:
        break;
    case SP_CSV_OPEN_QUOTE:
        return SP_FAIL(err, SP_INVALID, "", "Cudzysłów otwarty w tym wierszu nie jest zamknięty.",
                       "The quotation mark opened in this line is not closed.");
    case SP_CSV_TEXT_AFTER_QUOTE:
        return SP_FAIL(err, SP_INVALID, "", "Po cudzysłowie zamykającym komórkę stoi tekst.",
                       "There is text behind the quotation mark that closes a cell.");
    case SP_CSV_TOO_LONG:
        return SP_FAIL(err, SP_LIMIT, "", "Wiersz jest dłuższy niż %d bajtów.",
                       "The row is longer than %d bytes.", (int)SP_CSV_RECORD_MAX_BYTES);
    case SP_CSV_TOO_MANY_FIELDS:
        return SP_FAIL(err, SP_LIMIT, "", "Wiersz ma więcej niż %d komórek.",
                       "The row has more than %d cells.", (int)SP_CSV_MAX_FIELDS);
    }
    for (size_t i = csv->column_count; i < csv->record.field_count; i++) {
        if (sp_view_trim(csv->record.fields[i]).length > 0) {
            return SP_FAIL(err, SP_INVALID, "",
                           "Wiersz ma %zu komórek, a nagłówek %zu: brakuje cudzysłowów?",
                           "The row has %zu cells, the header %zu: are quotation marks missing?",
                           csv->record.field_count, csv->column_count);
        }
    }
    return SP_OK;
}

static enum sp_status read_rows(struct csv_import *csv, struct sp_csv *reader, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (bool more = true; status == SP_OK && more;) {
        struct sp_error reason = {0};
        status = sp_csv_next(reader, &csv->record, &more, err);
        if (status != SP_OK || !more) {
            break;
        }
        csv->job->out->read++;
        status = check_shape(csv, &reason);
        if (status == SP_OK) {
            status = take_row(csv, &reason);
        }
        if (sp_import_is_rejection(status)) {
            status = sp_import_reject(csv->job, csv->record.line, &reason, csv->record.raw, err);
        } else if (status != SP_OK && err != NULL) {
            *err = reason;
        }
    }
    return status != SP_OK ? status : close_group(csv, err);
}

/** Read the header, the first record. @param known  how many of its columns are */
static enum sp_status read_header(struct csv_import *csv, struct sp_csv *reader, size_t *known,
                                  struct sp_error *err)
{
    bool more = false;
    enum sp_status status = sp_csv_next(reader, &csv->record, &more, err);
    *known = 0;
    csv->column_count = csv->record.field_count;
    for (size_t i = 0; status == SP_OK && i < csv->column_count; i++) {
        csv->headers[i] = sp_view_trim(csv->record.fields[i]);
        bool is_text = sp_import_check_text(csv->headers[i], NULL) == SP_OK;
        csv->columns[i] = is_text ? sp_column_named(csv->headers[i]) : NULL;
        *known += csv->columns[i] != NULL ? 1 : 0;
    }
    return status;
}

/** Find the delimiter with which most columns are known. @return also SP_INVALID: none are */
static enum sp_status find_delimiter(struct csv_import *csv, char *best, struct sp_error *err)
{
    static const char delimiters[] = {';', ',', '\t'};
    enum sp_status status = SP_OK;
    size_t best_known = 0;
    for (size_t i = 0; status == SP_OK && i < sizeof delimiters; i++) {
        struct sp_csv reader;
        size_t known = 0;
        sp_csv_init(&reader, csv->job->text, delimiters[i]);
        status = read_header(csv, &reader, &known, err);
        sp_csv_release(&reader);
        if (known > best_known) {
            *best = delimiters[i];
            best_known = known;
        }
    }
    if (status == SP_OK && best_known == 0) {
        status = SP_FAIL(err, SP_INVALID, "1",
                         "W pierwszym wierszu nie ma żadnej znanej kolumny (np. nazwa, nip).",
                         "The first line has no column that is known (e.g. name, nip).");
    }
    return status;
}

static enum sp_status note_columns(struct csv_import *csv, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < csv->column_count; i++) {
        struct sp_error note = {0};
        for (size_t j = 0; j < i && csv->columns[i] != NULL; j++) {
            if (csv->columns[j] == csv->columns[i]) {
                return SP_FAIL(err, SP_INVALID, csv->columns[i]->polish,
                               "Kolumna występuje dwa razy: „%.*s” i „%.*s”.",
                               "The column comes twice: \"%.*s\" and \"%.*s\".",
                               SP_VIEW_ARGS(csv->headers[j]), SP_VIEW_ARGS(csv->headers[i]));
            }
        }
        if (csv->columns[i] == NULL && csv->headers[i].length > 0 &&
            sp_import_check_text(csv->headers[i], NULL) == SP_OK) {
            (void)SP_FAIL(&note, SP_OK, "", "Kolumny „%.*s” katalog nie zna; nie użyto jej.",
                          "The catalogue does not know the column \"%.*s\"; it was not used.",
                          SP_VIEW_ARGS(csv->headers[i]));
            status = sp_import_note(csv->job, 0, &note, err);
        }
    }
    return status;
}

/** Excel's first line "sep=;" is no header. */
static struct sp_view without_sep_line(struct sp_view text, uint64_t *lines)
{
    enum { LINE_BYTES = 5 };
    *lines = 0;
    bool is_sep = text.length > LINE_BYTES && memcmp(text.data, "sep=", LINE_BYTES - 1) == 0 &&
                  (text.data[LINE_BYTES] == '\n' || text.data[LINE_BYTES] == '\r');
    if (!is_sep) {
        return text;
    }
    bool pair = text.length > LINE_BYTES + 1 && text.data[LINE_BYTES] == '\r' &&
                text.data[LINE_BYTES + 1] == '\n';
    size_t used = LINE_BYTES + (pair ? 2 : 1);
    *lines = 1;
    return sp_view_from(text.data + used, text.length - used);
}

static enum sp_status run(struct csv_import *csv, struct sp_error *err)
{
    uint64_t skipped = 0;
    struct sp_csv reader;
    csv->job->text = without_sep_line(csv->job->text, &skipped);
    char delimiter = '\0';
    size_t known = 0;
    enum sp_status status = find_delimiter(csv, &delimiter, err);
    if (status != SP_OK) {
        return status;
    }
    sp_csv_init(&reader, csv->job->text, delimiter);
    reader.line += skipped;
    status = read_header(csv, &reader, &known, err);
    /* Headers in quotes stand in the reader's buffer, which the next record takes. */
    for (size_t i = 0; status == SP_OK && i < csv->column_count; i++) {
        csv->headers[i].data = sp_arena_copy(csv->job->arena, csv->headers[i]);
        status = csv->headers[i].data == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    }
    if (status == SP_OK) {
        status = note_columns(csv, err);
    }
    if (status == SP_OK) {
        status = read_rows(csv, &reader, err);
    }
    sp_csv_release(&reader);
    return status;
}

enum sp_status sp_import_csv(struct sp_import *job, struct sp_error *err)
{
    struct csv_import *csv = sp_arena_calloc(job->arena, 1, sizeof *csv);
    if (csv == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    csv->job = job;
    enum sp_status status = run(csv, err);
    if (status == SP_OK) {
        struct sp_error note = {0};
        (void)SP_FAIL(&note, SP_OK, "", "Wierszy: %llu, podmiotów w nich: %llu.",
                      "Rows: %llu, entities in them: %llu.", (unsigned long long)job->out->read,
                      (unsigned long long)csv->entities);
        status = sp_import_note(job, 0, &note, err);
    }
    return status;
}
