/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * From XML nodes to the fields of a draft; see draft_builder.h.
 */
#include "matcher/tender/draft_builder.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/date.h"
#include "matcher/tender/notice.h"

enum { ISO_DATE_LENGTH = 10, CPV_DIGITS = 8, MAX_LIST = 1000 };

#define EMPTY ((char *)protobuf_c_empty_string)

/* Capacities are powers of two, told by the count. */
void *sp_build_room(struct sp_draft_builder *builder, void *items, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0) {
        return items;
    }
    void *larger = sp_arena_alloc(builder->arena, (count == 0 ? 1 : 2 * count) * size);
    if (larger == NULL) {
        builder->status = SP_NOMEM;
        return NULL;
    }
    if (count > 0) {
        memcpy(larger, items, count * size);
    }
    return larger;
}

char *sp_build_copy(struct sp_draft_builder *builder, struct sp_view text)
{
    if (builder->status != SP_OK || text.length == 0) {
        return EMPTY;
    }
    char *copy = sp_arena_copy(builder->arena, text);
    if (copy == NULL) {
        builder->status = SP_NOMEM;
        return EMPTY;
    }
    return copy;
}

static void warn_of_cut(struct sp_draft_builder *builder, const char *place)
{
    SP_BUILDER_WARN(builder, place, "Tekst jest dłuższy niż %d bajtów; dalszy ciąg pominięto.",
                    "The text is longer than %d bytes; the rest was left out.",
                    SP_NOTICE_TEXT_MAX_BYTES);
}

char *sp_build_long_copy(struct sp_draft_builder *builder, struct sp_view text, const char *place)
{
    if (text.length > SP_NOTICE_TEXT_MAX_BYTES) {
        warn_of_cut(builder, place);
        text.length = SP_NOTICE_TEXT_MAX_BYTES;
        while (text.length > 0 && ((unsigned char)text.data[text.length] & 0xC0) == 0x80) {
            text.length--; /* not within a character */
        }
    }
    return sp_build_copy(builder, text);
}

/** Text of @p node in the scratch buffer, valid until the next one. */
static struct sp_view scratch_text(struct sp_draft_builder *builder, const xmlNode *node,
                                   const char *place)
{
    if (node == NULL || builder->status != SP_OK) {
        return sp_view_of(NULL);
    }
    if (!sp_xml_text(node, SP_NOTICE_TEXT_MAX_BYTES, &builder->scratch)) {
        warn_of_cut(builder, place);
    }
    if (builder->scratch.status != SP_OK) {
        builder->status = SP_NOMEM;
        return sp_view_of(NULL);
    }
    return sp_buffer_view(&builder->scratch);
}

char *sp_build_text(struct sp_draft_builder *builder, const xmlNode *node, const char *place)
{
    return sp_build_copy(builder, scratch_text(builder, node, place));
}

static bool has_text(struct sp_text_list list, struct sp_view text)
{
    for (size_t i = 0; i < *list.count; i++) {
        if (sp_view_is(text, (*list.items)[i])) {
            return true;
        }
    }
    return false;
}

void sp_build_add(struct sp_draft_builder *builder, struct sp_text_list list, struct sp_view text)
{
    if (builder->status != SP_OK || text.length == 0 || *list.count == MAX_LIST ||
        has_text(list, text)) {
        return;
    }
    char *copy = sp_build_copy(builder, text);
    char **items = sp_build_room(builder, *list.items, *list.count, sizeof *items);
    if (builder->status == SP_OK) {
        items[*list.count] = copy;
        *list.items = items;
        *list.count += 1;
    }
}

static size_t count_digits(struct sp_view text)
{
    size_t count = 0;
    while (count < text.length && text.data[count] >= '0' && text.data[count] <= '9') {
        count++;
    }
    return count;
}

void sp_build_add_cpv(struct sp_draft_builder *builder, struct sp_text_list list,
                      struct sp_view code, const char *place)
{
    bool alone = code.length == CPV_DIGITS;
    bool with_check_digit = code.length == CPV_DIGITS + 2 && code.data[CPV_DIGITS] == '-';
    if (count_digits(code) == CPV_DIGITS && (alone || with_check_digit)) {
        sp_build_add(builder, list, sp_view_from(code.data, CPV_DIGITS));
    } else if (code.length > 0) {
        SP_BUILDER_WARN(builder, place, "„%.*s” nie jest kodem CPV.", "‘%.*s’ is not a CPV code.",
                        (int)(code.length > 40 ? 40 : code.length), code.data);
    }
}

/** Day of the children DAY, MONTH and YEAR, as schema R2.0.8 has them. */
static bool read_date_parts(struct sp_draft_builder *builder, const xmlNode *node, sp_day *day)
{
    static const char *const NAMES[] = {"YEAR", "MONTH", "DAY"};
    int parts[3] = {0};
    for (size_t i = 0; i < SP_COUNT(parts); i++) {
        struct sp_view text = scratch_text(builder, sp_xml_child(node, NAMES[i]), "");
        if (text.length == 0 || text.length > 4 || count_digits(text) != text.length) {
            return false;
        }
        for (size_t at = 0; at < text.length; at++) {
            parts[i] = parts[i] * 10 + (text.data[at] - '0');
        }
    }
    char iso[40];
    (void)snprintf(iso, sizeof iso, "%04d-%02d-%02d", parts[0], parts[1], parts[2]);
    return sp_day_parse(sp_view_of(iso), day);
}

static bool read_date_text(struct sp_view text, sp_day *day)
{
    size_t digits = count_digits(text);
    if (digits == 8) { /* YYYYMMDD, perhaps with a time behind it */
        char iso[ISO_DATE_LENGTH + 1];
        (void)snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", text.data, text.data + 4, text.data + 6);
        return sp_day_parse(sp_view_of(iso), day);
    }
    text.length = text.length > ISO_DATE_LENGTH ? ISO_DATE_LENGTH : text.length;
    return sp_day_parse(text, day);
}

static char *build_day(struct sp_draft_builder *builder, sp_day day)
{
    char iso[ISO_DATE_LENGTH + 1];
    sp_day_format(day, iso);
    return sp_build_copy(builder, sp_view_of(iso));
}

char *sp_build_day(struct sp_draft_builder *builder, struct sp_view text, const char *place)
{
    sp_day day = SP_DAY_UNKNOWN;
    if (text.length == 0 || builder->status != SP_OK) {
        return EMPTY;
    }
    if (read_date_text(text, &day)) {
        return build_day(builder, day);
    }
    SP_BUILDER_WARN(builder, place, "„%.*s” nie jest datą.", "‘%.*s’ is not a date.",
                    (int)(text.length > 40 ? 40 : text.length), text.data);
    return EMPTY;
}

char *sp_build_date(struct sp_draft_builder *builder, const xmlNode *node, const char *place)
{
    sp_day day = SP_DAY_UNKNOWN;
    if (node != NULL && sp_xml_child(node, "YEAR") != NULL &&
        read_date_parts(builder, node, &day)) {
        return build_day(builder, day);
    }
    return sp_build_day(builder, scratch_text(builder, node, place), place);
}

/** Skip a space that groups digits, in ASCII or U+00A0; 0 if there is none. */
static size_t space_at(struct sp_view text, size_t at)
{
    if (text.data[at] == ' ') {
        return 1;
    }
    return at + 1 < text.length && memcmp(text.data + at, "\u00A0", 2) == 0 ? 2 : 0;
}

/** Read digits grouped by spaces, then "." or "," and decimals, of which two count. */
static bool read_grosz(struct sp_view text, int64_t *grosz)
{
    int64_t value = 0;
    int decimals = -1; /* before the separator */
    size_t digits = 0;
    for (size_t at = 0; at < text.length;) {
        char c = text.data[at];
        if (c >= '0' && c <= '9') {
            if (value > (INT64_MAX - 9) / 1000) {
                return false;
            }
            if (decimals < 2) {
                value = value * 10 + (c - '0');
            }
            decimals += decimals >= 0 ? 1 : 0;
            digits++;
            at++;
        } else if ((c == '.' || c == ',') && decimals < 0) {
            decimals = 0;
            at++;
        } else {
            size_t space = space_at(text, at);
            if (space == 0) {
                return false;
            }
            at += space;
        }
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++) {
        value *= 10;
    }
    *grosz = value;
    return digits > 0;
}

bool sp_build_amount(struct sp_draft_builder *builder, struct sp_view text, struct sp_view currency,
                     const char *place, int64_t *grosz)
{
    if (text.length == 0) {
        return false;
    }
    if (!sp_view_is(currency, "PLN")) {
        SP_BUILDER_WARN(builder, place,
                        "Wartość „%.*s %.*s” nie jest podana w złotych; nie przeliczamy walut.",
                        "The value ‘%.*s %.*s’ is not in PLN; currencies are not converted.",
                        (int)(text.length > 40 ? 40 : text.length), text.data,
                        (int)(currency.length > 8 ? 8 : currency.length),
                        currency.length == 0 ? "" : currency.data);
        return false;
    }
    if (!read_grosz(text, grosz)) {
        SP_BUILDER_WARN(builder, place, "„%.*s” nie jest kwotą.", "‘%.*s’ is not an amount.",
                        (int)(text.length > 40 ? 40 : text.length), text.data);
        return false;
    }
    return true;
}

bool sp_build_grosz(struct sp_draft_builder *builder, const xmlNode *node, struct sp_view currency,
                    const char *place, int64_t *grosz)
{
    return sp_build_amount(builder, scratch_text(builder, node, place), currency, place, grosz);
}

void sp_build_period(struct sp_draft_builder *builder, Spoina__V1__Lot *lot, struct sp_view text,
                     const char *unit, const char *place)
{
    if (text.length == 0) {
        return;
    }
    int64_t hundredths = 0;
    if (unit == NULL || !read_grosz(text, &hundredths)) {
        SP_BUILDER_WARN(builder, place, "Nie rozumiemy czasu trwania „%.*s”.",
                        "The duration ‘%.*s’ is not understood.",
                        (int)(text.length > 40 ? 40 : text.length), text.data);
        return;
    }
    Spoina__V1__Quantity *duration = sp_arena_alloc(builder->arena, sizeof *duration);
    if (duration == NULL) {
        builder->status = SP_NOMEM;
        return;
    }
    spoina__v1__quantity__init(duration);
    duration->amount = (double)hundredths / 100;
    duration->unit = sp_build_copy(builder, sp_view_of(unit));
    lot->duration = duration;
}

void sp_build_duration(struct sp_draft_builder *builder, Spoina__V1__Lot *lot, const xmlNode *node,
                       const char *unit, const char *place)
{
    sp_build_period(builder, lot, scratch_text(builder, node, place), unit, place);
}

Spoina__V1__Lot *sp_build_lot(struct sp_draft_builder *builder, Spoina__V1__Draft *draft)
{
    if (builder->status != SP_OK) {
        return NULL;
    }
    if (draft->n_lots == SP_NOTICE_MAX_LOTS) {
        SP_BUILDER_WARN(builder, "lots", "Ogłoszenie ma ponad %d części; dalsze pominięto.",
                        "The notice has over %d lots; the rest was left out.", SP_NOTICE_MAX_LOTS);
        return NULL;
    }
    Spoina__V1__Lot *lot = sp_arena_alloc(builder->arena, sizeof *lot);
    Spoina__V1__Lot **lots = sp_build_room(builder, draft->lots, draft->n_lots, sizeof *lots);
    if (lot == NULL || lots == NULL) {
        builder->status = SP_NOMEM;
        return NULL;
    }
    spoina__v1__lot__init(lot);
    draft->lots = lots;
    draft->lots[draft->n_lots++] = lot;
    return lot;
}
