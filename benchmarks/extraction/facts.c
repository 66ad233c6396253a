/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * facts SHARE < TEXT: print the facts of a text, one a line, with the words they came from.
 */
#include <stdio.h>

#include "base/buffer.h"
#include "matcher/extraction/cues.h"
#include "matcher/extraction/extraction.h"

enum { ARENA_BYTES = 512 << 20, TEXT_BYTES = 8 << 20 };

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
    struct sp_buffer line;
    sp_buffer_init(&line, sizeof text);
    status = status == SP_OK ? sp_extract(&tools, sp_view_from(text, length), arena, &facts, err)
                             : status;
    for (size_t i = 0; status == SP_OK && i < facts.count; i++) {
        sp_buffer_clear(&line);
        sp_fact_write(sp_view_from(text, length), &facts.items[i], &line);
        printf("%u (%u) %.*s\n", facts.items[i].sentence, facts.items[i].confidence,
               SP_VIEW_ARGS(sp_buffer_view(&line)));
    }
    sp_buffer_release(&line);
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
