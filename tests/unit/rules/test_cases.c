/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The worked cases of cases.txt, which a lawyer can review: entities in compact form, then one line
 * a case. Every line is evaluated; a case that differs is told with the sentences of its ruling.
 * The format is described at the head of cases.txt; anything not understood fails the test.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "matcher/rules/clauses.h"
#include "matcher/rules/conditions.h"
#include "matcher/rules/regime.h"
#include "matcher/rules/reservations.h"

enum { ENTITIES_MAX = 64, LIST_MAX = 8, WORDS_MAX = 24, LEAST_CASES = 60 };

struct known {
    const char *name;
    Spoina__V1__Entity *entity;
    struct sp_statement stated;
};

struct table {
    struct sp_rulebook *book;
    struct sp_arena *arena;
    struct known known[ENTITIES_MAX];
    size_t count;
    const char *line;        /* at hand, for messages */
    struct sp_ruling ruling; /* of the last case about a team */
};

static const char *cases_path;

static void *zeroed(struct table *table, size_t size)
{
    void *memory = sp_arena_calloc(table->arena, 1, size);
    assert_non_null(memory);
    return memory;
}

static char *copy(struct table *table, const char *text)
{
    char *copied = sp_arena_strdup(table->arena, text == NULL ? "" : text);
    assert_non_null(copied);
    return copied;
}

static void *new_message(struct table *table, const ProtobufCMessageDescriptor *type)
{
    void *message = zeroed(table, type->sizeof_message);
    protobuf_c_message_init(type, message);
    return message;
}

/* Append to a repeated field with room for LIST_MAX. */
#define APPEND(table, list, count, item)                                                           \
    do {                                                                                           \
        if ((list) == NULL) {                                                                      \
            (list) = zeroed((table), LIST_MAX * sizeof *(list));                                   \
        }                                                                                          \
        assert_true((count) < LIST_MAX);                                                           \
        (list)[(count)++] = (item);                                                                \
    } while (0)

static size_t split(char *text, char separator, char *parts[], size_t most)
{
    size_t count = 0;
    while (text != NULL && count < most) {
        char *end = strchr(text, separator);
        if (end != NULL) {
            *end = '\0';
        }
        parts[count++] = text;
        text = end == NULL ? NULL : end + 1;
    }
    for (size_t i = count; i < most; i++) {
        parts[i] = NULL;
    }
    return count;
}

static char *trim(char *text)
{
    struct sp_view view = sp_view_trim(sp_view_of(text));
    char *start = text + (view.length == 0 ? 0 : view.data - text);
    start[view.length] = '\0';
    return start;
}

static sp_day day_of(const struct table *table, const char *text)
{
    sp_day day = SP_DAY_UNKNOWN;
    if (!sp_day_parse(sp_view_of(text), &day)) {
        fail_msg("bad day \"%s\" in: %s", text, table->line);
    }
    return day;
}

static int enum_value(const struct table *table, const ProtobufCEnumDescriptor *type,
                      const char *prefix, const char *name)
{
    char full[80];
    (void)snprintf(full, sizeof full, "%s%s", prefix, name);
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value_by_name(type, full);
    if (value == NULL) {
        fail_msg("unknown %s in: %s", full, table->line);
    }
    return value->value;
}

static enum sp_answer answer_of(const struct table *table, const char *text)
{
    if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0) {
        fail_msg("neither yes nor no: \"%s\" in: %s", text, table->line);
    }
    return strcmp(text, "yes") == 0 ? SP_ANSWER_YES : SP_ANSWER_NO;
}

/* staff=TOTAL,CONTRACTS,GROUP:PERSONS,...@DAY; "?" is not stated. */
static void add_staff(struct table *table, Spoina__V1__Entity *entity, char *text, const char *unit)
{
    char *parts[WORDS_MAX];
    Spoina__V1__Employment *staff = new_message(table, &spoina__v1__employment__descriptor);
    char *at = strchr(text, '@');
    staff->as_of = copy(table, at == NULL ? "" : at + 1);
    if (at != NULL) {
        *at = '\0';
    }
    size_t count = split(text, ',', parts, WORDS_MAX);
    if (strcmp(parts[0], "?") != 0) {
        staff->_total_case = SPOINA__V1__EMPLOYMENT___TOTAL_TOTAL;
        staff->total = (uint32_t)strtoul(parts[0], NULL, 10);
    }
    if (count > 1 && strcmp(parts[1], "?") != 0) {
        staff->_employment_contract_case =
            SPOINA__V1__EMPLOYMENT___EMPLOYMENT_CONTRACT_EMPLOYMENT_CONTRACT;
        staff->employment_contract = (uint32_t)strtoul(parts[1], NULL, 10);
    }
    for (size_t i = 2; i < count; i++) {
        char *pair[2];
        assert_int_equal(split(parts[i], ':', pair, 2), 2);
        Spoina__V1__GroupCount *group = new_message(table, &spoina__v1__group_count__descriptor);
        group->group = (Spoina__V1__SocialGroup)enum_value(
            table, &spoina__v1__social_group__descriptor, "SOCIAL_GROUP_", pair[0]);
        group->persons = (uint32_t)strtoul(pair[1], NULL, 10);
        APPEND(table, staff->groups, staff->n_groups, group);
    }
    staff->unit_id = copy(table, unit);
    APPEND(table, entity->employment, entity->n_employment, staff);
}

static void add_record(struct table *table, Spoina__V1__Entity *entity, const char *key,
                       char *parts[4])
{
    if (strcmp(key, "status") == 0) {
        Spoina__V1__Status *status = new_message(table, &spoina__v1__status__descriptor);
        status->kind = (Spoina__V1__StatusKind)enum_value(
            table, &spoina__v1__status_kind__descriptor, "STATUS_KIND_", parts[0]);
        status->valid_from = copy(table, parts[1]);
        status->valid_to = copy(table, parts[2]);
        APPEND(table, entity->statuses, entity->n_statuses, status);
    } else if (strcmp(key, "lic") == 0) {
        Spoina__V1__Licence *licence = new_message(table, &spoina__v1__licence__descriptor);
        licence->kind = copy(table, parts[0]);
        licence->number = copy(table, parts[1]);
        licence->valid_to = copy(table, parts[2]);
        APPEND(table, entity->licences, entity->n_licences, licence);
    } else if (strcmp(key, "ref") == 0) {
        Spoina__V1__Reference *ref = new_message(table, &spoina__v1__reference__descriptor);
        ref->cpv = copy(table, parts[0]);
        if (strcmp(parts[1], "?") != 0) {
            ref->_value_grosz_case = SPOINA__V1__REFERENCE___VALUE_GROSZ_VALUE_GROSZ;
            ref->value_grosz = strtoll(parts[1], NULL, 10) * 100;
        }
        ref->to = copy(table, parts[2]);
        ref->role = copy(table, parts[3]);
        APPEND(table, entity->references, entity->n_references, ref);
    } else if (strcmp(key, "ins") == 0) {
        Spoina__V1__Insurance *policy = new_message(table, &spoina__v1__insurance__descriptor);
        policy->sum_grosz = strtoll(parts[0], NULL, 10) * 100;
        policy->valid_to = copy(table, parts[1]);
        APPEND(table, entity->insurance, entity->n_insurance, policy);
    } else if (strcmp(key, "rev") == 0) {
        Spoina__V1__Revenue *revenue = new_message(table, &spoina__v1__revenue__descriptor);
        revenue->year = (uint32_t)strtoul(parts[0], NULL, 10);
        revenue->grosz = strtoll(parts[1], NULL, 10) * 100;
        APPEND(table, entity->revenue, entity->n_revenue, revenue);
    } else if (strcmp(key, "eq") == 0) {
        Spoina__V1__Offer *offer = new_message(table, &spoina__v1__offer__descriptor);
        APPEND(table, offer->equipment, offer->n_equipment, copy(table, parts[0]));
        APPEND(table, entity->offers, entity->n_offers, offer);
    } else {
        fail_msg("unknown word \"%s\" in: %s", key, table->line);
    }
}

/* Statements and identity; false when @p key is none of them. */
static bool set_fact(struct table *table, struct known *known, const char *key, char *value)
{
    Spoina__V1__Entity *entity = known->entity;
    struct sp_statement *stated = &known->stated;
    struct {
        const char *key;
        enum sp_answer *answer;
    } answers[] = {{"aim", &stated->integration_aim},   {"utility", &stated->public_utility_aim},
                   {"nonprofit", &stated->non_profit},  {"participation", &stated->participation},
                   {"cert27", &stated->certificate_27}, {"awarded", &stated->awarded_361},
                   {"ps", &stated->social_enterprise},  {"excluded", &stated->excluded}};
    for (size_t i = 0; i < SP_COUNT(answers); i++) {
        if (strcmp(key, answers[i].key) == 0) {
            *answers[i].answer = answer_of(table, value);
            return true;
        }
    }
    if (strcmp(key, "awarded_on") == 0) {
        stated->awarded_361_on = day_of(table, value);
    } else if (strcmp(key, "form") == 0) {
        entity->legal_form = (Spoina__V1__LegalForm)enum_value(
            table, &spoina__v1__legal_form__descriptor, "LEGAL_FORM_", value);
    } else if (strcmp(key, "nip") == 0) {
        entity->nip = copy(table, value);
    } else if (strcmp(key, "krs") == 0) {
        entity->krs = copy(table, value);
    } else if (strcmp(key, "confirmed") == 0) {
        entity->provenance = new_message(table, &spoina__v1__provenance__descriptor);
        entity->provenance->confirmed_on = copy(table, value);
    } else if (strcmp(key, "unit") == 0) {
        Spoina__V1__Unit *unit = new_message(table, &spoina__v1__unit__descriptor);
        unit->id = copy(table, "u");
        unit->kind = (Spoina__V1__UnitKind)enum_value(table, &spoina__v1__unit_kind__descriptor,
                                                      "UNIT_KIND_", value);
        APPEND(table, entity->units, entity->n_units, unit);
    } else {
        return false;
    }
    return true;
}

static void read_entity(struct table *table, char *text)
{
    char *words[WORDS_MAX];
    size_t count = split(text, ' ', words, WORDS_MAX);
    assert_true(table->count < ENTITIES_MAX);
    struct known *known = &table->known[table->count++];
    known->name = words[0];
    known->entity = new_message(table, &spoina__v1__entity__descriptor);
    known->entity->id = words[0];
    known->entity->name = words[0];
    for (size_t i = 1; i < count; i++) {
        char *pair[2];
        char *parts[4];
        if (words[i][0] == '\0') {
            continue;
        }
        assert_int_equal(split(words[i], '=', pair, 2), 2);
        if (strcmp(pair[0], "staff") == 0) {
            add_staff(table, known->entity, pair[1], "");
        } else if (strcmp(pair[0], "ustaff") == 0) {
            add_staff(table, known->entity, pair[1], "u");
        } else if (!set_fact(table, known, pair[0], pair[1])) {
            (void)split(pair[1], ',', parts, 4);
            add_record(table, known->entity, pair[0], parts);
        }
    }
}

/* "1,3" */
static uint32_t bits_of(char *text)
{
    char *parts[LIST_MAX];
    uint32_t bits = 0;
    size_t count = split(text, ',', parts, LIST_MAX);
    for (size_t i = 0; i < count; i++) {
        bits |= 1U << strtoul(parts[i], NULL, 10);
    }
    return bits;
}

/* "ZAZ/u*1,2 COOP*3 sub*4" */
static void read_team(struct table *table, char *text, struct sp_bidder members[LIST_MAX],
                      struct sp_team *team)
{
    char *words[LIST_MAX];
    size_t count = split(text, ' ', words, LIST_MAX);
    team->members = members;
    for (size_t i = 0; i < count; i++) {
        char *parts[2];
        char *name[2];
        if (words[i][0] == '\0' || strcmp(words[i], "-") == 0) {
            continue;
        }
        (void)split(words[i], '*', parts, 2);
        uint32_t bits = parts[1] == NULL ? 0 : bits_of(parts[1]);
        (void)split(parts[0], '/', name, 2);
        if (strcmp(name[0], "sub") == 0) {
            team->subcontracted = bits;
            continue;
        }
        const struct known *found = NULL;
        for (size_t j = 0; j < table->count; j++) {
            found = strcmp(table->known[j].name, name[0]) == 0 ? &table->known[j] : found;
        }
        if (found == NULL) {
            fail_msg("no entity \"%s\" in: %s", name[0], table->line);
        }
        members[team->count++] = (struct sp_bidder){.entity = found->entity,
                                                    .unit_id = name[1],
                                                    .performs = bits,
                                                    .stated = &found->stated};
    }
}

/* The value of "key=value" among the words; NULL when it is not there. */
static const char *option(char *const words[], size_t count, const char *key)
{
    size_t length = strlen(key);
    for (size_t i = 0; i < count; i++) {
        if (strncmp(words[i], key, length) == 0 && words[i][length] == '=') {
            return words[i] + length + 1;
        }
    }
    return NULL;
}

static int word_index(const struct table *table, const char *word, const char *const words[],
                      size_t count)
{
    for (size_t i = 0; word != NULL && i < count; i++) {
        if (strcmp(word, words[i]) == 0) {
            return (int)i;
        }
    }
    if (word != NULL) {
        fail_msg("unknown word \"%s\" in: %s", word, table->line);
    }
    return 0;
}

static int64_t number(char *const words[], size_t count, const char *key)
{
    const char *text = option(words, count, key);
    return text == NULL ? 0 : strtoll(text, NULL, 10);
}

static void read_purchase(struct table *table, char *const words[], size_t count, const char *day,
                          const char **cpv, struct sp_purchase *purchase)
{
    static const char *const kinds[] = {"unknown", "services", "supplies", "works"};
    static const char *const buyers[] = {"unknown", "local", "central", "sectoral"};
    const char *value = option(words, count, "value");
    const char *sector = option(words, count, "sector");
    char *codes = copy(table, option(words, count, "cpv"));
    char *list[LIST_MAX];
    *purchase = (struct sp_purchase){
        .value_grosz = value == NULL ? SP_VALUE_UNKNOWN : (int64_t)(strtod(value, NULL) * 100 + .5),
        .initiated = strcmp(day, "-") == 0 ? SP_DAY_UNKNOWN : day_of(table, day),
        .kind = (enum sp_purchase_kind)word_index(table, option(words, count, "kind"), kinds, 4),
        .buyer = (enum sp_buyer_class)word_index(table, option(words, count, "buyer"), buyers, 4),
        .public_sector = sector == NULL ? SP_ANSWER_UNKNOWN : answer_of(table, sector),
        .months = (unsigned)number(words, count, "months"),
        .in_house = option(words, count, "in_house") != NULL,
        .public_task = option(words, count, "public_task") != NULL,
        .cpv = cpv};
    if (codes[0] != '\0') {
        purchase->cpv_count = split(codes, ',', list, LIST_MAX);
        for (size_t i = 0; i < purchase->cpv_count; i++) {
            cpv[i] = list[i];
        }
    }
}

static enum sp_status ask_condition(struct table *table, char *const words[], size_t count,
                                    const struct sp_team *team, int kind, struct sp_ruling *out,
                                    struct sp_error *err)
{
    static const char *const wordings[] = {"default", "any", "sum", "every"};
    const char *part = option(words, count, "part");
    const char *since = option(words, count, "since");
    struct sp_condition condition = {
        .kind = (enum sp_condition_kind)kind,
        .wording = (enum sp_wording)word_index(table, option(words, count, "wording"), wordings, 4),
        .requirements = part == NULL ? 0 : bits_of(copy(table, part)),
        .name = option(words, count, "name"),
        .cpv = option(words, count, "cpv"),
        .grosz = number(words, count, "pln") * 100,
        .count = (unsigned)number(words, count, "count"),
        .year = (unsigned)number(words, count, "year"),
        .since = since == NULL ? 0 : day_of(table, since)};
    return sp_rule_condition(table->book, team, &condition, table->arena, out, err);
}

static enum sp_status ask_art_96(struct table *table, char *const words[], size_t count,
                                 const struct sp_team *team, struct sp_ruling *out,
                                 struct sp_error *err)
{
    static const char *const wordings[] = {"employs", "will"};
    char *names[LIST_MAX];
    Spoina__V1__SocialGroup groups[LIST_MAX];
    struct sp_employment_clause clause = {
        .wording = (enum sp_employment_wording)word_index(table, option(words, count, "wording"),
                                                          wordings, 2),
        .groups = groups,
        .group_count = split(copy(table, option(words, count, "groups")), ',', names, LIST_MAX),
        .persons = (unsigned)number(words, count, "count")};
    for (size_t i = 0; i < clause.group_count; i++) {
        groups[i] = (Spoina__V1__SocialGroup)enum_value(
            table, &spoina__v1__social_group__descriptor, "SOCIAL_GROUP_", names[i]);
    }
    return sp_rule_art_96(table->book, team, &clause, table->arena, out, err);
}

typedef enum sp_status reservation_fn(const struct sp_rulebook *, const struct sp_team *,
                                      const struct sp_reservation *, struct sp_arena *,
                                      struct sp_ruling *, struct sp_error *);

/* Questions about a team. */
static enum sp_status ask(struct table *table, char *const words[], size_t count,
                          const struct sp_team *team, const struct sp_team *rival,
                          struct sp_ruling *out, struct sp_error *err)
{
    static const char *const scopes[] = {"ALL", "PERFORMERS", "LEAD"};
    static const struct {
        const char *word;
        reservation_fn *evaluate;
    } reservations[] = {{"art94", sp_rule_art_94},
                        {"art361", sp_rule_art_361},
                        {"es26", sp_rule_es_26},
                        {"ss15a", sp_rule_ss_15a}};
    static const char *const conditions[] = {"register",    "licence", "references",
                                             "experience",  "persons", "equipment",
                                             "certificate", "revenue", "insurance"};
    struct sp_reservation options = {
        .scope = (enum sp_scope)word_index(table, option(words, count, "scope"), scopes, 3),
        .share_percent = (unsigned)number(words, count, "share")};
    for (size_t i = 0; i < SP_COUNT(reservations); i++) {
        if (strcmp(words[0], reservations[i].word) == 0) {
            return reservations[i].evaluate(table->book, team, &options, table->arena, out, err);
        }
    }
    for (size_t i = 0; i < SP_COUNT(conditions); i++) {
        if (strcmp(words[0], conditions[i]) == 0) {
            return ask_condition(table, words, count, team, (int)i, out, err);
        }
    }
    if (strcmp(words[0], "exclusion") == 0) {
        return sp_rule_exclusion(table->book, team, table->arena, out, err);
    }
    if (strcmp(words[0], "own_unit") == 0) {
        return sp_rule_own_unit(table->book, team, option(words, count, "buyer"), table->arena, out,
                                err);
    }
    if (strcmp(words[0], "one_offer") == 0) {
        return sp_rule_one_offer(table->book, team, rival, table->arena, out, err);
    }
    if (strcmp(words[0], "art95") == 0) {
        return sp_rule_art_95(table->book, team, table->arena, out, err);
    }
    if (strcmp(words[0], "art96") == 0) {
        return ask_art_96(table, words, count, team, out, err);
    }
    if (strcmp(words[0], "key_tasks") == 0) {
        return sp_rule_key_tasks(table->book, team,
                                 bits_of(copy(table, option(words, count, "part"))), table->arena,
                                 out, err);
    }
    if (strcmp(words[0], "each_performs") == 0) {
        return sp_rule_each_performs(table->book, team, table->arena, out, err);
    }
    fail_msg("unknown question \"%s\" in: %s", words[0], table->line);
    return SP_INTERNAL;
}

static void open_ids(unsigned open, char out[64])
{
    out[0] = '\0';
    for (int i = 0; i < SP_REGIME_COUNT; i++) {
        if ((open & 1U << i) != 0) {
            strcat(out, out[0] == '\0' ? "" : " ");
            strcat(out, sp_regime_id((enum sp_regime)i));
        }
    }
}

static bool compare(const struct table *table, const char *expected, const char *got,
                    const char *article, const char *printed)
{
    bool same = strcmp(expected, got) == 0 && strstr(printed, article) != NULL;
    if (!same) {
        print_error("%s\n  expected %s (%s), got %s: %s\n", table->line, expected, article, got,
                    printed);
    }
    return same;
}

static const char *const decisions[] = {"UNKNOWN", "MET", "NOT_MET"};

static bool run_about_purchase(struct table *table, char *const words[], size_t count,
                               const char *day, const char *expected, const char *article)
{
    const char *cpv[LIST_MAX];
    struct sp_purchase purchase;
    struct sp_error err = {0};
    read_purchase(table, words, count, day, cpv, &purchase);
    if (strcmp(words[0], "regime") == 0) {
        struct sp_regime_ruling regime;
        char open[64];
        assert_int_equal(sp_rule_regime(table->book, &purchase, table->arena, &regime, &err),
                         SP_OK);
        open_ids(regime.open, open);
        return compare(table, expected, open, article, sp_certainty_english(regime.certainty));
    }
    struct sp_ruling ruling;
    assert_int_equal(
        sp_rule_instrument(table->book, &purchase, words[1], table->arena, &ruling, &err), SP_OK);
    return compare(table, expected, decisions[ruling.decision], article, ruling.polish);
}

static bool run_about_criterion(struct table *table, const char *wording, const char *day,
                                const char *expected, const char *article)
{
    struct sp_ruling ruling;
    struct sp_error err = {0};
    enum sp_criterion_kind kind = sp_criterion_guess(table->book, wording);
    assert_int_equal(sp_rule_criterion(table->book, kind, wording, day_of(table, day), table->arena,
                                       &ruling, &err),
                     SP_OK);
    return compare(table, expected, decisions[ruling.decision], article, ruling.polish);
}

/* question | team [ / rival with "vs" ] | day | expected | article */
static bool run_case(struct table *table, char *text)
{
    char *columns[6];
    char *words[WORDS_MAX];
    char *sides[2];
    if (split(text, '|', columns, 6) != 6) {
        fail_msg("a case has six columns: %s", table->line);
    }
    for (size_t i = 0; i < 6; i++) {
        columns[i] = trim(columns[i]);
    }
    if (strncmp(columns[1], "criterion ", 10) == 0) {
        return run_about_criterion(table, columns[1] + 10, columns[3], columns[4], columns[5]);
    }
    size_t count = split(columns[1], ' ', words, WORDS_MAX);
    if (strcmp(words[0], "regime") == 0 || strcmp(words[0], "instrument") == 0) {
        return run_about_purchase(table, words, count, columns[3], columns[4], columns[5]);
    }
    struct sp_bidder members[LIST_MAX];
    struct sp_bidder rivals[LIST_MAX];
    struct sp_team team = {.deadline = day_of(table, columns[3])};
    struct sp_team rival = {.deadline = team.deadline};
    (void)split(columns[2], '+', sides, 2);
    read_team(table, sides[0], members, &team);
    if (sides[1] != NULL) {
        read_team(table, sides[1], rivals, &rival);
    }
    struct sp_ruling ruling;
    struct sp_error err = {0};
    enum sp_status status =
        ask(table, words, count, &team, sides[1] == NULL ? NULL : &rival, &ruling, &err);
    if (status != SP_OK) {
        fail_msg("%s: %s in: %s", sp_status_name(status), err.english, table->line);
    }
    for (size_t i = 0; i < ruling.count; i++) {
        assert_non_null(ruling.verdicts[i].polish);
        assert_non_null(ruling.verdicts[i].english);
        assert_int_equal(ruling.verdicts[i].day, team.deadline);
    }
    table->ruling = ruling;
    bool same = compare(table, columns[4], decisions[ruling.decision], columns[5], ruling.polish);
    for (size_t i = 0; i < ruling.count && !same; i++) {
        print_error("    %s\n", ruling.verdicts[i].english);
    }
    return same;
}

/* Does a verdict of the last case say this, in either language? No-break spaces are written as
 * spaces. */
static bool is_said(struct table *table, const char *text)
{
    for (size_t i = 0; i < table->ruling.count * 2; i++) {
        const struct sp_verdict *verdict = &table->ruling.verdicts[i / 2];
        char *said = copy(table, i % 2 == 0 ? verdict->polish : verdict->english);
        size_t length = 0;
        for (size_t at = 0; said[at] != '\0'; at++) {
            bool is_space = (unsigned char)said[at] == 0xC2 && (unsigned char)said[at + 1] == 0xA0;
            at += is_space;
            said[length++] = is_space ? ' ' : said[at];
        }
        said[length] = '\0';
        if (strcmp(said, text) == 0) {
            return true;
        }
    }
    print_error("%s\n  is not what the case before says:\n", table->line);
    for (size_t i = 0; i < table->ruling.count; i++) {
        print_error("    %s\n    %s\n", table->ruling.verdicts[i].polish,
                    table->ruling.verdicts[i].english);
    }
    return false;
}

static void the_worked_cases_come_out_as_written(void **state)
{
    (void)state;
    struct table table = {.arena = sp_arena_new(16 << 20)};
    struct sp_error err = {0};
    char *text = NULL;
    size_t length = 0;
    assert_non_null(table.arena);
    if (sp_rulebook_open(getenv("SPOINA_SHARE"), &table.book, &err) != SP_OK ||
        sp_file_read(cases_path, 1 << 20, &text, &length, &err) != SP_OK) {
        fail_msg("%s", err.english);
    }
    size_t cases = 0;
    size_t wrong = 0;
    for (char *line = text; line != NULL;) {
        char *end = strchr(line, '\n');
        char *next = end == NULL ? NULL : end + 1;
        if (end != NULL) {
            *end = '\0';
        }
        table.line = copy(&table, line);
        if (strncmp(line, "entity ", 7) == 0) {
            read_entity(&table, copy(&table, line + 7));
        } else if (strncmp(line, "case ", 5) == 0) {
            cases++;
            wrong += run_case(&table, line + 5) ? 0 : 1;
        } else if (strncmp(line, "says ", 5) == 0) {
            wrong += is_said(&table, line + 5) ? 0 : 1;
        } else if (line[0] != '#' && *trim(line) != '\0') {
            fail_msg("not understood: %s", table.line);
        }
        line = next;
    }
    print_message("%zu worked cases, %zu wrong\n", cases, wrong);
    sp_free(text);
    sp_arena_free(table.arena);
    sp_rulebook_free(table.book);
    assert_int_equal(wrong, 0);
    assert_true(cases >= LEAST_CASES);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_cases_come_out_as_written),
    };
    cases_path = argc > 1 ? argv[1] : "tests/unit/rules/cases.txt";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
