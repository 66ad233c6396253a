/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/date.h"

#include <stdio.h>

/* Era arithmetic after H. Hinnant, "chrono-compatible low-level date algorithms": exact for all
 * years of an int, with March as the first month so that the leap day ends the year. */
sp_day sp_day_from_civil(int year, int month, int day_of_month)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void sp_day_to_civil(sp_day day, int *year, int *month, int *day_of_month)
{
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    *day_of_month = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted < 10 ? shifted + 3 : shifted - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static bool read_digits(const char *text, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *value = *value * 10 + (text[i] - '0');
    }
    return true;
}

bool sp_day_parse(struct sp_view text, sp_day *day)
{
    int year = 0;
    int month = 0;
    int of_month = 0;
    if (text.length != 10 || text.data[4] != '-' || text.data[7] != '-' ||
        !read_digits(text.data, 4, &year) || !read_digits(text.data + 5, 2, &month) ||
        !read_digits(text.data + 8, 2, &of_month)) {
        return false;
    }
    if (year < 1800 || year > 2999 || month < 1 || month > 12 || of_month < 1) {
        return false;
    }
    sp_day parsed = sp_day_from_civil(year, month, of_month);
    int y = 0;
    int m = 0;
    int d = 0;
    sp_day_to_civil(parsed, &y, &m, &d);
    if (m != month || d != of_month) {
        return false;
    }
    *day = parsed;
    return true;
}

void sp_day_format(sp_day day, char out[11])
{
    int year = 0;
    int month = 0;
    int of_month = 0;
    sp_day_to_civil(day, &year, &month, &of_month);
    char text[40];
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, of_month);
    memcpy(out, text, 10);
    out[10] = '\0';
}

sp_day sp_day_from_unix(int64_t seconds)
{
    int64_t days = seconds / 86400;
    return (sp_day)(seconds % 86400 < 0 ? days - 1 : days);
}
