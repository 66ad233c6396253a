/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * facts SHARE < TEXT: print the facts of a text, one a line, with the words they came from.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/file.h"
#include "matcher/extraction/cues.h"
#include "matcher/extraction/extraction.h"

enum { ARENA_BYTES = 512 << 20, TEXT_BYTES = 8 << 20 };

static void print_day(const char *label, sp_day day)
{
    char text[11];
    if (day != SP_DAY_UNKNOWN) {
        sp_day_format(day, text);
        printf(" %s=%s", label, text);
    }
}

static void print_fact(struct sp_view text, const struct sp_fact *fact)
{
    printf("%u %s", fact->sentence, sp_fact_kind_name(fact->kind));
    if (fact->amount > 0) {
        printf(" amount=%g", fact->amount);
    }
    if (fact->amount_max > fact->amount) {
        printf("..%g", fact->amount_max);
    }
    if (fact->unit != NULL) {
        printf(" unit=%s", fact->unit->id);
    }
    if (fact->period != NULL) {
        printf(" period=%s", fact->period->id);
    }
    if (fact->times != 1) {
        printf(" times=%g%s%s", fact->times, fact->times_period == NULL ? "" : " ",
               fact->times_period == NULL ? "" : fact->times_period->id);
    }
    print_day("from", fact->from);
    print_day("to", fact->to);
    if (fact->minute_from >= 0) {
        printf(" from=%d:%02d", fact->minute_from / 60, fact->minute_from % 60);
    }
    if (fact->minute_to >= 0) {
        printf(" to=%d:%02d", fact->minute_to / 60, fact->minute_to % 60);
    }
    if (fact->grosz > 0) {
        printf(" grosz=%" PRId64, fact->grosz);
    }
    if (fact->place != NULL) {
        printf(" place=%s", fact->place->label);
    }
    if (fact->service != NULL) {
        printf(" service=%s", fact->service->id);
    }
    if (fact->kind == SP_FACT_CONDITION) {
        printf(" condition=%d wording=%d", fact->condition, fact->wording);
    }
    if (fact->kind == SP_FACT_CLAUSE) {
        printf(" clause=%d", fact->clause);
    }
    if (fact->kind == SP_FACT_CRITERION) {
        printf(" criterion=%d", fact->criterion);
    }
    if (fact->count > 0) {
        printf(" count=%u", fact->count);
    }
    if (fact->months > 0) {
        printf(" months=%u", fact->months);
    }
    if (fact->percent > 0) {
        printf(" percent=%u", fact->percent);
    }
    for (size_t i = 0; i < fact->group_count; i++) {
        printf(" group=%d", fact->groups[i]);
    }
    if (fact->name.length > 0) {
        printf(" name=‘%.*s’", SP_VIEW_ARGS(fact->name));
    }
    printf(" (%u) | %.*s\n", fact->confidence, (int)(fact->end - fact->start),
           text.data + fact->start);
}

static enum sp_status run(const char *share, struct sp_error *err)
{
    static char text[TEXT_BYTES];
    size_t length = fread(text, 1, sizeof text, stdin);
    struct sp_language *language = NULL;
    struct sp_analyser *analyser = NULL;
    struct sp_vocabulary *vocabulary = NULL;
    struct sp_rulebook *rulebook = NULL;
    struct sp_cue_table *cues = NULL;
    struct sp_arena *arena = sp_arena_new(ARENA_BYTES);
    enum sp_status status = sp_language_open(share, &language, err);
    status = status == SP_OK ? sp_analyser_new(language, &analyser, err) : status;
    status = status == SP_OK ? sp_vocabulary_open(share, analyser, &vocabulary, err) : status;
    status = status == SP_OK ? sp_rulebook_open(share, &rulebook, err) : status;
    status = status == SP_OK ? sp_cue_table_open(share, analyser, &cues, err) : status;
    struct sp_extraction_tools tools = {analyser, vocabulary, cues, rulebook, sp_view_of("02")};
    struct sp_fact_list facts = {NULL, 0};
    status = status == SP_OK ? sp_extract(&tools, sp_view_from(text, length), arena, &facts, err)
                             : status;
    for (size_t i = 0; status == SP_OK && i < facts.count; i++) {
        print_fact(sp_view_from(text, length), &facts.items[i]);
    }
    sp_cue_table_free(cues);
    sp_rulebook_free(rulebook);
    sp_vocabulary_free(vocabulary);
    sp_analyser_free(analyser);
    sp_language_free(language);
    sp_arena_free(arena);
    return status;
}

int main(int count, char **arguments)
{
    struct sp_error err = {.status = SP_OK};
    if (count != 2) {
        (void)fputs("Usage: facts SHARE < TEXT\n", stderr);
        return 2;
    }
    if (run(arguments[1], &err) != SP_OK) {
        (void)fprintf(stderr, "%s: %s\n", err.place, err.english);
        return 1;
    }
    return 0;
}
