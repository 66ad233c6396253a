/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Any text, asked for codes once with nothing learned and once after learning it. Property: nothing
 * crashes; what is not UTF-8 is refused; suggestions are in order, each code once, each with words
 * of the text.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "matcher/suggest/suggest.h"

enum { ARENA_BYTES = 64 << 20, TEXT_MAX_BYTES = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct tables {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_suggester *suggester;
    struct sp_arena *arena;
};

static void open_tables(struct tables *tables)
{
    const char *share = getenv("SPOINA_SHARE");
    SP_ASSERT(share != NULL);
    SP_ASSERT(sp_language_open(share, &tables->language, NULL) == SP_OK);
    SP_ASSERT(sp_analyser_new(tables->language, &tables->analyser, NULL) == SP_OK);
    SP_ASSERT(sp_vocabulary_open(share, tables->analyser, &tables->vocabulary, NULL) == SP_OK);
    SP_ASSERT(sp_suggester_open(share, tables->vocabulary, tables->analyser, &tables->suggester,
                                NULL) == SP_OK);
    tables->arena = sp_arena_new(ARENA_BYTES);
    SP_ASSERT(tables->arena != NULL);
}

static void check_answer(const struct sp_suggest_answer *answer, struct sp_view text)
{
    SP_ASSERT(answer->count <= SP_SUGGEST_LIMIT_MAX);
    for (size_t i = 0; i < answer->count; i++) {
        const struct sp_suggestion *item = &answer->items[i];
        SP_ASSERT(item->score >= 1 && item->score <= SP_SUGGEST_SCORE_MAX);
        SP_ASSERT(i == 0 || item->score <= answer->items[i - 1].score);
        SP_ASSERT(item->because_count >= 1 && item->because_count <= SP_BECAUSE_MAX);
        for (size_t k = 0; k < item->because_count; k++) {
            struct sp_view word = item->because[k];
            SP_ASSERT(word.length > 0 && word.data >= text.data &&
                      word.data + word.length <= text.data + text.length);
        }
        for (size_t k = 0; k < i; k++) {
            SP_ASSERT(answer->items[k].cpv != item->cpv);
        }
    }
}

static void ask(struct tables *tables, const struct sp_lessons *lessons, struct sp_view text)
{
    struct sp_suggest_request request = {.text = text, .limit = SP_SUGGEST_LIMIT_MAX};
    struct sp_suggest_answer answer;
    sp_arena_reset(tables->arena);
    enum sp_status status = sp_suggest_codes(tables->suggester, lessons, tables->analyser, &request,
                                             tables->arena, &answer, NULL);
    SP_ASSERT(status == (sp_utf8_check(text) == text.length ? SP_OK : SP_INVALID));
    check_answer(&answer, text);
}

static void learn_and_ask(struct tables *tables, struct sp_view text)
{
    struct sp_lessons_builder *builder = NULL;
    struct sp_lessons *lessons = NULL;
    const struct sp_cpv *code = sp_cpv_find(tables->vocabulary->cpv, sp_view_of("90910000"));
    SP_ASSERT(sp_lessons_builder_new(tables->vocabulary, &builder, NULL) == SP_OK);
    for (int i = 0; i < 2; i++) {
        enum sp_status status = sp_suggest_learn(builder, tables->analyser, text, &code, 1, NULL);
        SP_ASSERT(status == SP_OK || status == SP_INVALID);
    }
    SP_ASSERT(sp_lessons_builder_finish(builder, &lessons, NULL) == SP_OK);
    SP_ASSERT(sp_lessons_count(lessons) == 0 || sp_lessons_count(lessons) == 2);
    ask(tables, lessons, text);
    sp_lessons_unref(lessons);
    sp_lessons_builder_free(builder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tables tables;
    if (tables.arena == NULL) {
        open_tables(&tables);
    }
    if (size > TEXT_MAX_BYTES) {
        return 0;
    }
    struct sp_view text = sp_view_from((const char *)data, size);
    ask(&tables, NULL, text);
    learn_and_ask(&tables, text);
    return 0;
}
