/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Checks of the parts of an entity. Places in errors are relative to the part; the caller puts its
 * own path before them. Only matcher/catalogue includes this.
 */
#ifndef SP_CATALOGUE_CHECK_PARTS_H
#define SP_CATALOGUE_CHECK_PARTS_H

#include "matcher/catalogue/checks.h"

/** What all checks of one entity share. */
struct sp_check {
    const struct sp_vocabulary *vocabulary; /* may be NULL */
    struct sp_warnings *warnings;           /* may be NULL */
};

/** Add a warning: SP_WARN(check, "place", "polski", "english", args...). Beyond SP_WARNINGS_MAX
 * they are dropped. */
#define SP_WARN(check, place, ...)                                                                 \
    ((void)((check)->warnings != NULL && (check)->warnings->count < SP_WARNINGS_MAX &&             \
            SP_FAIL(&(check)->warnings->items[(check)->warnings->count++], SP_INVALID, (place),    \
                    __VA_ARGS__) != SP_OK))

/** Put "list[index]" before the place of a failure; passes @p status through. */
enum sp_status sp_check_at(struct sp_error *err, const char *list, size_t index,
                           enum sp_status status);

/* Values */
enum sp_status sp_check_text(struct sp_error *err, const char *place, const char *text,
                             size_t max_bytes);
enum sp_status sp_check_id(struct sp_error *err, const char *place, const char *id);
enum sp_status sp_check_date(struct sp_error *err, const char *place, const char *date);
/** @p from is not after @p to; both may be empty. The place is @p to_place. */
enum sp_status sp_check_span(struct sp_error *err, const char *from_place, const char *from,
                             const char *to_place, const char *to);
enum sp_status sp_check_grosz(struct sp_error *err, const char *place, int64_t grosz);
/** A value that the contract knows; 0 (not given) passes. */
enum sp_status sp_check_enum(struct sp_error *err, const char *place,
                             const ProtobufCEnumDescriptor *type, int value);
/** The same, but 0 is an error. */
enum sp_status sp_check_set_enum(struct sp_error *err, const char *place,
                                 const ProtobufCEnumDescriptor *type, int value);
enum sp_status sp_check_teryt(const struct sp_check *check, const char *place, const char *teryt,
                              struct sp_error *err);
enum sp_status sp_check_cpv(const struct sp_check *check, const char *place, const char *cpv,
                            struct sp_error *err);
/** @p quantity may be NULL: unknown. */
enum sp_status sp_check_quantity(const struct sp_check *check, const char *place,
                                 const Spoina__V1__Quantity *quantity, struct sp_error *err);
/** @p place may be NULL: unknown. */
enum sp_status sp_check_place(const struct sp_check *check, const char *path,
                              const Spoina__V1__Place *place, struct sp_error *err);
/** The unit named exists; "" is the legal entity itself. */
enum sp_status sp_check_unit_id(const Spoina__V1__Entity *entity, const char *unit_id,
                                struct sp_error *err);

/* Parts */
enum sp_status sp_check_statuses(const struct sp_check *check, const Spoina__V1__Entity *entity,
                                 struct sp_error *err);
enum sp_status sp_check_licence(const Spoina__V1__Licence *licence, struct sp_error *err);
enum sp_status sp_check_reference(const struct sp_check *check,
                                  const Spoina__V1__Reference *reference, struct sp_error *err);
enum sp_status sp_check_insurance(const Spoina__V1__Insurance *insurance, struct sp_error *err);
enum sp_status sp_check_revenue(const Spoina__V1__Revenue *revenue, struct sp_error *err);
enum sp_status sp_check_declarations(const struct sp_check *check, const Spoina__V1__Entity *entity,
                                     struct sp_error *err);
enum sp_status sp_check_cooperation(const Spoina__V1__Entity *entity,
                                    const Spoina__V1__Cooperation *cooperation,
                                    struct sp_error *err);
enum sp_status sp_check_offer(const struct sp_check *check, const Spoina__V1__Entity *entity,
                              const Spoina__V1__Offer *offer, struct sp_error *err);
enum sp_status sp_check_contact(const Spoina__V1__Entity *entity, struct sp_error *err);

#endif
