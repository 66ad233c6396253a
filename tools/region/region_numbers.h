/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Numbers of identity with right check digits from ranges that no real entity has.
 */
#ifndef SP_REGION_NUMBERS_H
#define SP_REGION_NUMBERS_H

#include <stdint.h>

enum {
    SP_REGION_NUMBER_MAX = 9999999,      /* highest number: seven digits of the NIP */
    SP_REGION_NUMBER_REGON_MAX = 999999, /* highest with a REGON: six digits */
};

/** Write the NIP of @p number (1..SP_REGION_NUMBER_MAX): a 0 first, since the first three digits
 * are the code of a tax office and none begins with 0; then the number, a digit that keeps the
 * check digit below 10, and the check digit. */
void sp_region_nip(uint32_t number, char out[11]);

/** Write the REGON of @p number (1..SP_REGION_NUMBER_REGON_MAX): 99 first, which is no region's
 * prefix. */
void sp_region_regon(uint32_t number, char out[10]);

/** Write the KRS number of @p number (1..SP_REGION_NUMBER_MAX): a 9 first, while the register
 * counts up from 0000000001 and has come to about 0001200000. KRS has no check digit. */
void sp_region_krs(uint32_t number, char out[11]);

#endif
