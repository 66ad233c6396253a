/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Extraction: the finders in order, and what they share; see extraction.h. */
#include "matcher/extraction/extraction.h"

#include <stdlib.h>
#include <string.h>

#include "matcher/extraction/finders.h"

_Static_assert(SP_CUE_COUNT <= 64, "a set of cues is 64 bits");

enum { FIRST_CAPACITY = 64 };

struct sp_fact sp_fact_of(const struct sp_finding *finding, enum sp_fact_kind kind, size_t first,
                          size_t last, uint32_t confidence)
{
    const struct sp_word *words = finding->reading->words;
    return (struct sp_fact){
        .kind = kind,
        .start = words[first].token->start,
        .end = words[last].token->end,
        .sentence = words[first].sentence,
        .confidence = confidence,
        .times = 1,
        .from = SP_DAY_UNKNOWN,
        .to = SP_DAY_UNKNOWN,
        .minute_from = SP_MINUTE_UNKNOWN,
        .minute_to = SP_MINUTE_UNKNOWN,
    };
}

enum sp_status sp_fact_add(struct sp_finding *finding, const struct sp_fact *fact)
{
    if (finding->count == finding->capacity) {
        size_t capacity = finding->capacity == 0 ? FIRST_CAPACITY : 2 * finding->capacity;
        struct sp_fact *facts = sp_arena_calloc(finding->arena, capacity, sizeof *facts);
        if (facts == NULL) {
            return SP_FAIL_NOMEM(finding->err);
        }
        if (finding->count > 0) {
            memcpy(facts, finding->facts, finding->count * sizeof *facts);
        }
        finding->facts = facts;
        finding->capacity = capacity;
    }
    finding->facts[finding->count++] = *fact;
    return SP_OK;
}

bool sp_sentence_has(const struct sp_finding *finding, size_t index, uint64_t cues)
{
    return (finding->sentence_cues[finding->reading->words[index].sentence] & cues) != 0;
}

bool sp_percent_at(const struct sp_reading *reading, size_t index)
{
    size_t end = reading->words[index].token->end;
    struct sp_view rest = sp_view_from(reading->text.data + end, reading->text.length - end);
    while (rest.length > 0 && (rest.data[0] == ' ' || rest.data[0] == ')')) {
        rest.data++;
        rest.length--;
    }
    return (rest.length > 0 && rest.data[0] == '%') ||
           (index + 1 < reading->count && sp_word_is(&reading->words[index + 1], "procent"));
}

void sp_words_use(struct sp_reading *reading, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++) {
        reading->words[i].used = true;
    }
}

/** A line that ends with a colon speaks for the next one: "Termin realizacji:" and then the dates.
 */
static void inherit_headings(struct sp_finding *finding)
{
    static const uint64_t TOPICS = SP_CUE_BIT(SP_CUE_PERFORMANCE) | SP_CUE_BIT(SP_CUE_PLACE) |
                                   SP_CUE_BIT(SP_CUE_VALUE) | SP_CUE_BIT(SP_CUE_DEADLINE);
    const struct sp_reading *reading = finding->reading;
    for (size_t i = 0; i + 1 < reading->count; i++) {
        uint32_t sentence = reading->words[i].sentence;
        if (sentence < reading->words[i + 1].sentence &&
            sp_gap_has(sp_reading_gap(reading, i), ":")) {
            finding->sentence_cues[sentence + 1] |= finding->sentence_cues[sentence] & TOPICS;
        }
    }
}

/** Gather the cues of each sentence into a set. */
static enum sp_status gather_cues(struct sp_finding *finding)
{
    enum sp_status status = sp_cues_find(finding->tools->cues, finding->reading, finding->arena,
                                         &finding->cues, finding->err);
    if (status != SP_OK) {
        return status;
    }
    finding->sentence_cues = sp_arena_calloc(finding->arena, finding->reading->sentence_count + 1,
                                             sizeof *finding->sentence_cues);
    finding->demanding = sp_arena_calloc(finding->arena, finding->reading->sentence_count + 1,
                                         sizeof *finding->demanding);
    if (finding->sentence_cues == NULL || finding->demanding == NULL) {
        return SP_FAIL_NOMEM(finding->err);
    }
    for (size_t i = 0; i < finding->cues.count; i++) {
        const struct sp_cue_hit *hit = &finding->cues.items[i];
        uint32_t sentence = finding->reading->words[hit->first].sentence;
        finding->sentence_cues[sentence] |= SP_CUE_BIT(hit->cue);
    }
    inherit_headings(finding);
    return SP_OK;
}

static int compare_facts(const void *left, const void *right)
{
    const struct sp_fact *a = left;
    const struct sp_fact *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    return (a->kind > b->kind) - (a->kind < b->kind);
}

enum sp_status sp_extract(const struct sp_extraction_tools *tools, struct sp_view text,
                          struct sp_arena *arena, struct sp_fact_list *out, struct sp_error *err)
{
    static enum sp_status (*const FINDERS[])(struct sp_finding *) = {
        sp_find_lots,       sp_find_dates,    sp_find_hours,    sp_find_terms,
        sp_find_conditions, sp_find_clauses,  sp_find_criteria, sp_find_values,
        sp_find_quantities, sp_find_services, sp_find_places,
    };
    struct sp_reading reading;
    struct sp_finding finding = {.tools = tools, .arena = arena, .reading = &reading, .err = err};
    enum sp_status status = sp_reading_make(tools->analyser, text, arena, &reading, err);
    if (status == SP_OK) {
        status = gather_cues(&finding);
    }
    for (size_t i = 0; status == SP_OK && i < sizeof FINDERS / sizeof *FINDERS; i++) {
        status = FINDERS[i](&finding);
    }
    if (status != SP_OK) {
        return status;
    }
    if (finding.count > 0) {
        qsort(finding.facts, finding.count, sizeof *finding.facts, compare_facts);
    }
    *out = (struct sp_fact_list){finding.facts, finding.count};
    return SP_OK;
}
