/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Sums of money, and the estimated value of the contract. */
#include <math.h>

#include "matcher/extraction/finders.h"

enum { GROSZ_A_ZLOTY = 100 };
static const double MONEY_MAX_ZLOTY = 1e13;

/** Factor of "tys.", "mln", "mld", "tysięcy", "milionów"; 0: no such word. */
static double magnitude(const struct sp_word *word)
{
    if (sp_word_form_is(word, "tys.") || sp_word_form_is(word, "tys") ||
        sp_word_is(word, "tysiąc")) {
        return 1e3;
    }
    if (sp_word_form_is(word, "mln") || sp_word_form_is(word, "mln.") ||
        sp_word_is(word, "milion")) {
        return 1e6;
    }
    if (sp_word_form_is(word, "mld") || sp_word_is(word, "miliard")) {
        return 1e9;
    }
    return 0;
}

static bool is_zloty(const struct sp_word *word)
{
    return sp_word_is(word, "zł") || sp_word_is(word, "złoty") || sp_word_form_is(word, "pln") ||
           sp_word_form_is(word, "zł.");
}

bool sp_money_at(const struct sp_reading *reading, size_t index, int64_t *grosz, size_t *last)
{
    const struct sp_word *words = reading->words;
    if (!words[index].has_number || words[index].in_words) {
        return false;
    }
    double amount = words[index].number;
    size_t at = index + 1;
    if (at < reading->count && magnitude(&words[at]) > 0) {
        amount *= magnitude(&words[at]);
        at++;
    }
    if (at >= reading->count || words[at].sentence != words[index].sentence ||
        !is_zloty(&words[at]) || amount > MONEY_MAX_ZLOTY) {
        return false;
    }
    *grosz = llround(amount * GROSZ_A_ZLOTY);
    *last = at;
    return true;
}

size_t sp_money_between(const struct sp_reading *reading, size_t from, size_t to, int64_t *grosz,
                        size_t *last)
{
    for (size_t i = from; i < to; i++) {
        if (sp_money_at(reading, i, grosz, last) && *last < to) {
            return i;
        }
    }
    return SIZE_MAX;
}

enum sp_status sp_find_values(struct sp_finding *finding)
{
    struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < reading->count; i++) {
        int64_t grosz = 0;
        size_t last = i;
        if (reading->words[i].used || !sp_money_at(reading, i, &grosz, &last)) {
            continue;
        }
        sp_words_use(reading, i, last);
        if (sp_sentence_has(finding, i, SP_CUE_BIT(SP_CUE_VALUE)) &&
            !sp_sentence_has(finding, i,
                             SP_CUE_BIT(SP_CUE_PROCEDURE) | SP_CUE_BIT(SP_CUE_INSURANCE) |
                                 SP_CUE_BIT(SP_CUE_REFERENCES) | SP_CUE_BIT(SP_CUE_REVENUE) |
                                 SP_CUE_BIT(SP_CUE_FUNDS) | SP_CUE_BIT(SP_CUE_AT_LEAST)) &&
            grosz > 0) {
            struct sp_fact fact = sp_fact_of(finding, SP_FACT_VALUE, i, last, SP_LIKELY);
            fact.grosz = grosz;
            status = sp_fact_add(finding, &fact);
        }
    }
    return status;
}
