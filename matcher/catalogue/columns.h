/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The columns of a CSV file: their names, what they set in an entity, what they show of it.
 *
 * docs/import.md describes them for people. Only matcher/catalogue includes this.
 */
#ifndef SP_CATALOGUE_COLUMNS_H
#define SP_CATALOGUE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/status.h"
#include "base/view.h"
#include "spoina/v1/catalogue.pb-c.h"

struct sp_vocabulary;

/** What the cells of one row are written into. */
struct sp_row_target {
    Spoina__V1__Entity *entity;
    Spoina__V1__Offer *offer;               /* one of the entity's; NULL: the row has no offer */
    struct sp_arena *arena;                 /* for what is added */
    const struct sp_vocabulary *vocabulary; /* may be NULL */
    Spoina__V1__UnitKind form_is_unit;      /* the legal form column named a unit: "ZAZ" */
    bool form_is_ps;                        /* it said "przedsiębiorstwo społeczne" */
    char voivodeship[3];                    /* TERYT digits, if the row has them */
};

enum sp_column_part {
    SP_COLUMN_ENTITY,
    SP_COLUMN_SEAT,
    SP_COLUMN_CONTACT,
    SP_COLUMN_PROVENANCE,
    SP_COLUMN_OFFER
};

struct sp_column;

/** Write a cell that is not empty. Places in errors are left to the caller. */
typedef enum sp_status sp_column_set_fn(const struct sp_column *column,
                                        struct sp_row_target *target, struct sp_view cell,
                                        struct sp_error *err);
/** Append what the column shows of an entity and one of its offers (may be NULL). */
typedef void sp_column_get_fn(const struct sp_column *column, const Spoina__V1__Entity *entity,
                              const Spoina__V1__Offer *offer, struct sp_buffer *cell);

struct sp_column {
    const char *polish; /* the name that an export writes */
    const char *english;
    const char *also; /* other names, separated by spaces; as keys (name_key.h) */
    enum sp_column_part part;
    sp_column_set_fn *set;
    sp_column_get_fn *get; /* NULL: import only */
    size_t offset;         /* of the text field, for plain texts */
};

/** All columns, in the order in which an export writes them. */
const struct sp_column *sp_columns_all(size_t *count);

/** Find the column with the header @p name; NULL when there is none. */
const struct sp_column *sp_column_named(struct sp_view name);

/** The two columns that tell which offer a row is about. */
const struct sp_column *sp_column_offer_id(void);
const struct sp_column *sp_column_offer_title(void);

/** Find the offer @p id of the entity, or add an empty one. NULL when out of memory. */
Spoina__V1__Offer *sp_entity_offer(Spoina__V1__Entity *entity, struct sp_view id,
                                   struct sp_arena *arena);

/** Fill in what protobuf-c's init leaves to its static empties. NULL when out of memory. */
Spoina__V1__Entity *sp_entity_new(struct sp_arena *arena);

#endif
