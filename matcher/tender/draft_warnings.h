/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What could not be used, and where: collected while a draft is read and checked, and shown beside
 * the answer. A warning never stops the work.
 */
#ifndef SP_TENDER_DRAFT_WARNINGS_H
#define SP_TENDER_DRAFT_WARNINGS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/status.h"
#include "spoina/v1/match.pb-c.h"

enum {
    SP_DRAFT_WARNINGS_MAX = 200
}; /* more than a person reads; the last one then says how many follow */

/** A list that grows in an arena. Zero-initialise, then set arena and locale. */
struct sp_draft_warnings {
    struct sp_arena *arena; /* holds the texts; borrowed */
    enum sp_locale locale;
    Spoina__V1__Warning **items; /* in the order in which they were found */
    size_t count;
    size_t capacity;
    size_t dropped; /* over SP_DRAFT_WARNINGS_MAX */
};

/**
 * Add one warning, in Polish or English by the list's locale.
 *
 * @param place  field path such as "lots[0].cpv[1]"; copied
 * @return SP_OK; SP_NOMEM (the arena is full)
 */
SP_MUST_CHECK enum sp_status sp_draft_warn(struct sp_draft_warnings *warnings, const char *place,
                                           const char *polish, const char *english, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

#endif
