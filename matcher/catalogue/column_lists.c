/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/column_lists.h"

#include <string.h>

#include "matcher/catalogue/cell.h"
#include "matcher/catalogue/document.h"
#include "matcher/catalogue/names.h"

static const char *const ITEMS = "|";
static const char *const CODES = "|,; ";

static enum sp_status set_texts(struct sp_arena *arena, struct sp_view cell, const char *separators,
                                char ***texts, size_t *count, struct sp_error *err)
{
    struct sp_view item = {0};
    size_t total = sp_cell_count_items(cell, separators);
    char **list = sp_arena_calloc(arena, total, sizeof *list);
    for (size_t i = 0; list != NULL && sp_cell_next_item(&cell, separators, &item); i++) {
        list[i] = sp_arena_copy(arena, item);
        if (list[i] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    if (list == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *texts = list;
    *count = total;
    return SP_OK;
}

static void add_texts(struct sp_buffer *cell, char *const *texts, size_t count, const char *between)
{
    for (size_t i = 0; i < count; i++) {
        sp_buffer_add_text(cell, i == 0 ? "" : between);
        sp_buffer_add_text(cell, texts[i]);
    }
}

/** "zaz1:ZAZ:name"; id and name may be missing: "ZAZ", "ZAZ:name". */
static enum sp_status read_unit(const Spoina__V1__Entity *stored, struct sp_view item,
                                struct sp_arena *arena, Spoina__V1__Unit *unit,
                                struct sp_error *err)
{
    struct sp_view first = {0};
    struct sp_view second = {0};
    struct sp_view after_first = item;
    (void)sp_cell_next_item(&after_first, ":", &first);
    struct sp_view name = after_first;
    struct sp_view after_second = after_first;
    /* The second field decides: an id may read like a kind ("zaz:ZAZ:name"). */
    bool has_id =
        sp_cell_next_item(&after_second, ":", &second) && sp_unit_kind_parse(second, &unit->kind);
    if (has_id) {
        name = after_second;
    } else if (!sp_unit_kind_parse(first, &unit->kind)) {
        return SP_FAIL(err, SP_INVALID, "", "„%.*s” nie jest jednostką (np. „zaz1:ZAZ:nazwa”).",
                       "\"%.*s\" is not a unit (e.g. \"zaz1:ZAZ:name\").", SP_VIEW_ARGS(item));
    }
    name = sp_view_trim(name);
    unit->name = sp_arena_copy(arena, name.length > 0 ? name : has_id ? second : first);
    unit->id = sp_arena_copy(arena, has_id ? first : sp_view_from(NULL, 0));
    if (unit->name == NULL || unit->id == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    const Spoina__V1__Unit *known = sp_entity_unit(stored, unit->id);
    unit->place = known == NULL ? NULL : known->place; /* no column speaks of it */
    return SP_OK;
}

enum sp_status sp_column_set_units(const struct sp_column *column, struct sp_row_target *target,
                                   struct sp_view cell, struct sp_error *err)
{
    (void)column;
    struct sp_view item = {0};
    size_t total = sp_cell_count_items(cell, ITEMS);
    Spoina__V1__Unit **units = sp_arena_calloc(target->arena, total, sizeof *units);
    enum sp_status status = units == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    for (size_t i = 0; status == SP_OK && sp_cell_next_item(&cell, ITEMS, &item); i++) {
        units[i] = sp_arena_alloc(target->arena, sizeof *units[i]);
        if (units[i] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        spoina__v1__unit__init(units[i]);
        status = read_unit(target->entity, item, target->arena, units[i], err);
    }
    if (status == SP_OK) {
        target->entity->units = units;
        target->entity->n_units = total;
    }
    return status;
}

void sp_column_get_units(const struct sp_column *column, const Spoina__V1__Entity *entity,
                         const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)offer;
    for (size_t i = 0; i < entity->n_units; i++) {
        const Spoina__V1__Unit *unit = entity->units[i];
        sp_buffer_printf(cell, "%s%s:%s:%s", i == 0 ? "" : " | ", unit->id,
                         sp_unit_kind_polish(unit->kind), unit->name);
    }
}

enum sp_status sp_column_set_cpv(const struct sp_column *column, struct sp_row_target *target,
                                 struct sp_view cell, struct sp_error *err)
{
    (void)column;
    return set_texts(target->arena, cell, CODES, &target->offer->cpv, &target->offer->n_cpv, err);
}

void sp_column_get_cpv(const struct sp_column *column, const Spoina__V1__Entity *entity,
                       const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    if (offer != NULL) {
        add_texts(cell, offer->cpv, offer->n_cpv, " ");
    }
}

enum sp_status sp_column_set_services(const struct sp_column *column, struct sp_row_target *target,
                                      struct sp_view cell, struct sp_error *err)
{
    (void)column;
    return set_texts(target->arena, cell, CODES, &target->offer->service, &target->offer->n_service,
                     err);
}

void sp_column_get_services(const struct sp_column *column, const Spoina__V1__Entity *entity,
                            const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    if (offer != NULL) {
        add_texts(cell, offer->service, offer->n_service, " ");
    }
}

enum sp_status sp_column_set_equipment(const struct sp_column *column, struct sp_row_target *target,
                                       struct sp_view cell, struct sp_error *err)
{
    (void)column;
    return set_texts(target->arena, cell, ITEMS, &target->offer->equipment,
                     &target->offer->n_equipment, err);
}

void sp_column_get_equipment(const struct sp_column *column, const Spoina__V1__Entity *entity,
                             const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    if (offer != NULL) {
        add_texts(cell, offer->equipment, offer->n_equipment, " | ");
    }
}

/** The offer's first capacity, made if there is none. NULL when out of memory. */
static Spoina__V1__Capacity *first_capacity(struct sp_row_target *target)
{
    Spoina__V1__Offer *offer = target->offer;
    if (offer->n_capacity == 0) {
        Spoina__V1__Capacity **list = sp_arena_calloc(target->arena, 1, sizeof *list);
        Spoina__V1__Capacity *capacity = sp_arena_alloc(target->arena, sizeof *capacity);
        if (list == NULL || capacity == NULL) {
            return NULL;
        }
        spoina__v1__capacity__init(capacity);
        list[0] = capacity;
        offer->capacity = list;
        offer->n_capacity = 1;
    }
    return offer->capacity[0];
}

static const Spoina__V1__Capacity *shown_capacity(const Spoina__V1__Offer *offer)
{
    return offer == NULL || offer->n_capacity == 0 ? NULL : offer->capacity[0];
}

enum sp_status sp_column_set_capacity(const struct sp_column *column, struct sp_row_target *target,
                                      struct sp_view cell, struct sp_error *err)
{
    (void)column;
    Spoina__V1__Capacity *capacity = first_capacity(target);
    return capacity == NULL ? SP_FAIL_NOMEM(err)
                            : sp_cell_quantity(cell, target->vocabulary, target->arena,
                                               &capacity->declared, err);
}

enum sp_status sp_column_set_committed(const struct sp_column *column, struct sp_row_target *target,
                                       struct sp_view cell, struct sp_error *err)
{
    (void)column;
    Spoina__V1__Capacity *capacity = first_capacity(target);
    return capacity == NULL ? SP_FAIL_NOMEM(err)
                            : sp_cell_quantity(cell, target->vocabulary, target->arena,
                                               &capacity->committed, err);
}

enum sp_status sp_column_set_free_from(const struct sp_column *column, struct sp_row_target *target,
                                       struct sp_view cell, struct sp_error *err)
{
    (void)column;
    Spoina__V1__Capacity *capacity = first_capacity(target);
    char *date = sp_arena_copy(target->arena, cell);
    if (capacity == NULL || date == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    capacity->free_from = date;
    return SP_OK;
}

void sp_column_get_capacity(const struct sp_column *column, const Spoina__V1__Entity *entity,
                            const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    const Spoina__V1__Capacity *capacity = shown_capacity(offer);
    sp_cell_add_quantity(cell, capacity == NULL ? NULL : capacity->declared);
}

void sp_column_get_committed(const struct sp_column *column, const Spoina__V1__Entity *entity,
                             const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    const Spoina__V1__Capacity *capacity = shown_capacity(offer);
    sp_cell_add_quantity(cell, capacity == NULL ? NULL : capacity->committed);
}

void sp_column_get_free_from(const struct sp_column *column, const Spoina__V1__Entity *entity,
                             const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    const Spoina__V1__Capacity *capacity = shown_capacity(offer);
    sp_buffer_add_text(cell, capacity == NULL ? "" : capacity->free_from);
}

/** The offer's area, made if there is none. NULL when out of memory. */
static Spoina__V1__ServedArea *area_of(struct sp_row_target *target)
{
    if (target->offer->area == NULL) {
        target->offer->area = sp_arena_alloc(target->arena, sizeof *target->offer->area);
        if (target->offer->area != NULL) {
            spoina__v1__served_area__init(target->offer->area);
        }
    }
    return target->offer->area;
}

enum sp_status sp_column_set_area(const struct sp_column *column, struct sp_row_target *target,
                                  struct sp_view cell, struct sp_error *err)
{
    (void)column;
    Spoina__V1__ServedArea *area = area_of(target);
    return area == NULL ? SP_FAIL_NOMEM(err)
                        : set_texts(target->arena, cell, CODES, &area->teryt, &area->n_teryt, err);
}

enum sp_status sp_column_set_area_km(const struct sp_column *column, struct sp_row_target *target,
                                     struct sp_view cell, struct sp_error *err)
{
    (void)column;
    uint32_t kilometres = 0;
    Spoina__V1__ServedArea *area = area_of(target);
    enum sp_status status =
        area == NULL ? SP_FAIL_NOMEM(err) : sp_cell_count(cell, &kilometres, err);
    if (status == SP_OK) {
        area->_kilometres_case = SPOINA__V1__SERVED_AREA___KILOMETRES_KILOMETRES;
        area->kilometres = kilometres;
    }
    return status;
}

void sp_column_get_area(const struct sp_column *column, const Spoina__V1__Entity *entity,
                        const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    if (offer != NULL && offer->area != NULL) {
        add_texts(cell, offer->area->teryt, offer->area->n_teryt, " ");
    }
}

void sp_column_get_area_km(const struct sp_column *column, const Spoina__V1__Entity *entity,
                           const Spoina__V1__Offer *offer, struct sp_buffer *cell)
{
    (void)column;
    (void)entity;
    if (offer != NULL && offer->area != NULL &&
        offer->area->_kilometres_case == SPOINA__V1__SERVED_AREA___KILOMETRES_KILOMETRES) {
        sp_buffer_printf(cell, "%u", offer->area->kilometres);
    }
}
