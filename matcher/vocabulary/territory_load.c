/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Reading the tables of the territory.
 *
 * Order of trust: data/territory_lower_silesia.tsv is complete and exact; elsewhere a gmina is
 * known by the places that GeoNames puts in it, and is named after the most important of them. A
 * place that gives its name to a gmina is not listed again as a locality.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "matcher/vocabulary/data_table.h"
#include "matcher/vocabulary/letters.h"
#include "matcher/vocabulary/territory_priv.h"

enum {
    ARENA_MAX_BYTES = 8 << 20,
    FIRST_CITY_POWIAT = 61, /* powiat numbers from here on are cities with powiat rights */
    LATITUDE_MAX_E5 = 9000000,
    LONGITUDE_MAX_E5 = 18000000
};

/* One row of localities.tsv. */
struct locality {
    const char *teryt;
    const char *name;
    int32_t latitude_e5;
    int32_t longitude_e5;
    uint32_t population;
    int importance; /* of the feature: capital, seat of a powiat, of a gmina */
    bool district;  /* part of a place */
};

struct loader {
    struct sp_territory *territory;
    const char *directory;
    struct sp_data_table voivodeships;
    struct sp_data_table powiats;
    struct sp_data_table silesia;
    struct locality *localities; /* by TERYT, the most important first */
    size_t locality_count;
    struct sp_error *err;
};

static bool is_city_powiat(const char *teryt)
{
    return (teryt[2] - '0') * 10 + (teryt[3] - '0') >= FIRST_CITY_POWIAT;
}

static struct sp_place *add(struct loader *loader, enum sp_place_level level, const char *teryt,
                            const char *name)
{
    struct sp_place *place = &loader->territory->places[loader->territory->count++];
    *place = (struct sp_place){.level = level, .name = name, .nuts = "PL"};
    memcpy(place->teryt, teryt, strlen(teryt) + 1);
    return place;
}

static struct sp_place *find(struct loader *loader, const char *teryt)
{
    for (size_t i = 0; i < loader->territory->count; i++) {
        if (strcmp(loader->territory->places[i].teryt, teryt) == 0) {
            return &loader->territory->places[i];
        }
    }
    return NULL;
}

static void put_position(struct sp_place *place, const struct locality *locality)
{
    place->latitude_e5 = locality->latitude_e5;
    place->longitude_e5 = locality->longitude_e5;
    place->population = locality->population;
}

static int importance_of(const char *feature)
{
    static const char *const seats[] = {"PPLA3", "PPLA2", "PPLA", "PPLC"};
    for (size_t i = SP_COUNT(seats); i > 0; i--) {
        if (strcmp(feature, seats[i - 1]) == 0) {
            return (int)i;
        }
    }
    return 0;
}

static int compare_localities(const void *left, const void *right)
{
    const struct locality *a = left;
    const struct locality *b = right;
    int order = strcmp(a->teryt, b->teryt);
    if (order == 0) {
        order = b->importance - a->importance;
    }
    if (order == 0) {
        order = a->population > b->population ? -1 : a->population < b->population;
    }
    return order != 0 ? order : strcmp(a->name, b->name);
}

static enum sp_status read_localities(struct loader *loader)
{
    struct sp_arena *arena = loader->territory->arena;
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(loader->directory, "localities.tsv", 5, 6, arena, &table, loader->err);
    if (status != SP_OK) {
        return status;
    }
    loader->localities = sp_arena_calloc(arena, table.row_count, sizeof *loader->localities);
    if (loader->localities == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    for (size_t i = 0; i < table.row_count; i++) {
        const struct sp_data_row *row = &table.rows[i];
        struct sp_view teryt = sp_view_of(row->fields[0]);
        int64_t numbers[3];
        static const int64_t most[3] = {LATITUDE_MAX_E5, LONGITUDE_MAX_E5, UINT32_MAX};
        if (!sp_teryt_is_code(teryt) || teryt.length < POWIAT_DIGITS) {
            return sp_data_table_bad(&table, row, teryt.data, "zły kod TERYT", "bad TERYT code",
                                     loader->err);
        }
        for (size_t k = 0; k < SP_COUNT(numbers) && status == SP_OK; k++) {
            status =
                sp_data_table_integer(&table, row, 2 + k, 0, most[k], &numbers[k], loader->err);
        }
        if (status != SP_OK) {
            return status;
        }
        loader->localities[loader->locality_count++] =
            (struct locality){.teryt = teryt.data,
                              .name = row->fields[1],
                              .latitude_e5 = (int32_t)numbers[0],
                              .longitude_e5 = (int32_t)numbers[1],
                              .population = (uint32_t)numbers[2],
                              .importance = importance_of(row->fields[5]),
                              .district = strcmp(row->fields[5], "PPLX") == 0};
    }
    qsort(loader->localities, loader->locality_count, sizeof *loader->localities,
          compare_localities);
    return SP_OK;
}

static enum sp_status read_tables(struct loader *loader)
{
    struct sp_territory *territory = loader->territory;
    struct sp_data_table regions;
    enum sp_status status =
        sp_data_table_read(loader->directory, "territory_voivodeships.tsv", 5, 5, territory->arena,
                           &loader->voivodeships, loader->err);
    if (status == SP_OK) {
        status = sp_data_table_read(loader->directory, "powiats.tsv", 2, 2, territory->arena,
                                    &loader->powiats, loader->err);
    }
    if (status == SP_OK) {
        status = sp_data_table_read(loader->directory, "territory_lower_silesia.tsv", 6, 6,
                                    territory->arena, &loader->silesia, loader->err);
    }
    if (status == SP_OK) {
        status = sp_data_table_read(loader->directory, "territory_nuts.tsv", 3, 3, territory->arena,
                                    &regions, loader->err);
    }
    if (status == SP_OK) {
        status = read_localities(loader);
    }
    if (status != SP_OK) {
        return status;
    }
    territory->regions =
        sp_arena_calloc(territory->arena, regions.row_count, sizeof *territory->regions);
    size_t most = 1 + loader->voivodeships.row_count + 2 * loader->powiats.row_count +
                  loader->silesia.row_count + loader->locality_count;
    territory->places = sp_arena_calloc(territory->arena, most, sizeof *territory->places);
    if (territory->regions == NULL || territory->places == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    for (size_t i = 0; i < regions.row_count; i++) {
        territory->regions[territory->region_count++] =
            (struct nuts_region){regions.rows[i].fields[0], regions.rows[i].fields[2]};
    }
    return SP_OK;
}

/* A code of the right length, or an error naming file and line. */
static enum sp_status check_code(struct loader *loader, const struct sp_data_table *table,
                                 size_t row, size_t length)
{
    const char *code = table->rows[row].fields[0];
    struct sp_view view = sp_view_of(code);
    if (view.length == length && sp_teryt_is_code(view)) {
        return SP_OK;
    }
    return sp_data_table_bad(table, &table->rows[row], code, "zły kod TERYT", "bad TERYT code",
                             loader->err);
}

static enum sp_status add_voivodeships(struct loader *loader)
{
    add(loader, SP_PLACE_COUNTRY, "", "Polska");
    for (size_t i = 0; i < loader->voivodeships.row_count; i++) {
        const char *const *cell = loader->voivodeships.rows[i].fields;
        enum sp_status status = check_code(loader, &loader->voivodeships, i, VOIVODESHIP_DIGITS);
        if (status != SP_OK) {
            return status;
        }
        struct sp_place *place = add(loader, SP_PLACE_VOIVODESHIP, cell[0], cell[2]);
        place->nuts = cell[1];
    }
    return SP_OK;
}

/* "Powiat będziński" -> "będziński"; cities with powiat rights stand there by their names. */
static const char *powiat_name(struct loader *loader, const char *name)
{
    struct sp_view view = sp_view_of(name);
    struct sp_view prefix = sp_view_of("powiat ");
    char *lower = sp_arena_alloc(loader->territory->arena, view.length + 1);
    if (lower == NULL) {
        return NULL;
    }
    sp_letters_lower(view, lower);
    lower[view.length] = '\0';
    if (!sp_view_starts_with(sp_view_of(lower), prefix)) {
        return name;
    }
    return lower + prefix.length;
}

static bool is_silesian(const char *teryt)
{
    return memcmp(teryt, "02", VOIVODESHIP_DIGITS) == 0;
}

/* A city with powiat rights is also one gmina, always number 01 and kind 1. */
static void add_city_gmina(struct loader *loader, const struct sp_place *powiat)
{
    char teryt[KIND_DIGITS + 1];
    memcpy(teryt, powiat->teryt, POWIAT_DIGITS);
    memcpy(teryt + POWIAT_DIGITS, "011", sizeof "011");
    struct sp_place *gmina = add(loader, SP_PLACE_GMINA, teryt, powiat->name);
    gmina->kind = SP_GMINA_URBAN;
    gmina->latitude_e5 = powiat->latitude_e5;
    gmina->longitude_e5 = powiat->longitude_e5;
    gmina->population = powiat->population;
}

/* First locality whose code is not below @p teryt. */
static size_t first_locality(const struct loader *loader, const char *teryt)
{
    size_t low = 0;
    size_t high = loader->locality_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(loader->localities[middle].teryt, teryt) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The locality of a powiat with the greatest importance, or the one of the powiat's own name. */
static const struct locality *find_seat(const struct loader *loader, const char *powiat,
                                        const char *name)
{
    const struct locality *seat = NULL;
    for (size_t i = first_locality(loader, powiat); i < loader->locality_count; i++) {
        const struct locality *locality = &loader->localities[i];
        if (strncmp(locality->teryt, powiat, POWIAT_DIGITS) != 0) {
            break;
        }
        if (strcmp(locality->name, name) == 0) {
            return locality;
        }
        bool better =
            seat == NULL || locality->importance > seat->importance ||
            (locality->importance == seat->importance && locality->population > seat->population);
        if (better) {
            seat = locality;
        }
    }
    return seat;
}

static enum sp_status add_powiats(struct loader *loader)
{
    for (size_t i = 0; i < loader->powiats.row_count; i++) {
        const char *const *cell = loader->powiats.rows[i].fields;
        enum sp_status status = check_code(loader, &loader->powiats, i, POWIAT_DIGITS);
        const char *name = powiat_name(loader, cell[1]);
        if (status != SP_OK) {
            return status;
        }
        if (name == NULL) {
            return SP_FAIL_NOMEM(loader->err);
        }
        const struct locality *seat = find_seat(loader, cell[0], name);
        struct sp_place *place = add(loader, SP_PLACE_POWIAT, cell[0], name);
        if (seat != NULL) {
            put_position(place, seat);
        }
        if (is_city_powiat(cell[0]) && !is_silesian(cell[0])) {
            add_city_gmina(loader, place);
        }
    }
    return SP_OK;
}

static bool degrees(const char *text, int32_t most_e5, int32_t *out)
{
    char *end = NULL;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= 0) || value * 1e5 > most_e5) {
        return false;
    }
    *out = (int32_t)(value * 1e5 + 0.5);
    return true;
}

/* Lower Silesia: powiats are there already and get their exact rows; gminas are added. */
static enum sp_status add_lower_silesia(struct loader *loader)
{
    for (size_t i = 0; i < loader->silesia.row_count; i++) {
        const struct sp_data_row *row = &loader->silesia.rows[i];
        const char *const *cell = row->fields;
        bool powiat = strlen(cell[0]) == POWIAT_DIGITS;
        enum sp_status status =
            check_code(loader, &loader->silesia, i, powiat ? POWIAT_DIGITS : KIND_DIGITS);
        if (status != SP_OK) {
            return status;
        }
        struct sp_place *place =
            powiat ? find(loader, cell[0]) : add(loader, SP_PLACE_GMINA, cell[0], cell[2]);
        if (place == NULL || !degrees(cell[4], LATITUDE_MAX_E5, &place->latitude_e5) ||
            !degrees(cell[5], LONGITUDE_MAX_E5, &place->longitude_e5)) {
            return sp_data_table_bad(&loader->silesia, row, cell[0],
                                     "nieznany powiat lub złe położenie",
                                     "unknown powiat or bad position", loader->err);
        }
        place->name = cell[2];
        place->nuts = cell[1];
        if (!powiat) {
            place->kind = (enum sp_gmina_kind)(cell[0][GMINA_DIGITS] - '0');
        }
    }
    return SP_OK;
}

/* A gmina of the powiat of @p locality with its name, the urban one before the rural. */
static struct sp_place *namesake(struct loader *loader, const struct locality *locality)
{
    struct sp_place *found = NULL;
    for (size_t i = 0; i < loader->territory->count; i++) {
        struct sp_place *place = &loader->territory->places[i];
        if (place->level == SP_PLACE_GMINA && strcmp(place->name, locality->name) == 0 &&
            strncmp(place->teryt, locality->teryt, POWIAT_DIGITS) == 0 &&
            (found == NULL || place->kind == SP_GMINA_URBAN)) {
            found = place;
        }
    }
    return found;
}

/* Code of a gmina in full ("020102" -> "0201022") where it is known. */
static const char *full_code(struct loader *loader, const char *teryt)
{
    for (size_t i = 0; i < loader->territory->count && strlen(teryt) == GMINA_DIGITS; i++) {
        const char *code = loader->territory->places[i].teryt;
        if (strlen(code) == KIND_DIGITS && memcmp(code, teryt, GMINA_DIGITS) == 0) {
            return code;
        }
    }
    return teryt;
}

/* Elsewhere the first locality of a gmina stands for it. Districts of cities are left out: they are
 * no places of their own here, and their names ("Śródmieście", "Kopernika") mislead. */
static void add_locality(struct loader *loader, const struct locality *locality, bool first)
{
    bool city = is_city_powiat(locality->teryt);
    bool silesian = is_silesian(locality->teryt);
    struct sp_place *gmina = city || silesian ? namesake(loader, locality) : NULL;
    if (gmina != NULL) {
        gmina->population = locality->population;
    }
    bool is_gmina = !silesian && first && strlen(locality->teryt) == GMINA_DIGITS;
    if (gmina != NULL || city || (locality->district && !is_gmina)) {
        return;
    }
    enum sp_place_level level = is_gmina ? SP_PLACE_GMINA : SP_PLACE_LOCALITY;
    const char *teryt = silesian ? full_code(loader, locality->teryt) : locality->teryt;
    put_position(add(loader, level, teryt, locality->name), locality);
}

static void add_localities(struct loader *loader)
{
    const char *last = "";
    for (size_t i = 0; i < loader->locality_count; i++) {
        const struct locality *locality = &loader->localities[i];
        add_locality(loader, locality, strcmp(locality->teryt, last) != 0);
        last = locality->teryt;
    }
}

static const char *label_of(struct loader *loader, const struct sp_place *place, bool twin)
{
    struct sp_arena *arena = loader->territory->arena;
    switch (place->level) {
    case SP_PLACE_VOIVODESHIP:
        return sp_arena_printf(arena, "województwo %s", place->name);
    case SP_PLACE_POWIAT:
        return is_city_powiat(place->teryt) ? place->name
                                            : sp_arena_printf(arena, "powiat %s", place->name);
    case SP_PLACE_GMINA:
        if (place->kind == SP_GMINA_RURAL) {
            return sp_arena_printf(arena, "gmina %s%s", place->name, twin ? " (wiejska)" : "");
        }
        return twin ? sp_arena_printf(arena, "%s (miasto)", place->name) : place->name;
    default:
        return place->name;
    }
}

static bool has_twin(const struct sp_territory *territory, const struct sp_place *place)
{
    for (size_t i = 0; i < territory->count && place->kind != SP_GMINA_KIND_UNKNOWN; i++) {
        const struct sp_place *other = &territory->places[i];
        if (other != place && other->level == SP_PLACE_GMINA &&
            strncmp(other->teryt, place->teryt, POWIAT_DIGITS) == 0 &&
            strcmp(other->name, place->name) == 0) {
            return true;
        }
    }
    return false;
}

/* NUTS-3 regions that list powiats name them; gminas and localities take over what is above. */
static void put_nuts(struct sp_territory *territory)
{
    for (size_t i = 0; i < territory->region_count; i++) {
        struct sp_view rest = sp_view_of(territory->regions[i].units);
        struct sp_view teryt;
        while (sp_list_next(&rest, ' ', &teryt)) {
            for (size_t k = 0; teryt.length == POWIAT_DIGITS && k < territory->unit_count; k++) {
                if (sp_view_is(teryt, territory->places[k].teryt)) {
                    territory->places[k].nuts = territory->regions[i].code;
                }
            }
        }
    }
    for (size_t i = 1; i < territory->count; i++) {
        struct sp_place *place = &territory->places[i];
        if (strcmp(place->nuts, "PL") == 0) {
            const struct sp_place *parent = sp_territory_parent(territory, place);
            place->nuts = parent == NULL ? "PL" : parent->nuts;
        }
    }
}

static int compare_places(const void *left, const void *right)
{
    const struct sp_place *a = left;
    const struct sp_place *b = right;
    int order = (a->level == SP_PLACE_LOCALITY) - (b->level == SP_PLACE_LOCALITY);
    if (order == 0) {
        order = strcmp(a->teryt, b->teryt);
    }
    return order != 0 ? order : strcmp(a->name, b->name);
}

static void put_voivodeship_positions(struct loader *loader)
{
    for (size_t i = 0; i < loader->voivodeships.row_count; i++) {
        const char *const *cell = loader->voivodeships.rows[i].fields;
        struct sp_place *place = find(loader, cell[0]);
        const struct sp_place *seat = find(loader, cell[4]);
        if (place != NULL && seat != NULL) {
            place->latitude_e5 = seat->latitude_e5;
            place->longitude_e5 = seat->longitude_e5;
        }
    }
}

static enum sp_status finish(struct loader *loader)
{
    struct sp_territory *territory = loader->territory;
    put_voivodeship_positions(loader);
    qsort(territory->places, territory->count, sizeof *territory->places, compare_places);
    while (territory->unit_count < territory->count &&
           territory->places[territory->unit_count].level != SP_PLACE_LOCALITY) {
        territory->unit_count++;
    }
    put_nuts(territory);
    for (size_t i = 0; i < territory->count; i++) {
        struct sp_place *place = &territory->places[i];
        bool twin = place->level == SP_PLACE_GMINA && has_twin(territory, place);
        place->label = label_of(loader, place, twin);
        if (place->label == NULL) {
            return SP_FAIL_NOMEM(loader->err);
        }
    }
    return SP_OK;
}

static enum sp_status read_owes(struct loader *loader)
{
    struct sp_territory *territory = loader->territory;
    struct sp_data_table table;
    enum sp_status status = sp_data_table_read(loader->directory, "owes_lower_silesia.tsv", 5, 7,
                                               territory->arena, &table, loader->err);
    if (status != SP_OK) {
        return status;
    }
    territory->owes = sp_arena_calloc(territory->arena, table.row_count, sizeof *territory->owes);
    if (territory->owes == NULL) {
        return SP_FAIL_NOMEM(loader->err);
    }
    for (size_t i = 0; i < table.row_count; i++) {
        const char *const *cell = table.rows[i].fields;
        struct sp_owes *owes = &territory->owes[territory->owes_count++];
        *owes = (struct sp_owes){.id = cell[0],
                                 .name = cell[1],
                                 .teryt = cell[2],
                                 .operators = cell[3],
                                 .certainty = cell[4],
                                 .valid_from = SP_DAY_UNKNOWN,
                                 .valid_to = SP_DAY_UNKNOWN};
        bool good = (cell[5][0] == '\0' || sp_day_parse(sp_view_of(cell[5]), &owes->valid_from)) &&
                    (cell[6][0] == '\0' || sp_day_parse(sp_view_of(cell[6]), &owes->valid_to));
        if (!good) {
            return sp_data_table_bad(&table, &table.rows[i], cell[0], "zła data", "bad date",
                                     loader->err);
        }
    }
    return SP_OK;
}

static enum sp_status load(struct loader *loader)
{
    enum sp_status status = read_tables(loader);
    if (status == SP_OK) {
        status = add_voivodeships(loader);
    }
    if (status == SP_OK) {
        status = add_powiats(loader);
    }
    if (status == SP_OK) {
        status = add_lower_silesia(loader);
    }
    if (status == SP_OK) {
        add_localities(loader);
        status = finish(loader);
    }
    return status == SP_OK ? read_owes(loader) : status;
}

enum sp_status sp_territory_open(const char *directory, struct sp_territory **out,
                                 struct sp_error *err)
{
    struct sp_territory *territory = sp_calloc(1, sizeof *territory);
    if (territory == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    struct loader loader = {.territory = territory, .directory = directory, .err = err};
    territory->arena = sp_arena_new(ARENA_MAX_BYTES);
    enum sp_status status = territory->arena == NULL ? SP_FAIL_NOMEM(err) : load(&loader);
    if (status != SP_OK) {
        sp_territory_free(territory);
        return status;
    }
    *out = territory;
    return SP_OK;
}
