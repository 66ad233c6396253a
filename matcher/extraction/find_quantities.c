/* SPDX-License-Identifier: EUPL-1.2 */
/** @file How much is needed: amounts with unit, period and multiplier. */
#include "matcher/extraction/finders.h"

#include <string.h>

enum { UNIT_WORDS_MAX = 4, TIMES_WORDS = 8, TIMES_MAX = 10000 };

/** Sentences whose numbers are conditions, money or procedure, not demand. */
#define NOT_DEMAND                                                                                 \
    (SP_CUE_BIT(SP_CUE_REFERENCES) | SP_CUE_BIT(SP_CUE_INSURANCE) | SP_CUE_BIT(SP_CUE_REVENUE) |   \
     SP_CUE_BIT(SP_CUE_FUNDS) | SP_CUE_BIT(SP_CUE_PROCEDURE) | SP_CUE_BIT(SP_CUE_WEIGHT) |         \
     SP_CUE_BIT(SP_CUE_DEADLINE))

/** Units that count services themselves, not what is served. */
static bool is_vague(const struct sp_unit *unit)
{
    static const char *const VAGUE[] = {"lump_sum", "order", "project", "post", "min"};
    for (size_t i = 0; i < sizeof VAGUE / sizeof *VAGUE; i++) {
        if (strcmp(unit->id, VAGUE[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool sp_ordinal_at(const struct sp_reading *reading, size_t index)
{
    static const char *const BEFORE[] = {
        "art.", "ust.", "pkt", "pkt.", "poz.", "nr",        "lit.",  "rozdz.",  "str.",   "zał.",
        "nr.",  "tel.", "cpv", "§",    "ul.",  "załącznik", "część", "zadanie", "pakiet", "lot"};
    struct sp_view after = sp_reading_gap(reading, index);
    if (sp_gap_has(after, ")") || sp_gap_has(after, ". ")) {
        return true; /* of a list: "3) wykaz", "4. min. 1 osoba" */
    }
    if (index == 0) {
        return false;
    }
    const struct sp_word *before = &reading->words[index - 1];
    struct sp_view gap = sp_reading_gap(reading, index - 1);
    if (sp_gap_has(gap, "§") || (gap.length == 1 && gap.data[0] == '/')) {
        return true;
    }
    for (size_t i = 0; i < sizeof BEFORE / sizeof *BEFORE; i++) {
        if (sp_word_form_is(before, BEFORE[i])) {
            return true;
        }
    }
    return false;
}

/** "2 m 2", "68 000 m 3": the exponent stands apart. */
static const struct sp_unit *split_metre(const struct sp_finding *finding, size_t at)
{
    const struct sp_reading *reading = finding->reading;
    if (at + 1 >= reading->count || !sp_word_form_is(&reading->words[at], "m")) {
        return NULL;
    }
    struct sp_view form = reading->words[at + 1].token->form;
    const char *id = sp_view_is(form, "2") ? "m2" : sp_view_is(form, "3") ? "m3" : NULL;
    return id == NULL ? NULL : sp_unit_find(finding->tools->vocabulary->units, sp_view_of(id));
}

/** Read the unit that begins at word @p at, the longest wording first. */
static bool unit_at(const struct sp_finding *finding, size_t at, struct sp_measure *measure,
                    size_t *last)
{
    const struct sp_reading *reading = finding->reading;
    const struct sp_units *units = finding->tools->vocabulary->units;
    const struct sp_unit *split = split_metre(finding, at);
    if (split != NULL) {
        *measure = (struct sp_measure){.unit = split};
        *last = at + 1;
        return true;
    }
    for (size_t length = UNIT_WORDS_MAX; length > 0; length--) {
        if (at + length > reading->count ||
            reading->words[at + length - 1].sentence != reading->words[at].sentence) {
            continue;
        }
        struct sp_view text = sp_reading_slice(reading, at, at + length - 1);
        struct sp_error ignored;
        if (sp_gap_has(text, ",") || sp_gap_has(text, "(")) {
            continue;
        }
        if (sp_measure_parse(units, text, "", measure, &ignored) == SP_OK && !measure->price &&
            measure->unit != NULL && !is_vague(measure->unit)) {
            *last = at + length - 1;
            while ((reading->words[*last].token->flags & SP_TOKEN_STOP) != 0) {
                (*last)--; /* "porcji dziennie w": read as a measure, but not its word */
            }
            return true;
        }
    }
    return false;
}

/** Read "miesięcznie", "na miesiąc", "w miesiącu", "każdego dnia", "w ciągu roku" after a unit. */
static const struct sp_period *period_after(const struct sp_finding *finding, size_t *last)
{
    static const char *const BETWEEN[] = {"na", "w",     "każdy", "ciąg", "skala",
                                          "za", "przez", "1",     NULL};
    const struct sp_reading *reading = finding->reading;
    size_t at = *last + 1;
    for (size_t steps = 0; at < reading->count && steps < 4; steps++, at++) {
        const struct sp_word *word = &reading->words[at];
        if (word->sentence != reading->words[*last].sentence) {
            return NULL;
        }
        const struct sp_period *period =
            sp_period_named(finding->tools->vocabulary->units, word->token->folded);
        if (period != NULL && period->numerator > 0) {
            bool adverb =
                steps == 0 && (sp_word_is(word, "dziennie") || sp_word_is(word, "miesięcznie") ||
                               sp_word_is(word, "tygodniowo") || sp_word_is(word, "rocznie") ||
                               sp_word_is(word, "dobowo"));
            if (!adverb && steps == 0) {
                return NULL; /* "30 osób lat ...": no preposition */
            }
            *last = at;
            return period;
        }
        bool joins = false;
        for (const char *const *between = BETWEEN; *between != NULL; between++) {
            joins = joins || sp_word_is(word, *between) || sp_word_form_is(word, *between);
        }
        if (!joins) {
            return NULL;
        }
    }
    return NULL;
}

/** Read "× 377 dni" right after the quantity, or "3-krotne" near it. */
static void read_times(const struct sp_finding *finding, size_t *last, struct sp_fact *fact)
{
    const struct sp_reading *reading = finding->reading;
    size_t at = *last + 1;
    struct sp_view gap = sp_reading_gap(reading, *last);
    bool sign = sp_gap_has(gap, "×") || sp_gap_has(gap, "*");
    if (at < reading->count && sp_word_form_is(&reading->words[at], "x")) {
        sign = true;
        at++;
    }
    if (sign && at + 1 < reading->count && reading->words[at].has_number &&
        reading->words[at].number >= 1 && reading->words[at].number <= TIMES_MAX) {
        fact->times = reading->words[at].number;
        fact->times_period = sp_period_named(finding->tools->vocabulary->units,
                                             reading->words[at + 1].token->folded);
        *last = fact->times_period == NULL ? at : at + 1;
        fact->end = reading->words[*last].token->end;
        return;
    }
    for (at = *last + 1; at < reading->count && at <= *last + TIMES_WORDS &&
                         reading->words[at].sentence == reading->words[*last].sentence;
         at++) {
        const struct sp_word *word = &reading->words[at];
        double times = sp_number_times(word);
        if (times == 0 && at > *last + 1 && reading->words[at - 1].has_number &&
            (sp_word_form_is(word, "razy") || sp_word_form_is(word, "krotnie"))) {
            times = reading->words[at - 1].number;
        }
        if (times > 1 && times <= TIMES_MAX) {
            fact->times = times;
            *last = at;
            return;
        }
        if (word->has_number && at + 1 < reading->count &&
            !sp_word_form_is(&reading->words[at + 1], "razy")) {
            return; /* another amount begins */
        }
    }
}

/** "powyżej 3,5 t" tells a kind, "24 godziny od zgłoszenia" a speed: no demand. */
static bool is_threshold(const struct sp_reading *reading, size_t index, size_t last)
{
    const struct sp_word *words = reading->words;
    return (index > 0 && (sp_word_form_is(&words[index - 1], "powyżej") ||
                          sp_word_form_is(&words[index - 1], "poniżej"))) ||
           (last + 1 < reading->count && sp_word_is(&words[last], "godzina") &&
            sp_word_form_is(&words[last + 1], "od"));
}

/** "maksymalnie 8 godzin dziennie" bounds a day; it is no demand. */
static bool is_limit(const struct sp_reading *reading, size_t index)
{
    return index > 0 && (sp_word_form_is(&reading->words[index - 1], "maksymalnie") ||
                         sp_word_form_is(&reading->words[index - 1], "max."));
}

static enum sp_status read_quantity(struct sp_finding *finding, size_t index, size_t *done)
{
    struct sp_reading *reading = finding->reading;
    const struct sp_word *word = &reading->words[index];
    struct sp_measure measure = {.unit = NULL};
    size_t unit = index + 1;
    size_t last = index;
    uint32_t confidence = SP_CERTAIN;
    if (unit < reading->count && reading->words[unit].has_number && reading->words[unit].in_words) {
        unit++; /* "45 (czterdziestu pięciu) osób" */
    }
    if (unit >= reading->count || reading->words[unit].sentence != word->sentence) {
        return SP_OK;
    }
    if (!unit_at(finding, unit, &measure, &last)) {
        confidence = SP_LIKELY; /* "45 gorących posiłków" */
        unit++;
        if (unit >= reading->count || reading->words[unit].sentence != word->sentence ||
            reading->words[unit - 1].has_number ||
            sp_gap_has(sp_reading_gap(reading, unit - 1), ",") ||
            (reading->words[unit - 1].token->flags & SP_TOKEN_STOP) != 0 ||
            !unit_at(finding, unit, &measure, &last)) {
            return SP_OK;
        }
    }
    struct sp_fact fact = sp_fact_of(finding, SP_FACT_QUANTITY, index, last, confidence);
    fact.amount = word->number;
    fact.amount_max = word->number_max;
    fact.unit = measure.unit;
    fact.period = measure.period != NULL ? measure.period : period_after(finding, &last);
    fact.end = reading->words[last].token->end;
    if ((fact.period != NULL && is_limit(reading, index)) || is_threshold(reading, index, last)) {
        *done = last;
        return SP_OK;
    }
    read_times(finding, &last, &fact);
    sp_words_use(reading, index, last);
    *done = last;
    return sp_fact_add(finding, &fact);
}

enum sp_status sp_find_quantities(struct sp_finding *finding)
{
    struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < reading->count; i++) {
        const struct sp_word *word = &reading->words[i];
        if (!word->has_number || word->used || word->number <= 0 ||
            (word->in_words && word->number < 2) || sp_percent_at(reading, i) ||
            sp_ordinal_at(reading, i) || finding->demanding[word->sentence] ||
            sp_sentence_has(finding, i, NOT_DEMAND)) {
            continue;
        }
        status = read_quantity(finding, i, &i);
    }
    return status;
}
