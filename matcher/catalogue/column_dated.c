/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Columns whose items have dates: statuses, declarations, cooperations.
 */
#include <string.h>

#include "matcher/catalogue/cell.h"
#include "matcher/catalogue/column_lists.h"
#include "matcher/catalogue/names.h"

static const char *const ITEMS = "|";

/** Cut "(text)" off the end of @p item. */
static struct sp_view cut_evidence(struct sp_view *item)
{
    const char *open = item->length == 0 ? NULL : memchr(item->data, '(', item->length);
    if (open == NULL || item->data[item->length - 1] != ')') {
        return sp_view_from(NULL, 0);
    }
    size_t before = (size_t)(open - item->data);
    struct sp_view evidence = sp_view_from(open + 1, item->length - before - 2);
    *item = sp_view_trim(sp_view_from(item->data, before));
    return sp_view_trim(evidence);
}

/** Cut "FROM..TO" off the end of @p item; each date may be missing. */
static void cut_dates(struct sp_view *item, struct sp_view *from, struct sp_view *to)
{
    size_t start = item->length;
    while (start > 0 && strchr("0123456789-.", item->data[start - 1]) != NULL) {
        start--;
    }
    struct sp_view dates = sp_view_from(item->data + start, item->length - start);
    for (size_t i = 0; i + 1 < dates.length; i++) {
        if (dates.data[i] == '.' && dates.data[i + 1] == '.') {
            *from = sp_view_from(dates.data, i);
            *to = sp_view_from(dates.data + i + 2, dates.length - i - 2);
            *item = sp_view_trim(sp_view_from(item->data, start));
            return;
        }
    }
}

static enum sp_status read_status(struct sp_view item, struct sp_arena *arena,
                                  Spoina__V1__Status *status, struct sp_error *err)
{
    struct sp_view whole = item;
    struct sp_view from = {0};
    struct sp_view to = {0};
    struct sp_view evidence = cut_evidence(&item);
    cut_dates(&item, &from, &to);
    if (!sp_status_kind_parse(item, &status->kind)) {
        return SP_FAIL(err, SP_INVALID, "",
                       "„%.*s” nie jest statusem (np. „PS 2023-05-01.. (decyzja 12/2023)”).",
                       "\"%.*s\" is not a status (e.g. \"PS 2023-05-01.. (decision 12/2023)\").",
                       SP_VIEW_ARGS(whole));
    }
    status->valid_from = sp_arena_copy(arena, from);
    status->valid_to = sp_arena_copy(arena, to);
    status->evidence = sp_arena_copy(arena, evidence);
    bool made = status->valid_from != NULL && status->valid_to != NULL && status->evidence != NULL;
    return made ? SP_OK : SP_FAIL_NOMEM(err);
}

enum sp_status sp_column_set_statuses(const struct sp_column *column, struct sp_row_target *target,
                                      struct sp_view cell, struct sp_error *err)
{
    (void)column;
    struct sp_view item = {0};
    size_t total = sp_cell_count_items(cell, ITEMS);
    Spoina__V1__Status **list = sp_arena_calloc(target->arena, total, sizeof *list);
    enum sp_status status = list == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && sp_cell_next_item(&cell, ITEMS, &item); i++) {
        list[i] = sp_arena_alloc(target->arena, sizeof *list[i]);
        if (list[i] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        spoina__v1__status__init(list[i]);
        status = read_status(item, target->arena, list[i], err);
    }
    if (status == SP_OK) {
        target->entity->statuses = list;
        target->entity->n_statuses = total;
    }
    return status;
}

void sp_column_get_statuses(const struct sp_column *column, const Spoina__V1__Entity *entity,
                            const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)offer;
    for (size_t i = 0; i < entity->n_statuses; i++) {
        const Spoina__V1__Status *status = entity->statuses[i];
        sp_buffer_printf(cell, "%s%s", i == 0 ? "" : " | ", sp_status_kind_polish(status->kind));
        if (status->valid_from[0] != '\0' || status->valid_to[0] != '\0') {
            sp_buffer_printf(cell, " %s..%s", status->valid_from, status->valid_to);
        }
        if (status->evidence[0] != '\0') {
            sp_buffer_printf(cell, " (%s)", status->evidence);
        }
    }
}

/** Cut a last word of the length of a date off @p item; whether it is one is checked later. */
static struct sp_view cut_date(struct sp_view *item)
{
    enum { DATE_LENGTH = 10 };
    size_t start = item->length;
    while (start > 0 && strchr("0123456789-", item->data[start - 1]) != NULL) {
        start--;
    }
    struct sp_view date = sp_view_from(item->data + start, item->length - start);
    if (date.length != DATE_LENGTH) {
        return sp_view_from(NULL, 0);
    }
    *item = sp_view_trim(sp_view_from(item->data, start));
    return date;
}

/** "cel integracyjny 2026-05-01 (statut, § 4)"; "niewykluczony: nie 2026-05-01". */
static enum sp_status read_declaration(struct sp_view item, struct sp_arena *arena,
                                       Spoina__V1__Declaration *declaration, struct sp_error *err)
{
    struct sp_view whole = item;
    struct sp_view evidence = cut_evidence(&item);
    struct sp_view date = cut_date(&item);
    struct sp_view name = {0};
    bool holds = true;
    (void)sp_cell_next_item(&item, ":", &name);
    item = sp_view_trim(item);
    if (!sp_declaration_kind_parse(name, &declaration->kind) ||
        (item.length > 0 && sp_cell_bool(item, &holds, NULL) != SP_OK)) {
        return SP_FAIL(err, SP_INVALID, "",
                       "„%.*s” nie jest oświadczeniem (np. „cel integracyjny: tak 2026-05-01”).",
                       "\"%.*s\" is not a declaration (e.g. \"cel integracyjny: tak "
                       "2026-05-01\").",
                       SP_VIEW_ARGS(whole));
    }
    declaration->value = holds;
    declaration->date = sp_arena_copy(arena, date);
    declaration->evidence = sp_arena_copy(arena, evidence);
    bool made = declaration->date != NULL && declaration->evidence != NULL;
    return made ? SP_OK : SP_FAIL_NOMEM(err);
}

enum sp_status sp_column_set_declarations(const struct sp_column *column,
                                          struct sp_row_target *target, struct sp_view cell,
                                          struct sp_error *err)
{
    (void)column;
    struct sp_view item = {0};
    size_t total = sp_cell_count_items(cell, ITEMS);
    Spoina__V1__Declaration **list = sp_arena_calloc(target->arena, total, sizeof *list);
    enum sp_status status = list == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && sp_cell_next_item(&cell, ITEMS, &item); i++) {
        list[i] = sp_arena_alloc(target->arena, sizeof *list[i]);
        if (list[i] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        spoina__v1__declaration__init(list[i]);
        status = read_declaration(item, target->arena, list[i], err);
    }
    if (status == SP_OK) {
        target->entity->declarations = list;
        target->entity->n_declarations = total;
    }
    return status;
}

void sp_column_get_declarations(const struct sp_column *column, const Spoina__V1__Entity *entity,
                                const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)offer;
    for (size_t i = 0; i < entity->n_declarations; i++) {
        const Spoina__V1__Declaration *declaration = entity->declarations[i];
        sp_buffer_printf(cell, "%s%s: %s", i == 0 ? "" : " | ",
                         sp_declaration_kind_polish(declaration->kind),
                         declaration->value ? "tak" : "nie");
        if (declaration->date[0] != '\0') {
            sp_buffer_printf(cell, " %s", declaration->date);
        }
        if (declaration->evidence[0] != '\0') {
            sp_buffer_printf(cell, " (%s)", declaration->evidence);
        }
    }
}

/** "nip-8133477478 konsorcjum 2024-01-01..2024-12-31": an id has no spaces. */
static enum sp_status read_cooperation(struct sp_view item, struct sp_arena *arena,
                                       Spoina__V1__Cooperation *cooperation, struct sp_error *err)
{
    struct sp_view from = {0};
    struct sp_view to = {0};
    struct sp_view id = {0};
    cut_dates(&item, &from, &to);
    (void)sp_cell_next_item(&item, " ", &id);
    cooperation->entity_id = sp_arena_copy(arena, id);
    cooperation->kind = sp_arena_copy(arena, sp_view_trim(item));
    cooperation->from = sp_arena_copy(arena, from);
    cooperation->to = sp_arena_copy(arena, to);
    bool made = cooperation->entity_id != NULL && cooperation->kind != NULL &&
                cooperation->from != NULL && cooperation->to != NULL;
    return made ? SP_OK : SP_FAIL_NOMEM(err);
}

enum sp_status sp_column_set_cooperations(const struct sp_column *column,
                                          struct sp_row_target *target, struct sp_view cell,
                                          struct sp_error *err)
{
    (void)column;
    struct sp_view item = {0};
    size_t total = sp_cell_count_items(cell, ITEMS);
    Spoina__V1__Cooperation **list = sp_arena_calloc(target->arena, total, sizeof *list);
    enum sp_status status = list == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && sp_cell_next_item(&cell, ITEMS, &item); i++) {
        list[i] = sp_arena_alloc(target->arena, sizeof *list[i]);
        if (list[i] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        spoina__v1__cooperation__init(list[i]);
        status = read_cooperation(item, target->arena, list[i], err);
    }
    if (status == SP_OK) {
        target->entity->cooperations = list;
        target->entity->n_cooperations = total;
    }
    return status;
}

void sp_column_get_cooperations(const struct sp_column *column, const Spoina__V1__Entity *entity,
                                const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)offer;
    for (size_t i = 0; i < entity->n_cooperations; i++) {
        const Spoina__V1__Cooperation *cooperation = entity->cooperations[i];
        sp_buffer_printf(cell, "%s%s", i == 0 ? "" : " | ", cooperation->entity_id);
        if (cooperation->kind[0] != '\0') {
            sp_buffer_printf(cell, " %s", cooperation->kind);
        }
        if (cooperation->from[0] != '\0' || cooperation->to[0] != '\0') {
            sp_buffer_printf(cell, " %s..%s", cooperation->from, cooperation->to);
        }
    }
}
