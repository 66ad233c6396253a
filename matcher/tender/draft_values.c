/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Codes, places, quantities and ids of a draft; see draft_checker.h.
 */
#include <math.h>
#include <string.h>

#include "matcher/tender/draft_checker.h"
#include "matcher/vocabulary/vocabulary.h"

#define EMPTY ((char *)protobuf_c_empty_string)

void sp_draft_check_codes(struct sp_draft_checker *check, size_t *count, char ***codes,
                          const char *parent)
{
    sp_draft_check_count(check, count, SP_DRAFT_MAX_CODES, parent, "cpv");
    struct sp_draft_texts kept = {sp_draft_room(check, *count, sizeof(char *)), 0};
    for (size_t i = 0; check->status == SP_OK && i < *count; i++) {
        const struct sp_cpv *cpv = NULL;
        enum sp_status status =
            sp_cpv_parse(check->vocabulary->cpv, sp_view_of((*codes)[i]),
                         sp_draft_item(parent, "cpv", i).text, &cpv, &check->reason);
        if (status != SP_OK) {
            check->reason.status = SP_INVALID; /* the field is wrong, no resource is missing */
            sp_draft_pass_on(check);
        } else if (!sp_draft_texts_have(&kept, cpv->code)) {
            kept.items[kept.count++] = (char *)cpv->code;
        }
    }
    *count = kept.count;
    *codes = kept.items;
}

void sp_draft_check_names(struct sp_draft_checker *check, size_t *count, char ***names,
                          const char *parent, const char *field)
{
    sp_draft_check_count(check, count, SP_DRAFT_MAX_NAMES, parent, field);
    struct sp_draft_texts kept = {sp_draft_room(check, *count, sizeof(char *)), 0};
    for (size_t i = 0; check->status == SP_OK && i < *count; i++) {
        char *name = (*names)[i];
        sp_draft_check_text(check, &name, SP_DRAFT_TITLE_MAX_BYTES, parent,
                            sp_draft_item("", field, i).text);
        if (sp_view_trim(sp_view_of(name)).length > 0 && !sp_draft_texts_have(&kept, name)) {
            kept.items[kept.count++] = name;
        }
    }
    *count = kept.count;
    *names = kept.items;
}

void sp_draft_check_demand(struct sp_draft_checker *check, Spoina__V1__Quantity **quantity,
                           const char *parent)
{
    const struct sp_units *units = check->vocabulary->units;
    const Spoina__V1__Quantity *given = *quantity;
    *quantity = NULL;
    if (given == NULL) {
        return;
    }
    if (!isfinite(given->amount) || given->amount <= 0) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "demand.amount").text,
                        "Ilość musi być liczbą większą od zera.",
                        "The amount must be a number above zero.");
        return;
    }
    const struct sp_unit *unit = sp_unit_named(units, sp_view_of(given->unit));
    if (unit == NULL) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "demand.unit").text,
                        "Nieznana jednostka „%.40s”.", "Unknown unit ‘%.40s’.", given->unit);
        return;
    }
    const struct sp_period *period = NULL;
    if (*given->period != '\0') {
        period = sp_period_named(units, sp_view_of(given->period));
        if (period == NULL) {
            SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "demand.period").text,
                            "Nieznany okres „%.40s”.", "Unknown period ‘%.40s’.", given->period);
            return;
        }
    }
    Spoina__V1__Quantity *checked = sp_draft_room(check, 1, sizeof *checked);
    if (checked != NULL) {
        *checked = *given;
        checked->unit = (char *)unit->id;
        checked->period = period == NULL ? EMPTY : (char *)period->id;
        *quantity = checked;
    }
}

void sp_draft_check_id(struct sp_draft_checker *check, char **id, struct sp_draft_texts *used,
                       const char *prefix, const char *parent)
{
    sp_draft_check_text(check, id, SP_DRAFT_TITLE_MAX_BYTES, parent, "id");
    if (check->status == SP_OK && **id != '\0' && sp_draft_texts_have(used, *id)) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "id").text,
                        "Identyfikator „%.60s” już jest.", "The id ‘%.60s’ is there already.", *id);
        *id = EMPTY;
    }
    if (check->status != SP_OK) {
        return;
    }
    if (**id == '\0') {
        *id = sp_arena_printf(check->arena, "%s%zu", prefix, used->count + 1);
        while (*id != NULL && sp_draft_texts_have(used, *id)) {
            *id = sp_arena_printf(check->arena, "%s'", *id);
        }
    }
    if (*id == NULL) {
        *id = EMPTY;
        check->status = SP_NOMEM;
        return;
    }
    used->items[used->count++] = *id;
}

static bool lot_requires(const Spoina__V1__Lot *lot, const char *id)
{
    for (size_t i = 0; i < lot->n_requirements; i++) {
        if (strcmp(lot->requirements[i]->id, id) == 0) {
            return true;
        }
    }
    return false;
}

void sp_draft_check_requirement_ids(struct sp_draft_checker *check, size_t *count, char ***ids,
                                    Spoina__V1__Lot *const *lots, size_t lot_count,
                                    const char *parent)
{
    sp_draft_check_names(check, count, ids, parent, "requirement_ids");
    struct sp_draft_texts kept = {sp_draft_room(check, *count, sizeof(char *)), 0};
    for (size_t i = 0; check->status == SP_OK && i < *count; i++) {
        bool known = false;
        for (size_t at = 0; !known && at < lot_count; at++) {
            known = lot_requires(lots[at], (*ids)[i]);
        }
        if (known) {
            kept.items[kept.count++] = (*ids)[i];
        } else {
            SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_item(parent, "requirement_ids", i).text,
                            "Nie ma wymagania „%.60s”.", "There is no requirement ‘%.60s’.",
                            (*ids)[i]);
        }
    }
    *count = kept.count;
    *ids = kept.items;
}

bool sp_draft_keep_ids_of_lot(struct sp_draft_checker *check, size_t *count, char ***ids,
                              const Spoina__V1__Lot *lot)
{
    struct sp_draft_texts kept = {sp_draft_room(check, *count, sizeof(char *)), 0};
    for (size_t i = 0; check->status == SP_OK && i < *count; i++) {
        if (lot_requires(lot, (*ids)[i])) {
            kept.items[kept.count++] = (*ids)[i];
        }
    }
    bool fits = *count == 0 || kept.count > 0;
    *count = kept.count;
    *ids = kept.items;
    return fits;
}
