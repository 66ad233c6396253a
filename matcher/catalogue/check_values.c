/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Checks of single values: texts, ids, dates, sums, codes, quantities, places.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "matcher/catalogue/check_parts.h"
#include "matcher/catalogue/document.h"
#include "matcher/catalogue/entity_id.h"
#include "matcher/vocabulary/vocabulary.h"

/* Poland with its border towns, whole degrees: outside it latitude and longitude are often swapped.
 */
static const double POLAND_SOUTH = 48.0;
static const double POLAND_NORTH = 56.0;
static const double POLAND_WEST = 13.0;
static const double POLAND_EAST = 25.0;

enum sp_status sp_check_text(struct sp_error *err, const char *place, const char *text,
                             size_t max_bytes)
{
    size_t length = strlen(text);
    if (length <= max_bytes) {
        return SP_OK;
    }
    return SP_FAIL(err, SP_LIMIT, place, "Tekst ma %zu bajtów, najwyżej może mieć %zu.",
                   "The text has %zu bytes, at most %zu are allowed.", length, max_bytes);
}

enum sp_status sp_check_id(struct sp_error *err, const char *place, const char *id)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-_.:";
    size_t length = strlen(id);
    if (length >= 1 && length <= SP_ENTITY_ID_MAX_BYTES && strspn(id, allowed) == length) {
        return SP_OK;
    }
    return SP_FAIL(err, SP_INVALID, place,
                   "Identyfikator „%s” jest błędny: 1-%d znaków spośród liter bez ogonków, cyfr "
                   "i - _ . :",
                   "The id \"%s\" is wrong: 1-%d characters of plain letters, digits and - _ . :",
                   id, (int)SP_ENTITY_ID_MAX_BYTES);
}

enum sp_status sp_check_date(struct sp_error *err, const char *place, const char *date)
{
    sp_day day = 0;
    if (date[0] == '\0' || sp_day_parse(sp_view_of(date), &day)) {
        return SP_OK;
    }
    return SP_FAIL(err, SP_INVALID, place, "„%s” nie jest datą RRRR-MM-DD.",
                   "\"%s\" is not a date YYYY-MM-DD.", date);
}

enum sp_status sp_check_span(struct sp_error *err, const char *from_place, const char *from,
                             const char *to_place, const char *to)
{
    enum sp_status status = sp_check_date(err, from_place, from);
    if (status == SP_OK) {
        status = sp_check_date(err, to_place, to);
    }
    /* Dates of this form order as texts. */
    if (status == SP_OK && from[0] != '\0' && to[0] != '\0' && strcmp(from, to) > 0) {
        status = SP_FAIL(err, SP_INVALID, to_place, "Koniec (%s) jest przed początkiem (%s).",
                         "The end (%s) is before the beginning (%s).", to, from);
    }
    return status;
}

enum sp_status sp_check_grosz(struct sp_error *err, const char *place, int64_t grosz)
{
    return grosz >= 0 ? SP_OK
                      : SP_FAIL(err, SP_INVALID, place, "Kwota %lld gr jest ujemna.",
                                "The sum %lld grosz is negative.", (long long)grosz);
}

enum sp_status sp_check_enum(struct sp_error *err, const char *place,
                             const ProtobufCEnumDescriptor *type, int value)
{
    if (protobuf_c_enum_descriptor_get_value(type, value) != NULL) {
        return SP_OK;
    }
    return SP_FAIL(err, SP_INVALID, place, "Nieznana wartość %d pola.",
                   "Unknown value %d of the field.", value);
}

enum sp_status sp_check_set_enum(struct sp_error *err, const char *place,
                                 const ProtobufCEnumDescriptor *type, int value)
{
    if (value == 0) {
        return SP_FAIL(err, SP_INVALID, place, "Brak wartości pola.", "The field is not given.");
    }
    return sp_check_enum(err, place, type, value);
}

enum sp_status sp_check_teryt(const struct sp_check *check, const char *place, const char *teryt,
                              struct sp_error *err)
{
    enum { POWIAT_DIGITS = 4 };
    struct sp_view code = sp_view_of(teryt);
    size_t digits = strspn(teryt, "0123456789");
    if (digits != code.length || (digits != 2 && digits != 4 && digits != 6 && digits != 7)) {
        return SP_FAIL(err, SP_INVALID, place, "„%s” nie jest kodem TERYT (2, 4, 6 lub 7 cyfr).",
                       "\"%s\" is not a TERYT code (2, 4, 6 or 7 digits).", teryt);
    }
    if (check->vocabulary == NULL ||
        sp_territory_by_teryt(check->vocabulary->territory, code) != NULL) {
        return SP_OK;
    }
    /* The territory table is complete down to powiats, and to gminas in Lower Silesia. */
    struct sp_view powiat = sp_view_from(teryt, digits < POWIAT_DIGITS ? digits : POWIAT_DIGITS);
    bool gmina_elsewhere = digits > POWIAT_DIGITS && strncmp(teryt, "02", 2) != 0 &&
                           sp_territory_by_teryt(check->vocabulary->territory, powiat) != NULL;
    if (gmina_elsewhere) {
        SP_WARN(check, place, "Gminy o kodzie TERYT %s nie ma w tablicy; znany jest jej powiat.",
                "The gmina with TERYT code %s is not in the table; its powiat is known.", teryt);
        return SP_OK;
    }
    return SP_FAIL(err, SP_INVALID, place, "Nie ma jednostki o kodzie TERYT %s.",
                   "There is no unit with the TERYT code %s.", teryt);
}

enum sp_status sp_check_cpv(const struct sp_check *check, const char *place, const char *cpv,
                            struct sp_error *err)
{
    size_t digits = strspn(cpv, "0123456789");
    if (digits != SP_CPV_DIGITS || cpv[digits] != '\0') {
        return SP_FAIL(err, SP_INVALID, place,
                       "„%s” nie jest kodem CPV (8 cyfr, po łączniku cyfra kontrolna).",
                       "\"%s\" is not a CPV code (8 digits, a check digit after a hyphen).", cpv);
    }
    if (check->vocabulary != NULL && sp_cpv_find(check->vocabulary->cpv, sp_view_of(cpv)) == NULL) {
        return SP_FAIL(err, SP_INVALID, place, "Nie ma kodu CPV %s.", "There is no CPV code %s.",
                       cpv);
    }
    return SP_OK;
}

enum sp_status sp_check_quantity(const struct sp_check *check, const char *place,
                                 const Spoina__V1__Quantity *quantity, struct sp_error *err)
{
    if (quantity == NULL) {
        return SP_OK;
    }
    enum sp_status status = SP_OK;
    const struct sp_units *units = check->vocabulary == NULL ? NULL : check->vocabulary->units;
    if (!isfinite(quantity->amount) || quantity->amount < 0) {
        status = SP_FAIL(err, SP_INVALID, "amount", "Ilość %g jest ujemna lub nieskończona.",
                         "The amount %g is negative or not finite.", quantity->amount);
    } else if (quantity->unit[0] == '\0') {
        status = SP_FAIL(err, SP_INVALID, "unit", "Brak jednostki miary.",
                         "The unit of measure is missing.");
    } else if (units != NULL && sp_unit_find(units, sp_view_of(quantity->unit)) == NULL) {
        status = SP_FAIL(err, SP_INVALID, "unit", "Nieznana jednostka miary „%s”.",
                         "Unknown unit of measure \"%s\".", quantity->unit);
    } else if (units != NULL && quantity->period[0] != '\0' &&
               sp_period_find(units, sp_view_of(quantity->period)) == NULL) {
        status = SP_FAIL(err, SP_INVALID, "period", "Nieznany okres „%s”.",
                         "Unknown period \"%s\".", quantity->period);
    }
    if (status != SP_OK) {
        sp_error_prefix(err, place);
    }
    return status;
}

static enum sp_status check_point(const struct sp_check *check, const char *path,
                                  const Spoina__V1__Place *place, struct sp_error *err)
{
    bool latitude = place->_latitude_case == SPOINA__V1__PLACE___LATITUDE_LATITUDE;
    bool longitude = place->_longitude_case == SPOINA__V1__PLACE___LONGITUDE_LONGITUDE;
    if (latitude != longitude) {
        return SP_FAIL(err, SP_INVALID, latitude ? "longitude" : "latitude",
                       "Podano tylko jedną współrzędną.", "Only one coordinate is given.");
    }
    if (!latitude) {
        return SP_OK;
    }
    /* Written so that NaN fails. */
    if (!(fabs(place->latitude) <= 90.0 && fabs(place->longitude) <= 180.0)) {
        return SP_FAIL(err, SP_INVALID, "latitude", "Nie ma punktu %g, %g.",
                       "There is no point %g, %g.", place->latitude, place->longitude);
    }
    if (place->latitude < POLAND_SOUTH || place->latitude > POLAND_NORTH ||
        place->longitude < POLAND_WEST || place->longitude > POLAND_EAST) {
        SP_WARN(check, path, "Punkt %g, %g leży poza Polską; może zamieniono współrzędne.",
                "The point %g, %g is outside Poland; the coordinates may be swapped.",
                place->latitude, place->longitude);
    }
    return SP_OK;
}

enum sp_status sp_check_place(const struct sp_check *check, const char *path,
                              const Spoina__V1__Place *place, struct sp_error *err)
{
    if (place == NULL) {
        return SP_OK;
    }
    enum sp_status status = sp_check_text(err, "name", place->name, SP_NAME_MAX_BYTES);
    if (status == SP_OK && place->teryt[0] != '\0') {
        status = sp_check_teryt(check, "teryt", place->teryt, err);
    }
    if (status == SP_OK) {
        status = check_point(check, path, place, err);
    }
    if (status != SP_OK) {
        sp_error_prefix(err, path);
    }
    return status;
}

enum sp_status sp_check_unit_id(const Spoina__V1__Entity *entity, const char *unit_id,
                                struct sp_error *err)
{
    if (unit_id[0] == '\0' || sp_entity_unit(entity, unit_id) != NULL) {
        return SP_OK;
    }
    return SP_FAIL(err, SP_INVALID, "unit_id", "Podmiot nie ma jednostki „%s”.",
                   "The entity has no unit \"%s\".", unit_id);
}
