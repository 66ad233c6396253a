/* SPDX-License-Identifier: EUPL-1.2 */
#include "tools/region/region_tables.h"

#include <stdio.h>
#include <string.h>

#include "base/view.h"
#include "matcher/vocabulary/data_table.h"
#include "tools/region/region_territory.h"
#include "tools/region/region_words.h"

enum { PRICE_MOST = 100 * 1000 * 1000, CAPACITY_MOST = 1000 * 1000 * 1000 };

/* Copy the words of @p list into out[0..max). */
static enum sp_status cut_list(const struct sp_data_table *table, const struct sp_data_row *row,
                               size_t field, char separator, struct sp_arena *arena,
                               const char **out, size_t max, size_t *count, struct sp_error *err)
{
    struct sp_view rest = sp_view_of(row->fields[field]);
    struct sp_view word;
    *count = 0;
    while (sp_list_next(&rest, separator, &word)) {
        if (*count == max) {
            return sp_data_table_bad(table, row, row->fields[field], "za długa lista",
                                     "list too long", err);
        }
        out[*count] = sp_arena_copy(arena, word);
        if (out[*count] == NULL) {
            return SP_FAIL_NOMEM(err);
        }
        ++*count;
    }
    return SP_OK;
}

/* Number of the enumerator @p prefix + the field; "-" is UNSPECIFIED. */
static enum sp_status find_enum(const struct sp_data_table *table, const struct sp_data_row *row,
                                size_t field, const ProtobufCEnumDescriptor *type,
                                const char *prefix, int *out, struct sp_error *err)
{
    const char *text = row->fields[field];
    char name[64] = "";
    size_t length = strlen(prefix);
    if (strcmp(text, "-") == 0) {
        *out = 0;
        return SP_OK;
    }
    const ProtobufCEnumValue *value = NULL;
    if (length + strlen(text) < sizeof name) {
        (void)snprintf(name, sizeof name, "%s%s", prefix, text);
        value = protobuf_c_enum_descriptor_get_value_by_name(type, name);
    }
    if (value == NULL) {
        return sp_data_table_bad(table, row, text, "nieznana nazwa", "unknown name", err);
    }
    *out = value->value;
    return SP_OK;
}

static enum sp_status read_licences(struct sp_region *region, const char *directory,
                                    struct sp_error *err)
{
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "licences.tsv", 3, 3, region->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    region->licences = sp_arena_calloc(region->arena, table.row_count, sizeof *region->licences);
    if (region->licences == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < table.row_count && status == SP_OK; i++) {
        struct sp_region_licence *licence = &region->licences[region->licence_count++];
        licence->id = table.rows[i].fields[0];
        licence->kind = table.rows[i].fields[1];
        status = sp_data_table_integer(&table, &table.rows[i], 2, 0, 50, &licence->years, err);
    }
    return status;
}

static enum sp_status read_service_licences(const struct sp_region *region,
                                            const struct sp_data_table *table,
                                            const struct sp_data_row *row,
                                            struct sp_region_service *service, struct sp_error *err)
{
    const char *ids[SP_REGION_LICENCES_MAX];
    size_t count = 0;
    if (strcmp(row->fields[12], "-") == 0) {
        return SP_OK;
    }
    enum sp_status status =
        cut_list(table, row, 12, ' ', region->arena, ids, SP_REGION_LICENCES_MAX, &count, err);
    for (size_t i = 0; i < count && status == SP_OK; i++) {
        size_t at = 0;
        while (at < region->licence_count && strcmp(region->licences[at].id, ids[i]) != 0) {
            at++;
        }
        if (at == region->licence_count) {
            return sp_data_table_bad(table, row, ids[i], "nieznane uprawnienie", "unknown licence",
                                     err);
        }
        service->licences[service->licence_count++] = &region->licences[at];
    }
    return status;
}

static enum sp_status read_service(const struct sp_region *region,
                                   const struct sp_data_table *table, const struct sp_data_row *row,
                                   struct sp_region_service *service, struct sp_error *err)
{
    service->id = row->fields[0];
    service->group = row->fields[1];
    service->by = row->fields[3];
    service->unit = row->fields[5];
    service->period = strcmp(row->fields[6], "-") == 0 ? "" : row->fields[6];
    service->price_least = -1;
    const struct {
        size_t field;
        int64_t most;
        int64_t *out;
    } numbers[] = {{2, 1000, &service->weight},
                   {7, CAPACITY_MOST, &service->least},
                   {8, CAPACITY_MOST, &service->most},
                   {9, CAPACITY_MOST, &service->step},
                   {10, PRICE_MOST, &service->price_least},
                   {11, PRICE_MOST, &service->price_most}};
    size_t count = strcmp(row->fields[10], "-") == 0 ? SP_COUNT(numbers) - 2 : SP_COUNT(numbers);
    enum sp_status status = SP_OK;
    for (size_t i = 0; i < count && status == SP_OK; i++) {
        status = sp_data_table_integer(table, row, numbers[i].field, 1, numbers[i].most,
                                       numbers[i].out, err);
    }
    if (status == SP_OK &&
        (service->most < service->least || service->price_most < service->price_least)) {
        return sp_data_table_bad(table, row, service->id, "zakres na odwrót", "range upside down",
                                 err);
    }
    if (status == SP_OK) {
        status = cut_list(table, row, 4, ' ', region->arena, service->cpv, SP_REGION_CPV_MAX,
                          &service->cpv_count, err);
    }
    return status != SP_OK ? status : read_service_licences(region, table, row, service, err);
}

static enum sp_status read_services(struct sp_region *region, const char *directory,
                                    struct sp_error *err)
{
    struct sp_data_table table;
    enum sp_status status =
        sp_data_table_read(directory, "services.tsv", 13, 13, region->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    if (table.row_count > SP_REGION_SERVICES_MAX) {
        return SP_FAIL(err, SP_CORRUPT, table.name, "%s: za dużo wierszy (%zu, najwyżej %d).",
                       "%s: too many rows (%zu, at most %d).", table.name, table.row_count,
                       SP_REGION_SERVICES_MAX);
    }
    region->services = sp_arena_calloc(region->arena, table.row_count, sizeof *region->services);
    if (region->services == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < table.row_count && status == SP_OK; i++) {
        status = read_service(region, &table, &table.rows[i],
                              &region->services[region->service_count++], err);
    }
    return status;
}

static enum sp_status read_kind(const struct sp_region *region, const struct sp_data_table *table,
                                const struct sp_data_row *row, struct sp_region_kind *kind,
                                struct sp_error *err)
{
    int form = 0;
    int unit = 0;
    int group = 0;
    kind->letter = row->fields[0][0];
    enum sp_status status =
        find_enum(table, row, 1, &spoina__v1__legal_form__descriptor, "LEGAL_FORM_", &form, err);
    if (status == SP_OK) {
        status =
            find_enum(table, row, 2, &spoina__v1__unit_kind__descriptor, "UNIT_KIND_", &unit, err);
    }
    if (status == SP_OK) {
        status = find_enum(table, row, 7, &spoina__v1__social_group__descriptor, "SOCIAL_GROUP_",
                           &group, err);
    }
    kind->form = (Spoina__V1__LegalForm)form;
    kind->unit = (Spoina__V1__UnitKind)unit;
    kind->group = (Spoina__V1__SocialGroup)group;
    const struct {
        size_t field;
        int64_t most;
        int64_t *out;
    } numbers[] = {{3, 1000, &kind->weight},      {4, 1, &kind->in_krs},
                   {5, 1000, &kind->staff_least}, {6, 1000, &kind->staff_most},
                   {8, 100, &kind->share_least},  {9, 100, &kind->share_most},
                   {10, 1000, &kind->ps},         {11, 1000, &kind->opp},
                   {12, 1000, &kind->zpch},       {13, 1000, &kind->mark},
                   {14, 1000, &kind->aim},        {15, 1000, &kind->utility},
                   {16, 1000, &kind->non_profit}, {17, 1000, &kind->participation}};
    for (size_t i = 0; i < SP_COUNT(numbers) && status == SP_OK; i++) {
        status = sp_data_table_integer(table, row, numbers[i].field, 0, numbers[i].most,
                                       numbers[i].out, err);
    }
    return status != SP_OK ? status
                           : cut_list(table, row, 18, '|', region->arena, kind->patterns,
                                      SP_REGION_PATTERNS_MAX, &kind->pattern_count, err);
}

static bool has_work(const struct sp_region *region, char letter)
{
    for (size_t i = 0; i < region->service_count; i++) {
        if (strchr(region->services[i].by, letter) != NULL) {
            return true;
        }
    }
    return false;
}

static enum sp_status read_kinds(struct sp_region *region, const char *directory,
                                 struct sp_error *err)
{
    struct sp_data_table table;
    int64_t weights = 0;
    enum sp_status status =
        sp_data_table_read(directory, "kinds.tsv", 19, 19, region->arena, &table, err);
    if (status != SP_OK) {
        return status;
    }
    region->kinds = sp_arena_calloc(region->arena, table.row_count, sizeof *region->kinds);
    if (region->kinds == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    for (size_t i = 0; i < table.row_count && status == SP_OK; i++) {
        struct sp_region_kind *kind = &region->kinds[region->kind_count++];
        status = read_kind(region, &table, &table.rows[i], kind, err);
        weights += kind->weight;
        if (status == SP_OK && !has_work(region, kind->letter)) {
            return sp_data_table_bad(&table, &table.rows[i], table.rows[i].fields[0],
                                     "rodzaj bez usług w services.tsv", "kind without services",
                                     err);
        }
    }
    if (status == SP_OK && weights != 1000) {
        return SP_FAIL(err, SP_CORRUPT, table.name, "%s: wagi dają razem %lld zamiast 1000.",
                       "%s: the weights sum to %lld instead of 1000.", table.name,
                       (long long)weights);
    }
    return status;
}

enum sp_status sp_region_read_tables(struct sp_region *region, const char *directory,
                                     struct sp_error *err)
{
    typedef enum sp_status read_fn(struct sp_region *, const char *, struct sp_error *);
    static read_fn *const readers[] = {read_licences, read_services, sp_region_read_words,
                                       read_kinds, sp_region_read_powiats};
    for (size_t i = 0; i < SP_COUNT(readers); i++) {
        enum sp_status status = readers[i](region, directory, err);
        if (status != SP_OK) {
            return status;
        }
    }
    return SP_OK;
}
