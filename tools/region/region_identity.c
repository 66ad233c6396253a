/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Who an entity is: kind, invented name, numbers, seat, unit. */
#include <string.h>

#include "tools/region/region_maker.h"
#include "tools/region/region_numbers.h"
#include "tools/region/region_territory.h"

enum {
    DRAWS_MAX = 64,    /* for a powiat that fits; then the last one drawn is taken */
    SCATTER_E5 = 1500, /* a seat lies within 1.7 km of its gmina's point, so that maps show dots */
    KGW_WITHOUT_NIP = 300 /* per mille of rural women's circles */
};

static const struct sp_region_kind *draw_kind(struct sp_maker *maker)
{
    const struct sp_region_kind *kind = maker->region->kinds;
    int64_t at = sp_random_below(&maker->random, 1000); /* the weights' sum, checked on opening */
    while (at >= kind->weight) {
        at -= kind->weight;
        kind++;
    }
    return kind;
}

/* Rural women's circles, farming cooperatives and gminas are not found in cities with powiat
 * rights. */
static bool is_rural(const struct sp_region_kind *kind)
{
    return kind->form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_RURAL_WOMENS_CIRCLE ||
           kind->form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_FARMING_COOPERATIVE ||
           kind->form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_LOCAL_GOVERNMENT;
}

static const struct sp_region_powiat *draw_powiat(struct sp_maker *maker)
{
    const struct sp_region_powiat *powiat = NULL;
    for (int draw = 0; draw < DRAWS_MAX; draw++) {
        powiat = maker->region->powiats;
        int64_t at = sp_random_between(&maker->random, 0, maker->region->powiat_weight - 1);
        while (at >= powiat->weight) {
            at -= powiat->weight;
            powiat++;
        }
        if (!powiat->city || !is_rural(maker->kind)) {
            break;
        }
    }
    return powiat;
}

static const struct sp_place *draw_gmina(struct sp_maker *maker)
{
    const struct sp_region_powiat *powiat = maker->powiat;
    int64_t at = sp_random_between(&maker->random, 0, powiat->residents - 1);
    size_t i = 0;
    while (at >= sp_region_gmina_weight(powiat->gminas[i])) {
        at -= sp_region_gmina_weight(powiat->gminas[i]);
        i++;
    }
    return powiat->gminas[i];
}

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
    return b == 0 ? a : common_divisor(b, a % b);
}

/* All pairs of adjective and noun come once before any comes again, in an order without pattern:
 * steps of about 0.618 of their number, made coprime to it. Later rounds carry their number. */
static const char *invent_name(struct sp_maker *maker)
{
    const struct sp_region *region = maker->region;
    uint32_t nouns = 0;
    for (size_t gender = 0; gender < 3; gender++) {
        nouns += (uint32_t)region->nouns[gender].count;
    }
    uint32_t pairs = nouns * (uint32_t)region->adjective_count;
    uint32_t step = pairs * 618 / 1000 + 1;
    while (common_divisor(step, pairs) != 1) {
        step++;
    }
    uint64_t from = (maker->options->seed + maker->number - 1) % pairs;
    uint32_t pair = (uint32_t)(from * step % pairs);
    uint32_t noun = pair / (uint32_t)region->adjective_count;
    size_t gender = 0;
    while (noun >= region->nouns[gender].count) {
        noun -= (uint32_t)region->nouns[gender].count;
        gender++;
    }
    const char *adjective = region->adjectives[pair % region->adjective_count][gender];
    const char *text = region->nouns[gender].items[noun];
    uint32_t round = (maker->number - 1) / pairs;
    return round == 0 ? sp_make_text(maker, "%s %s", adjective, text)
                      : sp_make_text(maker, "%s %s %u", adjective, text, round + 1);
}

static Spoina__V1__Place *make_seat(struct sp_maker *maker)
{
    Spoina__V1__Place *place = SP_MAKE(maker, Spoina__V1__Place, SPOINA__V1__PLACE__INIT);
    if (place != NULL) {
        int64_t north =
            maker->gmina->latitude_e5 + sp_random_between(&maker->random, -SCATTER_E5, SCATTER_E5);
        int64_t east =
            maker->gmina->longitude_e5 + sp_random_between(&maker->random, -SCATTER_E5, SCATTER_E5);
        place->teryt = sp_make_constant(maker->gmina->teryt);
        place->name = sp_make_constant(maker->gmina->name);
        place->latitude = (double)north / 1e5;
        place->_latitude_case = SPOINA__V1__PLACE___LATITUDE_LATITUDE;
        place->longitude = (double)east / 1e5;
        place->_longitude_case = SPOINA__V1__PLACE___LONGITUDE_LONGITUDE;
    }
    return place;
}

static void make_numbers(struct sp_maker *maker)
{
    char nip[11];
    char regon[10];
    char krs[11];
    bool circle = maker->kind->form == SPOINA__V1__LEGAL_FORM__LEGAL_FORM_RURAL_WOMENS_CIRCLE;
    if (!circle || !sp_random_chance(&maker->random, KGW_WITHOUT_NIP)) {
        sp_region_nip(maker->number, nip);
        maker->entity->nip = sp_make_text(maker, "%s", nip);
    }
    if (maker->number <= SP_REGION_NUMBER_REGON_MAX) {
        sp_region_regon(maker->number, regon);
        maker->entity->regon = sp_make_text(maker, "%s", regon);
    }
    if (maker->kind->in_krs == 1) {
        sp_region_krs(maker->number, krs);
        maker->entity->krs = sp_make_text(maker, "%s", krs);
    }
}

static void make_unit(struct sp_maker *maker, const char *name)
{
    static const struct {
        const char *id;
        const char *words;
    } kinds[] = {[SPOINA__V1__UNIT_KIND__UNIT_KIND_WTZ] = {"wtz", "Warsztat Terapii Zajęciowej"},
                 [SPOINA__V1__UNIT_KIND__UNIT_KIND_ZAZ] = {"zaz", "Zakład Aktywności Zawodowej"},
                 [SPOINA__V1__UNIT_KIND__UNIT_KIND_CIS] = {"cis", "Centrum Integracji Społecznej"},
                 [SPOINA__V1__UNIT_KIND__UNIT_KIND_KIS] = {"kis", "Klub Integracji Społecznej"},
                 [SPOINA__V1__UNIT_KIND__UNIT_KIND_OTHER] = {"unit", "Zakład"}};
    Spoina__V1__Unit *unit = SP_MAKE(maker, Spoina__V1__Unit, SPOINA__V1__UNIT__INIT);
    Spoina__V1__Unit **units = sp_make_zeroed(maker, 1, sizeof *units);
    if (unit == NULL || units == NULL) {
        return;
    }
    unit->id = sp_make_constant(kinds[maker->kind->unit].id);
    unit->kind = maker->kind->unit;
    unit->name = sp_make_text(maker, "%s „%s”", kinds[maker->kind->unit].words, name);
    unit->place = make_seat(maker);
    units[0] = unit;
    maker->entity->units = units;
    maker->entity->n_units = 1;
}

void sp_make_whereabouts(struct sp_maker *maker)
{
    sp_make_begin(maker, SP_MAKER_IDENTITY);
    maker->kind = draw_kind(maker);
    maker->powiat = draw_powiat(maker);
    maker->gmina = draw_gmina(maker);
}

void sp_make_identity(struct sp_maker *maker)
{
    sp_make_whereabouts(maker);
    Spoina__V1__Entity *entity = maker->entity;
    const char *name = invent_name(maker);
    uint32_t pattern = sp_random_below(&maker->random, (uint32_t)maker->kind->pattern_count);
    entity->id = sp_make_id(maker, maker->number);
    entity->name =
        sp_make_constant(sp_make_filled(maker, maker->kind->patterns[pattern], "{name}", name));
    entity->short_name = sp_make_constant(name);
    entity->legal_form = maker->kind->form;
    entity->seat = make_seat(maker);
    const char *about = sp_make_sentence(maker, SP_REGION_ABOUT);
    entity->description =
        sp_make_text(maker, "%s %s", about, sp_make_sentence(maker, SP_REGION_FICTION));
    const struct sp_owes *owes =
        sp_territory_owes(maker->region->territory, sp_view_of(maker->powiat->place->teryt));
    entity->owes = sp_make_constant(owes == NULL ? "" : owes->id);
    make_numbers(maker);
    if (maker->kind->unit != SPOINA__V1__UNIT_KIND__UNIT_KIND_UNSPECIFIED) {
        make_unit(maker, name);
    }
}
