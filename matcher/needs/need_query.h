/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A question about needs, in terms of their keys (need_keys.h): every group must be answered, each
 * by any of its patterns. One form for the list, for standing searches, and for an entity.
 *
 *     "catering, powiat legnicki"    {wcatering}  {p0209*, p02}  {k1, k2}
 */
#ifndef SP_NEEDS_NEED_QUERY_H
#define SP_NEEDS_NEED_QUERY_H

#include "base/buffer.h"
#include "base/date.h"
#include "matcher/needs/need_keys.h"
#include "spoina/v1/catalogue.pb-c.h"

enum {
    SP_QUERY_GROUPS_MAX = 64,     /* words of one question */
    SP_QUERY_PATTERNS_MAX = 4000, /* of one group; an entity of 300 offers has some 1,000 */
    SP_QUERY_MAX_BYTES = 1 << 20  /* written out */
};

struct sp_key_pattern {
    struct sp_view key;
    bool is_prefix; /* all keys that begin with it; of codes and places only */
};

struct sp_key_group {
    struct sp_key_pattern *patterns; /* ordered, each once */
    size_t count;                    /* 0: nothing answers it */
};

struct sp_need_query {
    struct sp_key_group *groups;
    size_t count;   /* 0: everything answers it */
    sp_day open_on; /* the deadline is this day or later, or unknown; SP_DAY_UNKNOWN: any */
};

/** Groups of the question of an entity. */
enum { SP_QUERY_WHAT, SP_QUERY_KIND, SP_QUERY_WHERE /* may be missing: anywhere */ };

/**
 * Understand a filter.
 *
 * @param place  set to the place as understood, or NULL; may be NULL itself
 * @param out    in @p arena
 * @return SP_OK; SP_INVALID (a text, code, kind or day that cannot be used: the place names the
 *         field); SP_NOT_FOUND (no such place); SP_LIMIT (too many words); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_need_query_read(const struct sp_key_tools *tools,
                                                const Spoina__V1__NeedFilter *filter,
                                                struct sp_arena *arena,
                                                const struct sp_place **place,
                                                struct sp_need_query *out, struct sp_error *err);

/**
 * Ask for the published needs in question for an entity: any of its services, or a code near one of
 * its offers' (four digits shared); and a place that one of its offers serves. An offer with a
 * radius, or without an area, asks for the voivodeship of the seat.
 *
 * @return SP_OK; SP_INVALID (nothing to look for: no offer has a code or a service); SP_NOMEM
 */
SP_MUST_CHECK enum sp_status sp_need_query_for(const struct sp_key_tools *tools,
                                               const Spoina__V1__Entity *entity,
                                               struct sp_arena *arena, struct sp_need_query *out,
                                               struct sp_error *err);

/** Is the group answered by @p keys (settled)? */
bool sp_key_group_holds(const struct sp_key_group *group, const struct sp_need_keys *keys);

/** Does a need with @p keys (settled), open until @p open_until (SP_DAY_UNKNOWN: not known), answer
 *  the question? */
bool sp_need_query_holds(const struct sp_need_query *query, const struct sp_need_keys *keys,
                         sp_day open_until);

/** Write the question out, one group a line. */
void sp_need_query_write(const struct sp_need_query *query, struct sp_buffer *out);

/** Read what sp_need_query_write() wrote. @p text is borrowed while @p out lives.
 *  @return SP_OK; SP_CORRUPT; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_need_query_parse(struct sp_view text, struct sp_arena *arena,
                                                 struct sp_need_query *out, struct sp_error *err);

#endif
