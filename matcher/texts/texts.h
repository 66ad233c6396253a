/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Sentences for people, made by ICU message formats, in Polish and in English.
 *
 * All sentences stand in one table (messages.h), both languages beside each other. A sentence takes
 * numbers, for which ICU chooses the right form ("1 podmiot", "2 podmioty", "5 podmiotów"), and
 * words, which are put in as they are.
 *
 * With matcher/language one of the two homes of ICU (docs/decisions/0202).
 */
#ifndef SP_TEXTS_TEXTS_H
#define SP_TEXTS_TEXTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/status.h"
#include "matcher/texts/messages.h"

enum { SP_TEXT_NUMBERS_MAX = 2, SP_TEXT_WORDS_MAX = 6 };

enum sp_text {
#define X(name, numbers, words, polish, english) SP_TEXT_##name,
    SP_TEXT_LIST(X)
#undef X
        SP_TEXT_COUNT
};

/** A row of the table. */
struct sp_text_row {
    const char *name;
    unsigned numbers; /* the first arguments of both patterns */
    unsigned words;   /* the arguments after them */
    const char *polish;
    const char *english;
};

/** The formats of one thread, read when they are first used. */
struct sp_texts;

/** What goes into a sentence. Words are UTF-8 and borrowed for the call. */
struct sp_text_values {
    double numbers[SP_TEXT_NUMBERS_MAX];
    const char *words[SP_TEXT_WORDS_MAX];
};

/** Who speaks: the formats, the language, and where the sentences are put. */
struct sp_speaker {
    struct sp_texts *texts;
    enum sp_locale locale;
    struct sp_arena *arena;
};

/** @param out  owned by the caller, sp_texts_free()
 *  @return SP_OK; SP_NOMEM */
SP_MUST_CHECK enum sp_status sp_texts_new(struct sp_texts **out, struct sp_error *err);
void sp_texts_free(struct sp_texts *texts);

const struct sp_text_row *sp_text_row(enum sp_text text);

/** Say @p text with @p values (NULL: it takes none). In the speaker's arena; NULL when out of
 *  memory. */
char *sp_text_say(const struct sp_speaker *speaker, enum sp_text text,
                  const struct sp_text_values *values);

/** sp_text_say() with the values written at the call: SP_TELL(speaker, NAME, .words = {a, b}). */
#define SP_TELL(speaker, name, ...)                                                                \
    sp_text_say((speaker), SP_TEXT_##name, &(const struct sp_text_values){__VA_ARGS__})

/** "A, B i C", "A, B and C". NULL when out of memory; "" for an empty list. */
char *sp_text_list(const struct sp_speaker *speaker, const char *const *items, size_t count);

/** An amount with thousands parted and at most two decimals: "1 234,5". */
char *sp_text_amount(const struct sp_speaker *speaker, double amount);

/** "1 234,50 zł", "PLN 1,234.50". */
char *sp_text_money(const struct sp_speaker *speaker, int64_t grosz);

#endif
