/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Warnings in an arena; see draft_warnings.h.
 */
#include "matcher/tender/draft_warnings.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

enum { WARNING_TEXT_BYTES = 600, FIRST_CAPACITY = 8 };

static char *say(struct sp_draft_warnings *warnings, const char *polish, const char *english,
                 va_list arguments) __attribute__((format(printf, 2, 0), format(printf, 3, 0)));

static char *say(struct sp_draft_warnings *warnings, const char *polish, const char *english,
                 va_list arguments)
{
    char text[WARNING_TEXT_BYTES];
    if (warnings->locale == SP_EN) {
        (void)vsnprintf(text, sizeof text, english, arguments);
    } else {
        (void)vsnprintf(text, sizeof text, polish, arguments);
    }
    size_t length = sp_utf8_check(sp_view_of(text)); /* a cut may have split a character */
    return sp_arena_copy(warnings->arena, sp_view_from(text, length));
}

static enum sp_status make_room(struct sp_draft_warnings *warnings)
{
    if (warnings->count < warnings->capacity) {
        return SP_OK;
    }
    size_t capacity = warnings->capacity == 0 ? FIRST_CAPACITY : warnings->capacity * 2;
    Spoina__V1__Warning **items =
        sp_arena_calloc(warnings->arena, capacity, sizeof *warnings->items);
    if (items == NULL) {
        return SP_NOMEM;
    }
    if (warnings->count > 0) {
        memcpy(items, warnings->items, warnings->count * sizeof *items);
    }
    warnings->items = items;
    warnings->capacity = capacity;
    return SP_OK;
}

enum sp_status sp_draft_warn(struct sp_draft_warnings *warnings, const char *place,
                             const char *polish, const char *english, ...)
{
    if (warnings->count == SP_DRAFT_WARNINGS_MAX) {
        warnings->dropped++;
        return SP_OK;
    }
    Spoina__V1__Warning *warning = sp_arena_alloc(warnings->arena, sizeof *warning);
    if (warning == NULL || make_room(warnings) != SP_OK) {
        return SP_NOMEM;
    }
    spoina__v1__warning__init(warning);
    va_list arguments;
    va_start(arguments, english);
    warning->text = say(warnings, polish, english, arguments);
    va_end(arguments);
    warning->place = sp_arena_strdup(warnings->arena, place);
    if (warning->text == NULL || warning->place == NULL) {
        return SP_NOMEM;
    }
    warnings->items[warnings->count++] = warning;
    return SP_OK;
}
