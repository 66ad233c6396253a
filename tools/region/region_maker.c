/* SPDX-License-Identifier: EUPL-1.2 */
#include "tools/region/region_maker.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void sp_make_begin(struct sp_maker *maker, enum sp_maker_part part)
{
    maker->random = sp_random_of(maker->options->seed, maker->number, part);
}

void *sp_make_zeroed(struct sp_maker *maker, size_t count, size_t size)
{
    void *memory = sp_arena_calloc(maker->arena, count, size);
    if (memory == NULL) {
        maker->status = SP_NOMEM;
    }
    return memory;
}

void *sp_make_message(struct sp_maker *maker, const void *initial, size_t size)
{
    void *message = sp_make_zeroed(maker, 1, size);
    if (message != NULL) {
        memcpy(message, initial, size);
    }
    return message;
}

char *sp_make_constant(const char *text)
{
    union {
        const char *constant;
        char *text;
    } cast = {text};
    return cast.text;
}

char *sp_make_text(struct sp_maker *maker, const char *format, ...)
{
    char text[2048];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    SP_ASSERT(length >= 0 && (size_t)length < sizeof text);
    char *copy = sp_arena_strdup(maker->arena, text);
    if (copy == NULL) {
        maker->status = SP_NOMEM;
        return sp_make_constant("");
    }
    return copy;
}

char *sp_make_date(struct sp_maker *maker, sp_day day)
{
    char text[11];
    sp_day_format(day, text);
    return sp_make_text(maker, "%s", text);
}

char *sp_make_id(struct sp_maker *maker, uint32_t number)
{
    return sp_make_text(maker, "demo-%06u", (unsigned)number);
}

const char *sp_make_filled(struct sp_maker *maker, const char *text, const char *mark,
                           const char *value)
{
    const char *at = strstr(text, mark);
    while (at != NULL) {
        text = sp_make_text(maker, "%.*s%s%s", (int)(at - text), text, value, at + strlen(mark));
        at = strstr(text, mark);
    }
    return text;
}

const char *sp_make_choice(struct sp_maker *maker, const struct sp_region_texts *texts)
{
    return texts->items[sp_random_below(&maker->random, (uint32_t)texts->count)];
}

/* Draw one of the sentences that fit, in one pass: the n-th fitting one replaces the choice with
 * probability 1/n. */
const char *sp_make_sentence(struct sp_maker *maker, enum sp_region_sentence what)
{
    const char *choice = "";
    uint32_t fitting = 0;
    for (size_t i = 0; i < maker->region->said_count[what]; i++) {
        const struct sp_region_said *said = &maker->region->said[what][i];
        if ((said->kinds[0] == '*' || strchr(said->kinds, maker->kind->letter) != NULL) &&
            sp_random_below(&maker->random, ++fitting) == 0) {
            choice = said->text;
        }
    }
    choice = sp_make_filled(maker, choice, "{in}", maker->powiat->in);
    return sp_make_filled(maker, choice, "{of}", maker->powiat->of);
}
