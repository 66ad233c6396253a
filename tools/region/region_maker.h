/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * One entity in the making, and the few things all its parts need. Private to tools/region.
 *
 * Sticky: when the arena is full, sp_make_*() give harmless values (NULL or ""), status says so,
 * and sp_region_entity() checks it once, at the end.
 */
#ifndef SP_REGION_MAKER_H
#define SP_REGION_MAKER_H

#include "tools/region/region.h"
#include "tools/region/region_random.h"
#include "tools/region/region_tables.h"

/** Streams of random numbers; append only, so that old parts stay as they are. */
enum sp_maker_part {
    SP_MAKER_OFFER_COUNT,
    SP_MAKER_FRESHNESS,
    SP_MAKER_IDENTITY,
    SP_MAKER_STATUSES,
    SP_MAKER_EMPLOYMENT,
    SP_MAKER_OFFERS,
    SP_MAKER_RECORD,
    SP_MAKER_DECLARATIONS,
    SP_MAKER_PARTNERS, /* of a pair, not of an entity: both sides draw the same */
    SP_MAKER_FORGOTTEN,
};

struct sp_maker {
    const struct sp_region *region;
    const struct sp_region_options *options;
    struct sp_arena *arena;
    enum sp_status status;   /* sticky: SP_OK or SP_NOMEM */
    uint32_t number;         /* of the entity, from 1 */
    struct sp_random random; /* of the part at work */
    const struct sp_region_kind *kind;
    const struct sp_region_powiat *powiat;
    const struct sp_place *gmina; /* seat */
    Spoina__V1__Entity *entity;
    sp_day confirmed; /* day on which somebody confirmed the record */
    int64_t staff;    /* persons employed */
};

/** Begin the stream of @p part. */
void sp_make_begin(struct sp_maker *maker, enum sp_maker_part part);

/** Zeroed memory; NULL when the arena is full. */
void *sp_make_zeroed(struct sp_maker *maker, size_t count, size_t size);

/** Copy of a message's initial value; NULL when the arena is full. */
void *sp_make_message(struct sp_maker *maker, const void *initial, size_t size);
#define SP_MAKE(maker, type, initial)                                                              \
    ((type *)sp_make_message((maker), &(type)initial, sizeof(type)))

/** Join texts and numbers as printf does; "" when the arena is full. */
char *sp_make_text(struct sp_maker *maker, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** "YYYY-MM-DD"; "" when the arena is full. */
char *sp_make_date(struct sp_maker *maker, sp_day day);

/** Id of entity @p number in the catalogue: "demo-000001". */
char *sp_make_id(struct sp_maker *maker, uint32_t number);

/** A text of the tables as protobuf-c wants it. Nobody writes to it. */
char *sp_make_constant(const char *text);

/** Put @p value in the place of @p mark ("{n}") wherever it stands in @p text. */
const char *sp_make_filled(struct sp_maker *maker, const char *text, const char *mark,
                           const char *value);

/** One of @p texts. */
const char *sp_make_choice(struct sp_maker *maker, const struct sp_region_texts *texts);

/** One sentence of @p what that the entity's kind may say, with the powiat filled in. */
const char *sp_make_sentence(struct sp_maker *maker, enum sp_region_sentence what);

/** Draw kind, powiat and gmina of the entity maker->number: the first draws of its identity. */
void sp_make_whereabouts(struct sp_maker *maker);

/** Identity, seat and unit of the entity; also kind, powiat, gmina. */
void sp_make_identity(struct sp_maker *maker);

/** Statuses and marks. */
void sp_make_statuses(struct sp_maker *maker);

/** Employment aggregates; also staff. Before the statuses' shares are promised nothing: PS and ZPCh
 *  bring their least shares with them. */
void sp_make_employment(struct sp_maker *maker);

/** What it declares about itself; after the statuses. */
void sp_make_declarations(struct sp_maker *maker);

/** Those it worked with. */
void sp_make_cooperations(struct sp_maker *maker);

/** Contact, insurance, revenue, provenance. */
void sp_make_record(struct sp_maker *maker);

/** @p count offers, and the licences and references that go with them. */
void sp_make_offers(struct sp_maker *maker, size_t count);

#endif
