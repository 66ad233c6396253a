/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * What all parts of the check of a draft share. Only matcher/tender/draft*.c includes this.
 *
 * The checker has a sticky status: after a failure every function does nothing, so that callers
 * check one thing after the other and look once at the end. Every wrong thing goes through
 * SP_DRAFT_REJECT: in a draft that somebody wrote it is the error, in a published notice a warning,
 * and the caller leaves the thing out either way.
 */
#ifndef SP_TENDER_DRAFT_CHECKER_H
#define SP_TENDER_DRAFT_CHECKER_H

#include "base/date.h"
#include "matcher/tender/draft.h"

enum { SP_DRAFT_PLACE_BYTES = 128 };

struct sp_draft_checker {
    const struct sp_vocabulary *vocabulary;
    enum sp_draft_origin origin;
    struct sp_arena *arena;
    struct sp_draft_warnings *warnings;
    struct sp_error *err;   /* of the caller; may be NULL */
    enum sp_status status;  /* SP_OK, or the failure that ended the check */
    struct sp_error reason; /* scratch: what was rejected last */
};

/** The path of a field, to be used as a value: sp_draft_place("lots[1]", "title").text. */
struct sp_draft_place {
    char text[SP_DRAFT_PLACE_BYTES];
};

/** "parent.field"; "field" when @p parent is empty. */
struct sp_draft_place sp_draft_place(const char *parent, const char *field);

/** "parent.list[index]" */
struct sp_draft_place sp_draft_item(const char *parent, const char *list, size_t index);

/** A list of texts in a message. */
struct sp_draft_texts {
    char **items;
    size_t count;
};

bool sp_draft_texts_have(const struct sp_draft_texts *list, const char *text);

/** Pass check->reason on, as the error or as a warning. Use it through SP_DRAFT_REJECT. */
void sp_draft_pass_on(struct sp_draft_checker *check);

/** SP_DRAFT_REJECT(check, SP_INVALID, place, "polski", "english", args...) */
#define SP_DRAFT_REJECT(check, status, place, ...)                                                 \
    ((void)SP_FAIL(&(check)->reason, (status), (place), __VA_ARGS__), sp_draft_pass_on(check))

/** Add a warning whoever wrote the draft: SP_DRAFT_NOTE(check, place, "polski", "english", ...). */
#define SP_DRAFT_NOTE(check, place, ...)                                                           \
    ((void)((check)->status == SP_OK &&                                                            \
            sp_draft_warn((check)->warnings, (place), __VA_ARGS__) != SP_OK &&                     \
            ((check)->status = SP_NOMEM)))

/** Zeroed memory for @p count items; NULL (and a status) when there is none or after a failure. */
void *sp_draft_room(struct sp_draft_checker *check, size_t count, size_t size);

/* Values. Each takes the path of what holds the field, and the field's name. */

/** Shorten a text of a published notice, refuse it in a draft. */
void sp_draft_check_text(struct sp_draft_checker *check, char **text, size_t max_bytes,
                         const char *parent, const char *field);
/** A wrong date becomes "" and SP_DAY_UNKNOWN. @p day may be NULL */
void sp_draft_check_date(struct sp_draft_checker *check, char **date, sp_day *day,
                         const char *parent, const char *field);
/** Two dates, of which the second is not before the first; both become "" otherwise. */
void sp_draft_check_term(struct sp_draft_checker *check, char **from, char **to,
                         const char *parent);
/** True if @p grosz is @p least..SP_DRAFT_MAX_GROSZ. */
bool sp_draft_check_grosz(struct sp_draft_checker *check, int64_t grosz, int64_t least,
                          const char *parent, const char *field);
/** True if the contract knows @p value, which is not 0 (not given) if @p must. */
bool sp_draft_check_enum(struct sp_draft_checker *check, const ProtobufCEnumDescriptor *type,
                         int value, bool must, const char *parent, const char *field);
/** Refuse more than @p max items, or keep the first ones. */
void sp_draft_check_count(struct sp_draft_checker *check, size_t *count, size_t max,
                          const char *parent, const char *field);
/** Turn codes into eight digits each, without repetitions. */
void sp_draft_check_codes(struct sp_draft_checker *check, size_t *count, char ***codes,
                          const char *parent);
/** Drop texts without a character, and repetitions. */
void sp_draft_check_names(struct sp_draft_checker *check, size_t *count, char ***names,
                          const char *parent, const char *field);
/** Give unit and period their ids; @p quantity becomes NULL if it is no amount above zero. */
void sp_draft_check_demand(struct sp_draft_checker *check, Spoina__V1__Quantity **quantity,
                           const char *parent);
/** Give @p id a value if it has none, see that no earlier one of @p used equals it, and add it
 *  there. @p used has room for it. */
void sp_draft_check_id(struct sp_draft_checker *check, char **id, struct sp_draft_texts *used,
                       const char *prefix, const char *parent);

/* Parts */

/** Check the requirements of @p lot; a lot without any gets one. */
void sp_draft_check_requirements(struct sp_draft_checker *check, Spoina__V1__Lot *lot,
                                 const char *parent);

/** Check the conditions of @p draft and of its lots, whose requirements are checked, and move
 *  those of the draft into its lots. */
void sp_draft_check_conditions(struct sp_draft_checker *check, Spoina__V1__Draft *draft);
/** The same for social clauses. */
void sp_draft_check_clauses(struct sp_draft_checker *check, Spoina__V1__Draft *draft);
/** The same for award criteria, except that a lot with criteria of its own has only these. */
void sp_draft_check_criteria(struct sp_draft_checker *check, Spoina__V1__Draft *draft);

/** Check ids of requirements: each is one of the @p lots. Repetitions and empty ones go. */
void sp_draft_check_requirement_ids(struct sp_draft_checker *check, size_t *count, char ***ids,
                                    Spoina__V1__Lot *const *lots, size_t lot_count,
                                    const char *parent);

/**
 * Keep of the ids of requirements those of @p lot.
 *
 * @param ids  list of the draft; replaced by a new list
 * @return false if there were ids, and none is of this lot
 */
bool sp_draft_keep_ids_of_lot(struct sp_draft_checker *check, size_t *count, char ***ids,
                              const Spoina__V1__Lot *lot);

#endif
