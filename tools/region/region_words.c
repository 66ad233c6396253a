/* SPDX-License-Identifier: EUPL-1.2 */
#include "tools/region/region_words.h"

#include <string.h>

#include "matcher/vocabulary/data_table.h"

/* Which of @p names the field says; SP_CORRUPT if none. */
static enum sp_status find_name(const struct sp_data_table *table, const struct sp_data_row *row,
                                size_t field, const char *const *names, size_t count, size_t *out,
                                struct sp_error *err)
{
    for (*out = 0; *out < count; ++*out) {
        if (strcmp(names[*out], row->fields[field]) == 0) {
            return SP_OK;
        }
    }
    return sp_data_table_bad(table, row, row->fields[field], "nieznana nazwa", "unknown name", err);
}

static struct sp_region_service *find_service(struct sp_region *region, const char *id)
{
    for (size_t i = 0; i < region->service_count; i++) {
        if (strcmp(region->services[i].id, id) == 0) {
            return &region->services[i];
        }
    }
    return NULL;
}

/* Phrases of one service stand together, so that a part's texts are counted first, then pointed at.
 */
static enum sp_status read_phrases(struct sp_region *region, const char *directory,
                                   struct sp_error *err)
{
    static const char *const parts[SP_REGION_PARTS] = {"title", "work", "detail", "amount", "tool"};
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "phrases.tsv", 3, 3, region->arena, &table, err);
    for (size_t i = 0; status == SP_OK && i < table.row_count; i++) {
        const struct sp_data_row *row = &table.rows[i];
        struct sp_region_service *service = find_service(region, row->fields[0]);
        size_t part = 0;
        status = find_name(&table, row, 1, parts, SP_REGION_PARTS, &part, err);
        if (status != SP_OK) {
            return status;
        }
        if (service == NULL) {
            return sp_data_table_bad(&table, row, row->fields[0], "nieznana usługa",
                                     "unknown service", err);
        }
        struct sp_region_texts *texts = &service->texts[part];
        if (texts->items == NULL) {
            texts->items =
                sp_arena_calloc(region->arena, table.row_count - i, sizeof *texts->items);
            if (texts->items == NULL) {
                return SP_FAIL_NOMEM(err);
            }
        }
        texts->items[texts->count++] = row->fields[2];
    }
    return status;
}

static enum sp_status read_names(struct sp_region *region, const char *directory,
                                 struct sp_error *err)
{
    static const char *const parts[] = {"m", "f", "n", "adjective"};
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "names.tsv", 2, 4, region->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    region->adjectives =
        sp_arena_calloc(region->arena, table.row_count, sizeof *region->adjectives);
    for (size_t gender = 0; gender < 3; gender++) {
        region->nouns[gender].items =
            sp_arena_calloc(region->arena, table.row_count, sizeof(char *));
        if (region->nouns[gender].items == NULL || region->adjectives == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    for (size_t i = 0; i < table.row_count && status == SP_OK; i++) {
        const struct sp_data_row *row = &table.rows[i];
        size_t part = 0;
        status = find_name(&table, row, 0, parts, SP_COUNT(parts), &part, err);
        if (status == SP_OK && part < 3) {
            struct sp_region_texts *nouns = &region->nouns[part];
            nouns->items[nouns->count++] = row->fields[1];
        } else if (status == SP_OK) {
            memcpy(region->adjectives[region->adjective_count++], row->fields + 1,
                   sizeof *region->adjectives);
        }
    }
    return status;
}

static enum sp_status read_sentences(struct sp_region *region, const char *directory,
                                     struct sp_error *err)
{
    static const char *const parts[SP_REGION_SENTENCES] = {"fiction", "about",  "near", "far",
                                                           "region",  "radius", "more", "free"};
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "sentences.tsv", 3, 3, region->arena, &table, err);
    for (size_t part = 0; part < SP_REGION_SENTENCES && status == SP_OK; part++) {
        region->said[part] =
            sp_arena_calloc(region->arena, table.row_count, sizeof *region->said[part]);
        if (region->said[part] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
    }
    for (size_t i = 0; status == SP_OK && i < table.row_count; i++) {
        const char *const *fields = table.rows[i].fields;
        size_t part = 0;
        status = find_name(&table, &table.rows[i], 0, parts, SP_REGION_SENTENCES, &part, err);
        if (status == SP_OK) {
            region->said[part][region->said_count[part]++] =
                (struct sp_region_said){fields[1], fields[2]};
        }
    }
    return status;
}

/* What the generator takes for granted, so that it need not ask for each entity. */
static enum sp_status check_complete(const struct sp_region *region, struct sp_error *err)
{
    for (size_t i = 0; i < region->service_count; i++) {
        const struct sp_region_service *service = &region->services[i];
        if (service->texts[SP_REGION_TITLE].count == 0 ||
            service->texts[SP_REGION_WORK].count == 0) {
            return SP_FAIL(err, SP_CORRUPT, "phrases.tsv", "phrases.tsv: usługa %s bez słów.",
                           "phrases.tsv: service %s has no words.", service->id);
        }
    }
    for (size_t part = 0; part < SP_REGION_SENTENCES; part++) {
        if (region->said_count[part] == 0) {
            return SP_FAIL(err, SP_CORRUPT, "sentences.tsv", "sentences.tsv: brak części %zu.",
                           "sentences.tsv: part %zu is missing.", part);
        }
    }
    if (region->adjective_count == 0 || region->nouns[0].count == 0 ||
        region->nouns[1].count == 0 || region->nouns[2].count == 0) {
        return SP_FAIL(err, SP_CORRUPT, "names.tsv",
                       "names.tsv: brak przymiotników lub rzeczowników.",
                       "names.tsv: adjectives or nouns are missing.");
    }
    return SP_OK;
}

enum sp_status sp_region_read_words(struct sp_region *region, const char *directory,
                                    struct sp_error *err)
{
    enum sp_status status = read_phrases(region, directory, err);
    if (status == SP_OK) {
        status = read_names(region, directory, err);
    }
    if (status == SP_OK) {
        status = read_sentences(region, directory, err);
    }
    return status != SP_OK ? status : check_complete(region, err);
}
