/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/rules/say.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Write @p number with @p between after each group of three digits. */
static void group_digits(int64_t number, const char *between, char *out, size_t size)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, number);
    size_t used = 0;
    for (int i = 0; i < length && used + 4 < size; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            used += (size_t)snprintf(out + used, size - used, "%s", between);
        }
        out[used++] = digits[i];
    }
    out[used] = '\0';
}

void sp_say_joined(struct sp_said *out, const char *first, const char *second)
{
    int length = snprintf(out->text, sizeof out->text, "%s%s", first, second);
    size_t end = sizeof out->text - 1;
    if (length < 0 || (size_t)length <= end) {
        return;
    }
    /* Cut before a character that lost its last bytes. */
    while (end > 0 && ((unsigned char)out->text[end - 1] & 0xC0) == 0x80) {
        end--;
    }
    if (end > 0 && ((unsigned char)out->text[end - 1] & 0x80) != 0) {
        end--;
    }
    out->text[end] = '\0';
}

struct sp_said sp_say_count(int64_t count)
{
    struct sp_said said;
    (void)snprintf(said.text, sizeof said.text, "%" PRId64, count);
    return said;
}

const char *sp_say_no_data(bool polish)
{
    return polish ? "brak danych w katalogu" : "no data in the catalogue";
}

struct sp_said sp_say_money_polish(int64_t grosz)
{
    char whole[40];
    struct sp_said said;
    group_digits(grosz / 100, "\u00a0", whole, sizeof whole);
    (void)snprintf(said.text, sizeof said.text, "%s,%02d\u00a0zł", whole, (int)(grosz % 100));
    return said;
}

struct sp_said sp_say_money_english(int64_t grosz)
{
    char whole[40];
    struct sp_said said;
    group_digits(grosz / 100, ",", whole, sizeof whole);
    (void)snprintf(said.text, sizeof said.text, "PLN\u00a0%s.%02d", whole, (int)(grosz % 100));
    return said;
}

static struct sp_said say_percent(int64_t part, int64_t whole, char point)
{
    struct sp_said said;
    int64_t tenths = part * 1000 / whole;
    (void)snprintf(said.text, sizeof said.text, "%" PRId64 "%c%d\u00a0%%", tenths / 10, point,
                   (int)(tenths % 10));
    return said;
}

struct sp_said sp_say_percent_polish(int64_t part, int64_t whole)
{
    return say_percent(part, whole, ',');
}

struct sp_said sp_say_percent_english(int64_t part, int64_t whole)
{
    return say_percent(part, whole, '.');
}

struct sp_said sp_say_day_polish(sp_day day)
{
    struct sp_said said;
    int year = 0;
    int month = 0;
    int number = 0;
    sp_day_to_civil(day, &year, &month, &number);
    (void)snprintf(said.text, sizeof said.text, "%d.%02d.%04d", number, month, year);
    return said;
}

struct sp_said sp_say_day_english(sp_day day)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct sp_said said;
    int year = 0;
    int month = 1;
    int number = 0;
    sp_day_to_civil(day, &year, &month, &number);
    (void)snprintf(said.text, sizeof said.text, "%d %s %04d", number, months[month - 1], year);
    return said;
}

const char *sp_say_plural(uint64_t count, const char *one, const char *few, const char *many)
{
    uint64_t last = count % 10;
    uint64_t tens = count % 100;
    if (count == 1) {
        return one;
    }
    return last >= 2 && last <= 4 && (tens < 12 || tens > 14) ? few : many;
}
