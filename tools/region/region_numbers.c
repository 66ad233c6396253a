/* SPDX-License-Identifier: EUPL-1.2 */
#include "tools/region/region_numbers.h"

#include <stddef.h>
#include <stdio.h>

#include "base/status.h"

static int weighted_sum(const char *digits, const int *weights, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (digits[i] - '0') * weights[i];
    }
    return sum;
}

void sp_region_nip(uint32_t number, char out[11])
{
    static const int weights[9] = {6, 5, 7, 2, 3, 4, 5, 6, 7};
    SP_ASSERT(number >= 1 && number <= SP_REGION_NUMBER_MAX);
    (void)snprintf(out, 11, "0%07u00", (unsigned)number);
    int check = weighted_sum(out, weights, 9) % 11;
    if (check == 10) { /* no such NIP exists: take the next ninth digit, which adds 7 */
        out[8] = '1';
        check = weighted_sum(out, weights, 9) % 11;
    }
    out[9] = (char)('0' + check);
}

void sp_region_regon(uint32_t number, char out[10])
{
    static const int weights[8] = {8, 9, 2, 3, 4, 5, 6, 7};
    SP_ASSERT(number >= 1 && number <= SP_REGION_NUMBER_REGON_MAX);
    (void)snprintf(out, 10, "99%06u0", (unsigned)number);
    out[8] = (char)('0' + weighted_sum(out, weights, 8) % 11 % 10);
}

void sp_region_krs(uint32_t number, char out[11])
{
    SP_ASSERT(number >= 1 && number <= SP_REGION_NUMBER_MAX);
    (void)snprintf(out, 11, "9%09u", (unsigned)number);
}
