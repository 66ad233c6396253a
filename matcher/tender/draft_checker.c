/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/tender/draft_checker.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define EMPTY ((char *)protobuf_c_empty_string)

struct sp_draft_place sp_draft_place(const char *parent, const char *field)
{
    struct sp_draft_place place;
    (void)snprintf(place.text, sizeof place.text, "%.80s%s%.40s", parent,
                   *parent == '\0' ? "" : ".", field);
    return place;
}

struct sp_draft_place sp_draft_item(const char *parent, const char *list, size_t index)
{
    struct sp_draft_place place;
    (void)snprintf(place.text, sizeof place.text, "%.60s%s%.40s[%zu]", parent,
                   *parent == '\0' ? "" : ".", list, index);
    return place;
}

bool sp_draft_texts_have(const struct sp_draft_texts *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i], text) == 0) {
            return true;
        }
    }
    return false;
}

void sp_draft_pass_on(struct sp_draft_checker *check)
{
    const struct sp_error *reason = &check->reason;
    if (check->status != SP_OK) {
        return;
    }
    if (check->origin == SP_DRAFT_PUBLISHED) {
        check->status = sp_draft_warn(check->warnings, reason->place, "%s%.0s", "%.0s%s",
                                      reason->polish, reason->english);
        return;
    }
    if (check->err != NULL) {
        *check->err = *reason;
    }
    check->status = reason->status;
}

void *sp_draft_room(struct sp_draft_checker *check, size_t count, size_t size)
{
    if (check->status != SP_OK) {
        return NULL;
    }
    void *room = sp_arena_calloc(check->arena, count, size);
    if (room == NULL) {
        check->status = SP_NOMEM;
    }
    return room;
}

void sp_draft_check_text(struct sp_draft_checker *check, char **text, size_t max_bytes,
                         const char *parent, const char *field)
{
    size_t length = strlen(*text);
    if (length <= max_bytes) {
        return;
    }
    SP_DRAFT_REJECT(check, SP_LIMIT, sp_draft_place(parent, field).text,
                    "Tekst ma %zu bajtów; dopuszczamy %zu.",
                    "The text has %zu bytes; %zu are allowed.", length, max_bytes);
    size_t cut = sp_utf8_check(sp_view_from(*text, max_bytes));
    *text = sp_arena_copy(check->arena, sp_view_from(*text, cut));
    if (*text == NULL) {
        *text = EMPTY;
        check->status = check->status == SP_OK ? SP_NOMEM : check->status;
    }
}

void sp_draft_check_date(struct sp_draft_checker *check, char **date, sp_day *day,
                         const char *parent, const char *field)
{
    sp_day read = SP_DAY_UNKNOWN;
    if (**date != '\0' && !sp_day_parse(sp_view_of(*date), &read)) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, field).text,
                        "„%.40s” nie jest datą w postaci RRRR-MM-DD.",
                        "‘%.40s’ is not a date as YYYY-MM-DD.", *date);
        *date = EMPTY;
        read = SP_DAY_UNKNOWN;
    }
    if (day != NULL) {
        *day = read;
    }
}

void sp_draft_check_term(struct sp_draft_checker *check, char **from, char **to, const char *parent)
{
    sp_day first = SP_DAY_UNKNOWN;
    sp_day last = SP_DAY_UNKNOWN;
    sp_draft_check_date(check, from, &first, parent, "from");
    sp_draft_check_date(check, to, &last, parent, "to");
    if (first != SP_DAY_UNKNOWN && last != SP_DAY_UNKNOWN && last < first) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, "to").text,
                        "Koniec (%s) jest przed początkiem (%s).",
                        "The end (%s) is before the beginning (%s).", *to, *from);
        *from = EMPTY;
        *to = EMPTY;
    }
}

bool sp_draft_check_grosz(struct sp_draft_checker *check, int64_t grosz, int64_t least,
                          const char *parent, const char *field)
{
    if (grosz > SP_DRAFT_MAX_GROSZ) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, field).text,
                        "Kwota przekracza %lld zł.", "The sum is above PLN %lld.",
                        (long long)(SP_DRAFT_MAX_GROSZ / 100));
    } else if (grosz < 0) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, field).text,
                        "Kwota nie może być ujemna.", "The sum may not be negative.");
    } else if (grosz < least) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, field).text,
                        "Kwota musi być większa od zera.", "The sum must be above zero.");
    }
    return least <= grosz && grosz <= SP_DRAFT_MAX_GROSZ;
}

bool sp_draft_check_enum(struct sp_draft_checker *check, const ProtobufCEnumDescriptor *type,
                         int value, bool must, const char *parent, const char *field)
{
    if (value == 0 && must) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, field).text,
                        "Brak rodzaju (pole %s).", "The field %s is missing.", field);
    } else if (protobuf_c_enum_descriptor_get_value(type, value) == NULL) {
        SP_DRAFT_REJECT(check, SP_INVALID, sp_draft_place(parent, field).text,
                        "Nieznana wartość %d.", "Unknown value %d.", value);
    } else {
        return true;
    }
    return false;
}

void sp_draft_check_count(struct sp_draft_checker *check, size_t *count, size_t max,
                          const char *parent, const char *field)
{
    if (*count <= max) {
        return;
    }
    SP_DRAFT_REJECT(check, SP_LIMIT, sp_draft_place(parent, field).text,
                    "Pozycji jest %zu; najwięcej może być %zu.",
                    "There are %zu items; at most %zu are allowed.", *count, max);
    *count = max;
}
