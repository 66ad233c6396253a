/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The one list of outcomes, and the error record that a person will read.
 *
 * A function that can fail returns `enum sp_status`; where a person will read the reason, its last
 * parameter is a `struct sp_error *` (may be NULL) that lives in the caller's frame. Every text is
 * given in Polish and in English at the place that raises it, with the same arguments, so that both
 * are checked by the compiler and neither can be forgotten:
 *
 *     return SP_FAIL(err, SP_INVALID, "offers[2].cpv",
 *                    "Kod CPV %s ma złą cyfrę kontrolną (powinna być %d).",
 *                    "CPV code %s has a wrong check digit (it should be %d).", code, digit);
 */
#ifndef SP_BASE_STATUS_H
#define SP_BASE_STATUS_H

#include <stddef.h>

/** X(NAME, number, sentence): append only; the number never changes. */
#define SP_STATUS_LIST(X)                                                                          \
    X(OK, 0, "success")                                                                            \
    X(INVALID, 1, "the input is not valid")                                                        \
    X(NOT_FOUND, 2, "no such thing")                                                               \
    X(EXISTS, 3, "already there")                                                                  \
    X(LIMIT, 4, "a stated limit was reached")                                                      \
    X(NOMEM, 5, "out of memory")                                                                   \
    X(IO, 6, "a file or socket failed")                                                            \
    X(CORRUPT, 7, "stored data is damaged")                                                        \
    X(BUSY, 8, "too busy, try again")                                                              \
    X(CANCELLED, 9, "the caller went away")                                                        \
    X(DEADLINE, 10, "the deadline passed")                                                         \
    X(UNSUPPORTED, 11, "not supported")                                                            \
    X(PRECONDITION, 12, "not possible in this state")                                              \
    X(INTERNAL, 13, "a bug in spoina")                                                             \
    X(FULL, 14, "the disk is full")                                                                \
    X(READ_ONLY, 15, "the disk takes no writes")

enum sp_status {
#define X(name, number, sentence) SP_##name = number,
    SP_STATUS_LIST(X)
#undef X
};

#define SP_MUST_CHECK __attribute__((warn_unused_result))
#define SP_UNUSED __attribute__((unused))

/** A failure as told to a person. Plain value; never allocated. */
struct sp_error {
    enum sp_status status;
    char place[128];  /* what it is about: a field path, "file:line", an option; may be empty */
    char polish[320]; /* one sentence, NUL-terminated UTF-8, cut at a character border */
    char english[320];
    const char *file; /* where in the source it was raised */
    int line;
};

/** Return the short English sentence of @p status. Never NULL. */
const char *sp_status_text(enum sp_status status);

/** Return the upper-case name of @p status, e.g. "NOT_FOUND". Never NULL. */
const char *sp_status_name(enum sp_status status);

/** Fill @p err (if not NULL) and return @p status. Use it through SP_FAIL. */
enum sp_status sp_error_set(struct sp_error *err, const char *file, int line, enum sp_status status,
                            const char *place, const char *polish, const char *english, ...)
    __attribute__((format(printf, 6, 8), format(printf, 7, 8)));

/** Put @p prefix before the place of @p err ("lots[1]" + "cpv" gives "lots[1].cpv"). NULL is ignored. */
void sp_error_prefix(struct sp_error *err, const char *prefix);

/** SP_FAIL(err, SP_INVALID, "place", "polish format", "english format", args...)
 *  The value is @p status itself, not a function's, so that analysers see that it is a failure. */
#define SP_FAIL(err, status, place, ...)                                                           \
    ((void)sp_error_set((err), __FILE__, __LINE__, (status), (place), __VA_ARGS__), (status))

/** Out of memory, told in both languages. */
#define SP_FAIL_NOMEM(err) SP_FAIL((err), SP_NOMEM, "", "Zabrakło pamięci.", "Out of memory.")

/** A broken invariant is a bug: stop at once, in every build. No side effects inside. */
#define SP_ASSERT(condition)                                                                       \
    ((condition) ? (void)0 : sp_assert_failed(__FILE__, __LINE__, #condition))

_Noreturn void sp_assert_failed(const char *file, int line, const char *condition);

#define SP_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
