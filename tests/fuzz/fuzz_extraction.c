/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Any text, searched for facts and made into a draft. Property: nothing crashes; what is not UTF-8
 * is refused; facts are in order and lie in the text; the same text gives the same facts; the
 * completed draft has at least one lot.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "matcher/extraction/complete.h"
#include "matcher/extraction/cues.h"

enum { ARENA_BYTES = 256 << 20, TEXT_MAX_BYTES = 8192 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct tables {
    struct sp_extraction_tools tools;
    struct sp_arena *arena;
};

static void open_tables(struct tables *tables)
{
    const char *share = getenv("SPOINA_SHARE");
    struct sp_language *language = NULL;
    struct sp_analyser *analyser = NULL;
    struct sp_vocabulary *vocabulary = NULL;
    struct sp_rulebook *rulebook = NULL;
    struct sp_cue_table *cues = NULL;
    SP_ASSERT(share != NULL);
    SP_ASSERT(sp_language_open(share, &language, NULL) == SP_OK);
    SP_ASSERT(sp_analyser_new(language, &analyser, NULL) == SP_OK);
    SP_ASSERT(sp_vocabulary_open(share, analyser, &vocabulary, NULL) == SP_OK);
    SP_ASSERT(sp_rulebook_open(share, &rulebook, NULL) == SP_OK);
    SP_ASSERT(sp_cue_table_open(share, analyser, &cues, NULL) == SP_OK);
    tables->tools =
        (struct sp_extraction_tools){analyser, vocabulary, cues, rulebook, sp_view_of("02")};
    tables->arena = sp_arena_new(ARENA_BYTES);
    SP_ASSERT(tables->arena != NULL);
}

static void check_facts(const struct sp_fact_list *facts, struct sp_view text)
{
    for (size_t i = 0; i < facts->count; i++) {
        const struct sp_fact *fact = &facts->items[i];
        SP_ASSERT(fact->start < fact->end && fact->end <= text.length);
        SP_ASSERT(i == 0 || fact->start >= facts->items[i - 1].start);
        SP_ASSERT(fact->confidence <= 1000 && fact->times >= 1);
    }
}

static void search(struct tables *tables, struct sp_view text)
{
    struct sp_fact_list once = {NULL, 0};
    struct sp_fact_list again = {NULL, 0};
    bool valid = sp_utf8_check(text) == text.length;
    enum sp_status status = sp_extract(&tables->tools, text, tables->arena, &once, NULL);
    SP_ASSERT(status == (valid ? SP_OK : SP_INVALID));
    if (!valid) {
        return;
    }
    check_facts(&once, text);
    SP_ASSERT(sp_extract(&tables->tools, text, tables->arena, &again, NULL) == SP_OK);
    SP_ASSERT(once.count == again.count);
    for (size_t i = 0; i < once.count; i++) {
        SP_ASSERT(once.items[i].start == again.items[i].start &&
                  once.items[i].kind == again.items[i].kind);
    }
}

static void complete(struct tables *tables, struct sp_view text)
{
    Spoina__V1__Draft draft = SPOINA__V1__DRAFT__INIT;
    draft.title = (char *)"Usługi opiekuńcze";
    enum sp_status status = sp_draft_complete(&tables->tools, text, &draft, tables->arena, NULL);
    SP_ASSERT(status != SP_OK || draft.n_lots > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tables tables;
    if (tables.arena == NULL) {
        open_tables(&tables);
    }
    struct sp_view text = sp_view_from((const char *)data, size);
    if (size > TEXT_MAX_BYTES || (size > 0 && memchr(data, '\0', size) != NULL)) {
        return 0;
    }
    sp_arena_reset(tables.arena);
    search(&tables, text);
    complete(&tables, text);
    return 0;
}
