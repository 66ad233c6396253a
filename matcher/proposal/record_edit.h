/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A record as it would be after a change: to try out whether the change mends a gap.
 *
 * The copy shares everything with the record but what was changed. A failure (memory) sticks.
 */
#ifndef SP_PROPOSAL_RECORD_EDIT_H
#define SP_PROPOSAL_RECORD_EDIT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/date.h"
#include "spoina/v1/catalogue.pb-c.h"

struct sp_record_edit {
    struct sp_arena *arena;
    Spoina__V1__Entity entity; /* the changed copy; lives as long as the edit and the arena */
    char day[11];              /* on which everything stated holds */
    bool failed;               /* out of memory */
};

/** Begin with @p entity as it is. */
void sp_record_edit_init(struct sp_record_edit *edit, const Spoina__V1__Entity *entity, sp_day day,
                         struct sp_arena *arena);

void sp_record_declare(struct sp_record_edit *edit, Spoina__V1__DeclarationKind kind);
void sp_record_add_status(struct sp_record_edit *edit, Spoina__V1__StatusKind kind);
void sp_record_add_licence(struct sp_record_edit *edit, const char *kind);
void sp_record_add_reference(struct sp_record_edit *edit, const char *cpv, int64_t grosz);
void sp_record_add_insurance(struct sp_record_edit *edit, int64_t grosz);
void sp_record_add_revenue(struct sp_record_edit *edit, uint32_t year, int64_t grosz);
void sp_record_add_equipment(struct sp_record_edit *edit, const char *name);
void sp_record_set_krs(struct sp_record_edit *edit, const char *krs);

/** Figures of employment on the day: those of @p from (NULL: none) with @p more persons more, all
 * of them in @p group and on employment contracts.
 *  @param already  persons of the group before, where @p from does not count it by itself */
void sp_record_employ(struct sp_record_edit *edit, const Spoina__V1__Employment *from,
                      uint32_t more, Spoina__V1__SocialGroup group, uint32_t already);

/** Offer @p offer can do @p free; no order is too large for it. */
void sp_record_raise_capacity(struct sp_record_edit *edit, size_t offer,
                              const Spoina__V1__Quantity *free);

/** A new offer. @param free  NULL: not stated */
void sp_record_add_offer(struct sp_record_edit *edit, const char *title, char **cpv,
                         size_t cpv_count, const Spoina__V1__Quantity *free);

/** Offer @p offer is served in the TERYT unit @p teryt as well. */
void sp_record_widen(struct sp_record_edit *edit, size_t offer, const char *teryt);

#endif
