/* SPDX-License-Identifier: EUPL-1.2 */
#include "tools/vocabulary/geonames.h"

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VARINT = 0, BYTES = 2 };
enum {
    NAME = 2,
    COUNTRY = 3,
    MUNI = 5,
    FEATURE = 7,
    POPULATION = 9,
    LONGITUDE = 10,
    LATITUDE = 11
};

struct place *places_add(struct places *places)
{
    if (places->count == places->capacity) {
        size_t capacity = places->capacity == 0 ? 4096 : places->capacity * 2;
        struct place *items = realloc(places->items, capacity * sizeof *items);
        if (items == NULL) {
            return NULL;
        }
        places->items = items;
        places->capacity = capacity;
    }
    struct place *place = &places->items[places->count++];
    *place = (struct place){0};
    return place;
}

/* Take a varint off *rest; false at the end or when it is too long. */
static bool take_varint(struct sp_view *rest, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; shift < 64 && rest->length > 0; shift += 7) {
        unsigned char byte = (unsigned char)*rest->data++;
        rest->length--;
        *value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            return true;
        }
    }
    return false;
}

static bool take_bytes(struct sp_view *rest, struct sp_view *bytes)
{
    uint64_t length;
    if (!take_varint(rest, &length) || length > rest->length) {
        return false;
    }
    *bytes = sp_view_from(rest->data, (size_t)length);
    rest->data += length;
    rest->length -= (size_t)length;
    return true;
}

static int32_t zigzag(uint64_t value)
{
    return (int32_t)((int64_t)(value >> 1) ^ -(int64_t)(value & 1));
}

struct city {
    struct sp_view name;
    struct sp_view country;
    struct sp_view muni;
    struct sp_view feature;
    uint64_t population;
};

static void put_text(struct city *city, uint64_t number, struct sp_view text)
{
    switch (number) {
    case NAME:
        city->name = text;
        break;
    case COUNTRY:
        city->country = text;
        break;
    case MUNI:
        city->muni = text;
        break;
    case FEATURE:
        city->feature = text;
        break;
    default:
        break;
    }
}

static bool read_city(struct sp_view message, struct city *city, int32_t *latitude,
                      int32_t *longitude)
{
    while (message.length > 0) {
        uint64_t tag;
        uint64_t value;
        struct sp_view text;
        if (!take_varint(&message, &tag)) {
            return false;
        }
        if ((tag & 7) == BYTES) {
            if (!take_bytes(&message, &text)) {
                return false;
            }
            put_text(city, tag >> 3, text);
        } else if ((tag & 7) == VARINT && take_varint(&message, &value)) {
            if (tag >> 3 == POPULATION) {
                city->population = value;
            } else if (tag >> 3 == LONGITUDE) {
                *longitude += zigzag(value);
            } else if (tag >> 3 == LATITUDE) {
                *latitude += zigzag(value);
            }
        } else {
            return false;
        }
    }
    return true;
}

static void copy_short(char *out, size_t size, struct sp_view text)
{
    size_t length = text.length < size ? text.length : 0; /* a longer one is not what we look for */
    if (length > 0) {
        memcpy(out, text.data, length);
    }
    out[length] = '\0';
}

int geonames_read_pbf(struct sp_view content, struct places *places)
{
    int32_t latitude = 0;
    int32_t longitude = 0;
    while (content.length > 0) {
        struct sp_view message;
        struct city city = {0};
        if (!take_bytes(&content, &message) || !read_city(message, &city, &latitude, &longitude)) {
            (void)fprintf(stderr, "cities.pbf is damaged, %zu bytes before its end\n",
                          content.length);
            return 1;
        }
        if (!sp_view_is(city.country, "PL")) {
            continue;
        }
        struct place *place = places_add(places);
        const char *name = sp_arena_copy(places->arena, city.name);
        if (place == NULL || name == NULL) {
            (void)fprintf(stderr, "out of memory\n");
            return 1;
        }
        place->name = name;
        place->population = (uint32_t)city.population;
        place->latitude_e5 = latitude;
        place->longitude_e5 = longitude;
        copy_short(place->feature, sizeof place->feature, city.feature);
        copy_short(place->teryt, sizeof place->teryt, city.muni);
    }
    return 0;
}

static int32_t degrees_e5(const json_t *text)
{
    const char *value = json_string_value(text);
    return value == NULL ? 0 : (int32_t)lround(strtod(value, NULL) * 1e5);
}

int geonames_read_json(const char *path, struct places *places)
{
    json_error_t error;
    json_t *root = json_load_file(path, 0, &error);
    if (root == NULL) {
        (void)fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
        return 1;
    }
    int failed = 0;
    for (size_t i = 0; i < json_array_size(root) && !failed; i++) {
        const json_t *entry = json_array_get(root, i);
        const char *country = json_string_value(json_object_get(entry, "country"));
        const char *name = json_string_value(json_object_get(entry, "name"));
        const char *powiat = json_string_value(json_object_get(entry, "admin2"));
        if (country == NULL || strcmp(country, "PL") != 0 || name == NULL || powiat == NULL) {
            continue;
        }
        struct place *place = places_add(places);
        const char *copy = sp_arena_strdup(places->arena, name);
        failed = place == NULL || copy == NULL;
        if (!failed) {
            place->name = copy;
            place->latitude_e5 = degrees_e5(json_object_get(entry, "lat"));
            place->longitude_e5 = degrees_e5(json_object_get(entry, "lng"));
            copy_short(place->teryt, sizeof place->teryt, sp_view_of(powiat));
        }
    }
    json_decref(root);
    return failed;
}
