/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * NIP, REGON and KRS by their shape and check digits.
 *
 * Weights: NIP from the tax administration's rules, REGON from the regulation on the REGON
 * register; KRS numbers have no check digit.
 */
#include <string.h>

#include "matcher/catalogue/checks.h"

enum { NIP_DIGITS = 10, KRS_DIGITS = 10, REGON_DIGITS = 9, LONG_REGON_DIGITS = 14, MODULUS = 11 };

static bool is_number(struct sp_view text, size_t digits)
{
    bool any = false; /* a digit other than zero: a number of zeros passes every checksum */
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
        any = any || text.data[i] != '0';
    }
    return text.length == digits && any;
}

static int weighted_remainder(const char *digits, const char *weights)
{
    int sum = 0;
    for (size_t i = 0; weights[i] != '\0'; i++) {
        sum += (digits[i] - '0') * (weights[i] - '0');
    }
    return sum % MODULUS;
}

bool sp_nip_is_valid(struct sp_view nip)
{
    /* A remainder of 10 has no digit: such numbers are not given out. */
    return is_number(nip, NIP_DIGITS) &&
           weighted_remainder(nip.data, "657234567") == nip.data[NIP_DIGITS - 1] - '0';
}

bool sp_regon_is_valid(struct sp_view regon)
{
    bool shaped = is_number(regon, REGON_DIGITS) || is_number(regon, LONG_REGON_DIGITS);
    /* A remainder of 10 is written as 0. */
    if (!shaped ||
        weighted_remainder(regon.data, "89234567") % 10 != regon.data[REGON_DIGITS - 1] - '0') {
        return false;
    }
    return regon.length == REGON_DIGITS || weighted_remainder(regon.data, "2485097361248") % 10 ==
                                               regon.data[LONG_REGON_DIGITS - 1] - '0';
}

bool sp_krs_is_valid(struct sp_view krs)
{
    return is_number(krs, KRS_DIGITS);
}
