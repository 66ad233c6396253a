/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Any text as a CPV code, a measure, a typed place, and as running text to look for places and
 * services in. Property: nothing crashes; every span lies inside the text, on character borders and
 * in order; every place and service comes from the tables; a parsed code and measure are whole.
 */
#include <stdint.h>
#include <stdlib.h>

#include "matcher/vocabulary/vocabulary.h"

enum { ARENA_BYTES = 64 << 20, TEXT_MAX_BYTES = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct tables {
    struct sp_language *language;
    struct sp_analyser *analyser;
    struct sp_vocabulary *vocabulary;
    struct sp_arena *arena;
};

static void open_tables(struct tables *tables)
{
    const char *share = getenv("SPOINA_SHARE");
    SP_ASSERT(share != NULL);
    SP_ASSERT(sp_language_open(share, &tables->language, NULL) == SP_OK);
    SP_ASSERT(sp_analyser_new(tables->language, &tables->analyser, NULL) == SP_OK);
    SP_ASSERT(sp_vocabulary_open(share, tables->analyser, &tables->vocabulary, NULL) == SP_OK);
    tables->arena = sp_arena_new(ARENA_BYTES);
    SP_ASSERT(tables->arena != NULL);
}

static bool is_border(struct sp_view text, size_t at)
{
    return at == text.length || (at < text.length && ((unsigned char)text.data[at] & 0xC0) != 0x80);
}

static void check_codes(const struct tables *tables, struct sp_view text)
{
    const struct sp_cpv *code = NULL;
    if (sp_cpv_parse(tables->vocabulary->cpv, text, "cpv", &code, NULL) == SP_OK) {
        SP_ASSERT(sp_cpv_find(tables->vocabulary->cpv, sp_view_from(code->code, SP_CPV_DIGITS)) ==
                  code);
    }
    struct sp_measure measure;
    if (sp_measure_parse(tables->vocabulary->units, text, "unit", &measure, NULL) == SP_OK) {
        SP_ASSERT(measure.unit != NULL || (measure.price && measure.period != NULL));
        double same = 0;
        SP_ASSERT(sp_measure_convert(&measure, &measure, 2.5, &same, NULL) == SP_OK);
        SP_ASSERT(same == 2.5);
    }
}

static void check_places(const struct tables *tables, struct sp_view text,
                         const struct sp_token_list *tokens)
{
    struct sp_place_mention one;
    enum sp_status status = sp_gazetteer_resolve(tables->vocabulary->gazetteer, tables->analyser,
                                                 text, sp_view_of("02"), tables->arena, &one, NULL);
    SP_ASSERT(status != SP_OK || one.candidate_count > 0);
    struct sp_place_mention_list list;
    SP_ASSERT(sp_gazetteer_scan(tables->vocabulary->gazetteer, tokens, sp_view_of("02"),
                                tables->arena, &list, NULL) == SP_OK);
    size_t end = 0;
    for (size_t i = 0; i < list.count; i++) {
        const struct sp_place_mention *mention = &list.items[i];
        SP_ASSERT(mention->start >= end && mention->start < mention->end);
        SP_ASSERT(is_border(text, mention->start) && is_border(text, mention->end));
        SP_ASSERT(mention->first_token + mention->token_count <= tokens->count);
        SP_ASSERT(mention->candidate_count > 0 &&
                  mention->candidate_count <= SP_PLACE_CANDIDATES_MAX);
        end = mention->end;
    }
}

static void check_services(const struct tables *tables, struct sp_view text,
                           const struct sp_token_list *tokens)
{
    struct sp_service_hit_list hits;
    SP_ASSERT(sp_services_scan(tables->vocabulary->services, tokens, 0, tables->arena, &hits,
                               NULL) == SP_OK);
    for (size_t i = 0; i < hits.count; i++) {
        const struct sp_service_hit *hit = &hits.items[i];
        SP_ASSERT(hit->start < hit->end);
        SP_ASSERT(is_border(text, hit->start) && is_border(text, hit->end));
        SP_ASSERT(hit->first_token + hit->token_count <= tokens->count);
        SP_ASSERT(hit->phrase >= hit->service->phrases &&
                  hit->phrase < hit->service->phrases + hit->service->phrase_count);
        SP_ASSERT(i == 0 || hits.items[i - 1].start <= hit->start);
    }
    struct sp_synonym_list synonyms;
    SP_ASSERT(sp_services_synonyms(tables->vocabulary->services, tokens, SP_PHRASE_ENTITY,
                                   tables->arena, &synonyms, NULL) == SP_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tables tables; /* opened once: the fuzzer calls from one thread */
    if (tables.arena == NULL) {
        open_tables(&tables);
    }
    if (size > TEXT_MAX_BYTES) {
        return 0;
    }
    struct sp_view text = sp_view_from((const char *)data, size);
    sp_arena_reset(tables.arena);
    check_codes(&tables, text);
    struct sp_token_list tokens;
    if (sp_analyse(tables.analyser, text, 0, tables.arena, &tokens, NULL) == SP_OK) {
        check_places(&tables, text, &tokens);
        check_services(&tables, text, &tokens);
    }
    return 0;
}
