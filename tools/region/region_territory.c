/* SPDX-License-Identifier: EUPL-1.2 */
#include "tools/region/region_territory.h"

#include <string.h>

#include "base/view.h"
#include "matcher/vocabulary/data_table.h"

enum {
    FIRST_CITY_NUMBER = 61,  /* TERYT: powiats from 61 on are cities with powiat rights */
    RESIDENTS_UNKNOWN = 2000 /* weight of a gmina whose seat has no known population */
};

int64_t sp_region_gmina_weight(const struct sp_place *gmina)
{
    return gmina->population == 0 ? RESIDENTS_UNKNOWN : (int64_t)gmina->population;
}

static enum sp_status find_gminas(const struct sp_region *region, struct sp_region_powiat *powiat,
                                  struct sp_error *err)
{
    size_t count = 0;
    const struct sp_place *all = sp_territory_all(region->territory, &count);
    struct sp_view code = sp_view_of(powiat->place->teryt);
    for (int pass = 0; pass < 2; pass++) { /* count, then fill */
        powiat->gmina_count = 0;
        for (size_t i = 0; i < count; i++) {
            if (all[i].level != SP_PLACE_GMINA || !sp_teryt_holds(code, sp_view_of(all[i].teryt))) {
                continue;
            }
            if (pass == 1) {
                powiat->gminas[powiat->gmina_count] = &all[i];
                powiat->residents += sp_region_gmina_weight(&all[i]);
            }
            powiat->gmina_count++;
        }
        if (pass == 0) {
            powiat->gminas =
                sp_arena_calloc(region->arena, powiat->gmina_count, sizeof(struct sp_place *));
            if (powiat->gminas == NULL) {
                return SP_FAIL_NOMEM(err);
            }
        }
    }
    if (powiat->gmina_count == 0) {
        return SP_FAIL(err, SP_CORRUPT, "powiats.tsv", "powiats.tsv: powiat %s nie ma gmin.",
                       "powiats.tsv: powiat %s has no gminas.", powiat->place->teryt);
    }
    return SP_OK;
}

/* Square of the distance on a plane at 51 degrees north, in (1e-5 degrees of latitude)^2: enough to
 * order neighbours, and in integers. */
static int64_t plane_distance(const struct sp_place *a, const struct sp_place *b)
{
    int64_t north = (int64_t)a->latitude_e5 - b->latitude_e5;
    int64_t east = ((int64_t)a->longitude_e5 - b->longitude_e5) * 63 / 100; /* cos 51 deg = 0.63 */
    return north * north + east * east;
}

/* Keep the nearest ones in order by insertion; equal distances by TERYT, the order of the table. */
static void find_neighbours(const struct sp_region *region, struct sp_region_powiat *powiat)
{
    size_t count = 0;
    for (size_t i = 0; i < region->powiat_count; i++) {
        const struct sp_region_powiat *other = &region->powiats[i];
        if (other == powiat) {
            continue;
        }
        size_t at = count < SP_REGION_NEIGHBOURS ? count++ : SP_REGION_NEIGHBOURS;
        while (at > 0 && plane_distance(powiat->place, other->place) <
                             plane_distance(powiat->place, powiat->neighbours[at - 1]->place)) {
            if (at < SP_REGION_NEIGHBOURS) {
                powiat->neighbours[at] = powiat->neighbours[at - 1];
            }
            at--;
        }
        if (at < SP_REGION_NEIGHBOURS) {
            powiat->neighbours[at] = other;
        }
    }
}

static enum sp_status read_powiat(struct sp_region *region, const struct sp_data_table *table,
                                  const struct sp_data_row *row, struct sp_region_powiat *powiat,
                                  struct sp_error *err)
{
    powiat->place = sp_territory_by_teryt(region->territory, sp_view_of(row->fields[0]));
    if (powiat->place == NULL || powiat->place->level != SP_PLACE_POWIAT) {
        return sp_data_table_bad(table, row, row->fields[0], "nieznany powiat", "unknown powiat",
                                 err);
    }
    powiat->of = row->fields[2];
    powiat->in = row->fields[3];
    powiat->city = (row->fields[0][2] - '0') * 10 + (row->fields[0][3] - '0') >= FIRST_CITY_NUMBER;
    enum sp_status status = sp_data_table_integer(table, row, 1, 1, 10000, &powiat->weight, err);
    region->powiat_weight += powiat->weight;
    return status != SP_OK ? status : find_gminas(region, powiat, err);
}

enum sp_status sp_region_read_powiats(struct sp_region *region, const char *directory,
                                      struct sp_error *err)
{
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "powiats.tsv", 4, 4, region->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    if (table.row_count <= SP_REGION_NEIGHBOURS) {
        return SP_FAIL(err, SP_CORRUPT, table.name, "%s: za mało powiatów (%zu).",
                       "%s: too few powiats (%zu).", table.name, table.row_count);
    }
    region->powiats = sp_arena_calloc(region->arena, table.row_count, sizeof *region->powiats);
    if (region->powiats == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < table.row_count && status == SP_OK; i++) {
        status = read_powiat(region, &table, &table.rows[i],
                             &region->powiats[region->powiat_count++], err);
    }
    for (size_t i = 0; i < region->powiat_count && status == SP_OK; i++) {
        find_neighbours(region, &region->powiats[i]);
    }
    return status;
}
