/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Checks of what an entity has declared about itself and with whom it worked.
 *
 * Whether a declaration is true nobody can check here; what can be checked is that it says one
 * thing. Whether the other side of a cooperation is in the catalogue is not asked: records come in
 * any order, and an import notes those who are not (import_partners.c).
 */
#include <stdio.h>
#include <string.h>

#include "matcher/catalogue/check_parts.h"
#include "matcher/catalogue/entity_id.h"
#include "matcher/catalogue/names.h"

static enum sp_status check_declaration(const struct sp_check *check,
                                        const Spoina__V1__Declaration *declaration,
                                        const char *path, struct sp_error *err)
{
    enum sp_status status = sp_check_set_enum(
        err, "kind", &spoina__v1__declaration_kind__descriptor, (int)declaration->kind);
    if (status == SP_OK) {
        status = sp_check_date(err, "date", declaration->date);
    }
    if (status == SP_OK) {
        status = sp_check_text(err, "evidence", declaration->evidence, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK && declaration->date[0] == '\0') {
        SP_WARN(check, path, "Oświadczenie bez daty: nie wiadomo, od kiedy obowiązuje.",
                "A declaration without a date: since when it holds is not known.");
    }
    return status;
}

enum sp_status sp_check_declarations(const struct sp_check *check, const Spoina__V1__Entity *entity,
                                     struct sp_error *err)
{
    for (size_t i = 0; i < entity->n_declarations; i++) {
        const Spoina__V1__Declaration *one = entity->declarations[i];
        char path[48];
        (void)snprintf(path, sizeof path, "declarations[%zu]", i);
        enum sp_status status = check_declaration(check, one, path, err);
        for (size_t j = 0; status == SP_OK && j < i; j++) {
            const Spoina__V1__Declaration *other = entity->declarations[j];
            if (one->kind == other->kind && one->value != other->value &&
                strcmp(one->date, other->date) == 0) {
                status =
                    SP_FAIL(err, SP_INVALID, "value", "Tego samego dnia oświadczono tak i nie: %s.",
                            "Declared to hold and not to hold on the same day: %s.",
                            sp_declaration_kind_polish(one->kind));
            }
        }
        if (status != SP_OK) {
            return sp_check_at(err, "declarations", i, status);
        }
    }
    return SP_OK;
}

/** True if @p id names @p entity itself, by its id, the id it will be given, or a number. */
static bool is_self(const Spoina__V1__Entity *entity, const char *id)
{
    char made[SP_ENTITY_ID_MAX_BYTES + 1];
    sp_entity_make_id(entity, made);
    return strcmp(id, entity->id[0] != '\0' ? entity->id : made) == 0 ||
           strcmp(id, entity->nip) == 0 || strcmp(id, entity->krs) == 0 ||
           strcmp(id, entity->regon) == 0;
}

enum sp_status sp_check_cooperation(const Spoina__V1__Entity *entity,
                                    const Spoina__V1__Cooperation *cooperation,
                                    struct sp_error *err)
{
    enum sp_status status = sp_check_id(err, "entity_id", cooperation->entity_id);
    if (status == SP_OK && is_self(entity, cooperation->entity_id)) {
        status = SP_FAIL(err, SP_INVALID, "entity_id", "Podmiot nie współpracuje sam ze sobą (%s).",
                         "An entity does not cooperate with itself (%s).", cooperation->entity_id);
    }
    if (status == SP_OK) {
        status = sp_check_text(err, "kind", cooperation->kind, SP_NAME_MAX_BYTES);
    }
    if (status == SP_OK) {
        status = sp_check_span(err, "from", cooperation->from, "to", cooperation->to);
    }
    return status;
}
