/* SPDX-License-Identifier: EUPL-1.2 */
#include "proto/codec/json_number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    LONGEST_REAL = 500,
    /* Beyond it every mantissa that fits a text of 500 characters is zero or too large. */
    EXPONENT_BOUND = 100000
};

/* Split off the exponent: "12.5e3" gives "12.5" and 3. */
static struct sp_view take_exponent(struct sp_view number, long *exponent)
{
    *exponent = 0;
    for (size_t i = 0; i < number.length; i++) {
        if (number.data[i] != 'e' && number.data[i] != 'E') {
            continue;
        }
        bool negative = number.data[i + 1] == '-';
        for (size_t k = i + 1; k < number.length; k++) {
            if (number.data[k] >= '0' && number.data[k] <= '9' && *exponent < EXPONENT_BOUND) {
                *exponent = *exponent * 10 + (number.data[k] - '0');
            }
        }
        *exponent = negative ? -*exponent : *exponent;
        return sp_view_from(number.data, i);
    }
    return number;
}

/* value = value x 10 + digit; false on overflow. */
static bool push_digit(uint64_t *value, unsigned digit)
{
    if (*value > (UINT64_MAX - digit) / 10) {
        return false;
    }
    *value = *value * 10 + digit;
    return true;
}

bool sp_json_integer(struct sp_view number, bool *negative, uint64_t *magnitude)
{
    *negative = number.data[0] == '-';
    *magnitude = 0;
    long exponent = 0;
    struct sp_view mantissa = take_exponent(number, &exponent);
    long zeros = 0; /* seen and not yet pushed: trailing zeros may stand behind the point */
    bool fraction = false;
    for (size_t i = *negative ? 1 : 0; i < mantissa.length; i++) {
        char c = mantissa.data[i];
        if (c == '.') {
            fraction = true;
            continue;
        }
        exponent -= fraction ? 1 : 0;
        if (c == '0') {
            zeros += *magnitude != 0 ? 1 : 0;
            continue;
        }
        for (; zeros > 0; zeros--) {
            if (!push_digit(magnitude, 0)) {
                return false;
            }
        }
        if (!push_digit(magnitude, (unsigned)(c - '0'))) {
            return false;
        }
    }
    exponent += zeros;
    if (*magnitude == 0) {
        return true;
    }
    for (; exponent > 0; exponent--) {
        if (!push_digit(magnitude, 0)) {
            return false;
        }
    }
    return exponent == 0;
}

bool sp_json_real(struct sp_view number, bool single, double *real)
{
    char text[LONGEST_REAL + 1];
    if (number.length > LONGEST_REAL) {
        return false;
    }
    memcpy(text, number.data, number.length);
    text[number.length] = '\0';
    /* Rounding twice, over a double, could give another float. */
    *real = single ? (double)strtof(text, NULL) : strtod(text, NULL);
    return isfinite(*real);
}

void sp_json_format_real(double real, bool single, char out[SP_JSON_REAL_BYTES])
{
    if (real == 0) {
        /* "-0" would read back as the integer zero without its sign. */
        (void)snprintf(out, SP_JSON_REAL_BYTES, "%s", signbit(real) ? "-0.0" : "0");
        return;
    }
    /* 15 (6) significant digits always survive; 17 (9) always suffice (IEEE 754 double, single). */
    int most = single ? 9 : 17;
    for (int digits = single ? 6 : 15; digits <= most; digits++) {
        (void)snprintf(out, SP_JSON_REAL_BYTES, "%.*g", digits, real);
        if ((single ? (double)strtof(out, NULL) : strtod(out, NULL)) == real) {
            return;
        }
    }
}
