/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Pairs of candidates; see pairs.h. */
#include "matcher/assembly/pairs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matcher/vocabulary/territory.h"

enum {
    E5_PER_DEGREE = 100000,
    FIRST_GRID_E5 = 2000, /* 0.02 degrees: some 2 km */
    UNKNOWN_PLACE = 0,
    M_PER_KM = 1000,
    M_PER_COST = 100 * M_PER_KM, /* the distance that the distance cost is for */
    REGON_DIGITS = 9             /* of the legal entity */
};

/** A text by which candidates are compared. */
struct label {
    const char *text;
    size_t length;
    int32_t candidate;
};

static int compare_labels(const void *left, const void *right)
{
    const struct label *a = left;
    const struct label *b = right;
    int order = sp_view_compare(sp_view_from(a->text, a->length), sp_view_from(b->text, b->length));
    return order != 0 ? order : (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

static bool same_label(const struct label *a, const struct label *b)
{
    return sp_view_equal(sp_view_from(a->text, a->length), sp_view_from(b->text, b->length));
}

static const Spoina__V1__Entity *entity_of(const struct sp_assembly *assembly, int32_t candidate)
{
    return assembly->pool->entities[assembly->candidates[candidate]].entity;
}

/** Texts that name a contractor or its adviser. */
typedef const char *label_fn(const Spoina__V1__Entity *entity);

static const char *id_of(const Spoina__V1__Entity *entity)
{
    return entity->id;
}

static const char *nip_of(const Spoina__V1__Entity *entity)
{
    return entity->nip;
}

static const char *krs_of(const Spoina__V1__Entity *entity)
{
    return entity->krs;
}

static const char *regon_of(const Spoina__V1__Entity *entity)
{
    return strlen(entity->regon) >= REGON_DIGITS ? entity->regon : "";
}

static const char *owes_of(const Spoina__V1__Entity *entity)
{
    return entity->owes;
}

/** List the labels of all candidates in order, empty ones left out. */
static size_t list_labels(const struct sp_assembly *assembly, label_fn *label, struct label *labels)
{
    size_t count = 0;
    for (int32_t i = 0; i < assembly->problem.candidate_count; i++) {
        const char *text = label(entity_of(assembly, i));
        size_t length = label == regon_of && *text != '\0' ? REGON_DIGITS : strlen(text);
        if (length > 0) {
            labels[count++] = (struct label){text, length, i};
        }
    }
    if (count > 0) {
        qsort(labels, count, sizeof *labels, compare_labels);
    }
    return count;
}

/** Pairs that grow in an arena. */
struct pair_list {
    struct sp_pair *items;
    size_t count;
    size_t capacity;
    struct sp_arena *arena;
};

static enum sp_status add_pair(struct pair_list *list, int32_t a, int32_t b, struct sp_error *err)
{
    enum { FIRST_CAPACITY = 64 };
    if (list->count == list->capacity) {
        size_t capacity = list->capacity == 0 ? FIRST_CAPACITY : 2 * list->capacity;
        struct sp_pair *items = sp_arena_calloc(list->arena, capacity, sizeof *items);
        if (items == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        if (list->count > 0) {
            memcpy(items, list->items, list->count * sizeof *items);
        }
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = a < b ? (struct sp_pair){a, b} : (struct sp_pair){b, a};
    return SP_OK;
}

static int compare_pairs(const void *left, const void *right)
{
    const struct sp_pair *a = left;
    const struct sp_pair *b = right;
    return a->a != b->a ? (a->a > b->a) - (a->a < b->a) : (a->b > b->b) - (a->b < b->b);
}

/** Put pairs in order, each once. */
static int32_t sort_pairs(struct pair_list *list)
{
    size_t kept = 0;
    if (list->count > 0) {
        qsort(list->items, list->count, sizeof *list->items, compare_pairs);
    }
    for (size_t i = 0; i < list->count; i++) {
        if (i == 0 || compare_pairs(&list->items[i], &list->items[kept - 1]) != 0) {
            list->items[kept++] = list->items[i];
        }
    }
    return (int32_t)kept;
}

/** Candidates behind which stands one contractor: as sp_same_contractor() has it. */
static enum sp_status list_conflicts(struct sp_assembly *assembly, struct label *labels,
                                     struct sp_arena *arena, struct sp_error *err)
{
    label_fn *const names[] = {nip_of, krs_of, regon_of};
    struct pair_list list = {.arena = arena};
    enum sp_status status = SP_OK;
    for (size_t n = 0; n < SP_COUNT(names); n++) {
        size_t count = list_labels(assembly, names[n], labels);
        for (size_t i = 0; status == SP_OK && i < count; i++) {
            for (size_t k = i + 1;
                 status == SP_OK && k < count && same_label(&labels[i], &labels[k]); k++) {
                status = add_pair(&list, labels[i].candidate, labels[k].candidate, err);
            }
        }
    }
    assembly->problem.conflict_count = sort_pairs(&list);
    assembly->problem.conflicts = list.items;
    return status;
}

/** The candidate with entity id @p id; SP_NO_CANDIDATE. @param labels  ids in order */
static int32_t find_id(const struct label *labels, size_t count, const char *id)
{
    struct label wanted = {id, strlen(id), -1};
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_labels(&labels[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && same_label(&labels[low], &wanted) ? labels[low].candidate
                                                            : SP_NO_CANDIDATE;
}

static enum sp_status list_cooperations(struct sp_assembly *assembly, struct label *labels,
                                        struct sp_arena *arena, struct sp_error *err)
{
    struct pair_list list = {.arena = arena};
    enum sp_status status = SP_OK;
    size_t count = list_labels(assembly, id_of, labels);
    for (int32_t i = 0; i < assembly->problem.candidate_count; i++) {
        const Spoina__V1__Entity *entity = entity_of(assembly, i);
        for (size_t k = 0; status == SP_OK && k < entity->n_cooperations; k++) {
            int32_t other = find_id(labels, count, entity->cooperations[k]->entity_id);
            if (other != SP_NO_CANDIDATE && other != i) {
                status = add_pair(&list, i, other, err);
            }
        }
    }
    assembly->problem.cooperation_count = sort_pairs(&list);
    assembly->problem.cooperations = list.items;
    return status;
}

/** Number the advisers; 0: not known. */
static void number_owes(const struct sp_assembly *assembly, struct sp_contender *candidates,
                        struct label *labels)
{
    int32_t number = 0;
    size_t count = list_labels(assembly, owes_of, labels);
    for (size_t i = 0; i < count; i++) {
        number += i == 0 || !same_label(&labels[i], &labels[i - 1]);
        candidates[labels[i].candidate].owes = number;
    }
}

/** A seat on the grid. */
struct seat {
    int32_t latitude; /* grid cell */
    int32_t longitude;
    int32_t candidate;
};

static int compare_seats(const void *left, const void *right)
{
    const struct seat *a = left;
    const struct seat *b = right;
    if (a->latitude != b->latitude) {
        return a->latitude < b->latitude ? -1 : 1;
    }
    if (a->longitude != b->longitude) {
        return a->longitude < b->longitude ? -1 : 1;
    }
    return (a->candidate > b->candidate) - (a->candidate < b->candidate);
}

static bool has_point(const Spoina__V1__Place *place)
{
    return place != NULL && place->_latitude_case == SPOINA__V1__PLACE___LATITUDE_LATITUDE &&
           place->_longitude_case == SPOINA__V1__PLACE___LONGITUDE_LONGITUDE;
}

/** Put the known seats on a grid of @p side; in order. @return how many there are */
static size_t list_seats(const struct sp_assembly *assembly, int32_t side, struct seat *seats)
{
    size_t count = 0;
    for (int32_t i = 0; i < assembly->problem.candidate_count; i++) {
        const Spoina__V1__Place *place = entity_of(assembly, i)->seat;
        if (has_point(place)) {
            seats[count++] = (struct seat){
                (int32_t)floor(place->latitude * E5_PER_DEGREE / side),
                (int32_t)floor(place->longitude * E5_PER_DEGREE / side),
                i,
            };
        }
    }
    if (count > 0) {
        qsort(seats, count, sizeof *seats, compare_seats);
    }
    return count;
}

static bool same_cell(const struct seat *a, const struct seat *b)
{
    return a->latitude == b->latitude && a->longitude == b->longitude;
}

static size_t count_cells(const struct seat *seats, size_t count)
{
    size_t cells = 0;
    for (size_t i = 0; i < count; i++) {
        cells += i == 0 || !same_cell(&seats[i], &seats[i - 1]);
    }
    return cells;
}

/** Score units for a distance. */
static int32_t price(const struct sp_assembly *assembly, uint32_t distance_m)
{
    return (int32_t)((uint64_t)assembly->options.team.distance_cost * SP_POINT_SCORE * distance_m /
                     M_PER_COST);
}

static enum sp_status fill_table(struct sp_assembly *assembly, const struct seat *cells,
                                 size_t count, int32_t side, struct sp_arena *arena,
                                 struct sp_error *err)
{
    size_t places = count + 1;
    int32_t *table = sp_arena_calloc(arena, places * places, sizeof *table);
    if (table == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    int32_t half = side / 2;
    int32_t unknown = price(assembly, SP_SEAT_UNKNOWN_KM * M_PER_KM);
    for (size_t a = 0; a < places; a++) {
        table[a * places + UNKNOWN_PLACE] = unknown;
        table[UNKNOWN_PLACE * places + a] = unknown;
    }
    for (size_t a = 0; a < count; a++) {
        for (size_t b = a + 1; b < count; b++) {
            int32_t cost = price(assembly, sp_distance_m(cells[a].latitude * side + half,
                                                         cells[a].longitude * side + half,
                                                         cells[b].latitude * side + half,
                                                         cells[b].longitude * side + half));
            table[(a + 1) * places + b + 1] = cost;
            table[(b + 1) * places + a + 1] = cost;
        }
    }
    assembly->problem.place_count = (int32_t)places;
    assembly->problem.distance = table;
    return SP_OK;
}

static enum sp_status place_seats(struct sp_assembly *assembly, struct sp_contender *candidates,
                                  struct sp_arena *arena, struct sp_error *err)
{
    struct seat *seats =
        sp_arena_calloc(arena, (size_t)assembly->problem.candidate_count, sizeof *seats);
    if (seats == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    int32_t side = FIRST_GRID_E5;
    size_t count = list_seats(assembly, side, seats);
    while (count_cells(seats, count) > SP_PLACES_MOST) {
        side *= 2;
        count = list_seats(assembly, side, seats);
    }
    size_t cells = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t candidate = seats[i].candidate;
        if (i == 0 || !same_cell(&seats[i], &seats[cells - 1])) {
            seats[cells++] = seats[i]; /* moves forward over what was read */
        }
        candidates[candidate].place = (int32_t)cells;
    }
    return fill_table(assembly, seats, cells, side, arena, err);
}

enum sp_status sp_pairs_fill(struct sp_assembly *assembly, struct sp_contender *candidates,
                             struct sp_arena *arena, struct sp_error *err)
{
    const struct sp_team_options *options = &assembly->options.team;
    struct label *labels =
        sp_arena_calloc(arena, (size_t)assembly->problem.candidate_count, sizeof *labels);
    if (labels == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    assembly->problem.owes_penalty = (int32_t)(options->owes_cost * SP_POINT_SCORE);
    assembly->problem.no_cooperation_penalty = (int32_t)(options->stranger_cost * SP_POINT_SCORE);
    assembly->problem.cooperation_divisor = SP_COOPERATION_DIVISOR;
    number_owes(assembly, candidates, labels);
    enum sp_status status = list_conflicts(assembly, labels, arena, err);
    if (status == SP_OK) {
        status = list_cooperations(assembly, labels, arena, err);
    }
    return status == SP_OK ? place_seats(assembly, candidates, arena, err) : status;
}
