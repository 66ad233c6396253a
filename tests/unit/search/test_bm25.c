/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The integer BM25 against the formula in floating point.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "matcher/search/bm25.h"

static void impact_is_saturated_frequency(void **state)
{
    (void)state;
    static const uint32_t frequencies[] = {1, 2, 3, 7, 40, 1000};
    static const uint32_t lengths[] = {1, 2, 10, 33, 500, 100000};
    static const uint32_t averages[] = {1, 12, 33, 700};
    for (size_t i = 0; i < 6; i++) {
        for (size_t j = 0; j < 6; j++) {
            for (size_t k = 0; k < 4; k++) {
                double norm = 1.2 * (1 - 0.75 + 0.75 * lengths[j] / averages[k]);
                double expected = 65535 * frequencies[i] / (frequencies[i] + norm);
                double found = sp_bm25_impact(frequencies[i], lengths[j], averages[k]);
                assert_true(fabs(found - (expected < 1 ? 1 : expected)) <= 0.51);
            }
        }
    }
}

static void weight_is_inverse_document_frequency(void **state)
{
    (void)state;
    static const uint32_t documents[] = {1, 2, 100, 200000, 4000000000U};
    for (size_t i = 0; i < 5; i++) {
        for (uint32_t frequency = 1; frequency <= documents[i] && frequency < 1000000000;
             frequency = frequency * 3 + 1) {
            double idf = log(1 + (documents[i] - frequency + 0.5) / (frequency + 0.5));
            double found = sp_bm25_weight(documents[i], frequency, SP_WEIGHT_FULL);
            assert_true(fabs(found - idf * 2.2 * 1024) <= 0.51);
            assert_true(fabs(sp_bm25_weight(documents[i], frequency, 500) - found / 2) <= 1);
        }
    }
}

static void contribution_fits_and_counts(void **state)
{
    (void)state;
    assert_int_equal(sp_bm25_contribution(0, 1), 1);
    assert_int_equal(sp_bm25_contribution(SP_BM25_WEIGHT_MAX, UINT16_MAX), 16776705);
    assert_int_equal(sp_bm25_milli(SP_SCORE_ONE), 1000);
    assert_true(sp_bm25_weight(UINT32_MAX, 1, SP_WEIGHT_FULL) <= SP_BM25_WEIGHT_MAX);
}

static void extremes_stay_in_range(void **state)
{
    (void)state;
    assert_int_equal(sp_bm25_impact(UINT32_MAX, 1, UINT32_MAX), UINT16_MAX);
    assert_int_equal(sp_bm25_impact(1, UINT32_MAX, 1), 1);
    assert_int_equal(sp_bm25_average(0, 0), 1);
    assert_int_equal(sp_bm25_average(7, 2), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(impact_is_saturated_frequency),
        cmocka_unit_test(weight_is_inverse_document_frequency),
        cmocka_unit_test(contribution_fits_and_counts),
        cmocka_unit_test(extremes_stay_in_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
