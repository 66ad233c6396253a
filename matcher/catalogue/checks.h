/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What a valid entity is. Errors keep a record out of the catalogue; warnings let it in and are
 * told to whoever brought it.
 *
 * Error texts name the field by its path in the message: "offers[2].cpv[0]".
 */
#ifndef SP_CATALOGUE_CHECKS_H
#define SP_CATALOGUE_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/status.h"
#include "base/view.h"
#include "spoina/v1/catalogue.pb-c.h"

struct sp_vocabulary;

enum {
    SP_ENTITY_MAX_BYTES = 1 << 20, /* packed; the largest real profile seen is below 40 kB */
    SP_ENTITY_MAX_ITEMS = 2000,    /* offers, units, references, ... of one entity, each list */
    SP_NAME_MAX_BYTES = 1000,      /* names, titles; KRS allows about 300 characters */
    SP_TEXT_FIELD_MAX_BYTES = 64 << 10, /* descriptions */
    SP_WARNINGS_MAX = 16
};

/** Ten digits with the check digit right; not all zeros. */
bool sp_nip_is_valid(struct sp_view nip);
/** Nine or fourteen digits with the check digits right; not all zeros. */
bool sp_regon_is_valid(struct sp_view regon);
/** Ten digits, not all zeros (KRS numbers have no check digit). */
bool sp_krs_is_valid(struct sp_view krs);

/** Things worth telling that do not keep the record out. */
struct sp_warnings {
    size_t count; /* of items in use */
    struct sp_error items[SP_WARNINGS_MAX];
};

/**
 * Check a normalised entity (sp_entity_normalise()).
 *
 * @param vocabulary  NULL: codes are checked by their form only
 * @param warnings    may be NULL; emptied first
 * @return SP_OK; SP_INVALID; SP_LIMIT (too many items, too long a text)
 */
SP_MUST_CHECK enum sp_status sp_entity_check(const Spoina__V1__Entity *entity,
                                             const struct sp_vocabulary *vocabulary,
                                             struct sp_warnings *warnings, struct sp_error *err);

/**
 * Bring the texts of @p entity to their one form: no spaces at the ends of single-line fields;
 * NIP, REGON and KRS without dashes, spaces and the prefix "PL"; CPV "85311100-3" as 8 digits (a
 * wrong check digit is an error, since it is the only trace of a typing error).
 *
 * @param entity  changed in place; new texts live in @p arena
 * @return SP_OK; SP_INVALID; SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_entity_normalise(Spoina__V1__Entity *entity, struct sp_arena *arena,
                                                 struct sp_error *err);

#endif
