/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/need_query.h"

#include <stdlib.h>

enum {
    NEAR_DIGITS = 4,       /* codes that share so many are near: closeness 550 and more */
    VOIVODESHIP_DIGITS = 2 /* of TERYT */
};

/* How a question is written: one group a line, patterns apart by spaces, a star behind a prefix.
 * Keys hold none of these: a lemma is one word. */
static const char GROUP_END = '\n';
static const char PATTERN_END = ' ';
static const char PREFIX_MARK = '*';

static int compare(const void *a, const void *b)
{
    const struct sp_key_pattern *left = a;
    const struct sp_key_pattern *right = b;
    int order = sp_view_compare(left->key, right->key);
    return order != 0 ? order : (int)left->is_prefix - (int)right->is_prefix;
}

static void settle(struct sp_key_group *group)
{
    size_t kept = 0;
    if (group->count > 0) {
        qsort(group->patterns, group->count, sizeof *group->patterns, compare);
    }
    for (size_t i = 0; i < group->count; i++) {
        if (kept == 0 || compare(&group->patterns[kept - 1], &group->patterns[i]) != 0) {
            group->patterns[kept++] = group->patterns[i];
        }
    }
    group->count = kept;
}

/** A question being put together. */
struct asker {
    const struct sp_key_tools *tools;
    struct sp_arena *arena;
    struct sp_need_query *query;
    const char *place; /* field at hand, for errors */
};

/** Begin a group that may get @p most patterns. */
static enum sp_status begin_group(struct asker *own, size_t most, struct sp_key_group **out,
                                  struct sp_error *err)
{
    struct sp_need_query *query = own->query;
    if (query->count == SP_QUERY_GROUPS_MAX) {
        return SP_FAIL(err, SP_LIMIT, own->place, "Najwyżej %d słów.", "At most %d words.",
                       SP_QUERY_GROUPS_MAX);
    }
    if (query->groups == NULL) {
        query->groups = sp_arena_calloc(own->arena, SP_QUERY_GROUPS_MAX, sizeof *query->groups);
    }
    struct sp_key_pattern *patterns = sp_arena_calloc(own->arena, most + 1, sizeof *patterns);
    if (query->groups == NULL || patterns == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    *out = &query->groups[query->count++];
    (*out)->patterns = patterns;
    return SP_OK;
}

/** @p length of @p text is taken */
static enum sp_status add(struct asker *own, struct sp_key_group *group, char mark,
                          struct sp_view text, bool is_prefix, struct sp_error *err)
{
    if (group->count == SP_QUERY_PATTERNS_MAX || text.length >= SP_NEED_KEY_MAX_BYTES) {
        return SP_OK;
    }
    char *key = sp_arena_alloc(own->arena, text.length + 2);
    if (key == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    key[0] = mark;
    if (text.length > 0) {
        memcpy(key + 1, text.data, text.length);
    }
    key[text.length + 1] = '\0';
    group->patterns[group->count++] =
        (struct sp_key_pattern){sp_view_from(key, text.length + 1), is_prefix};
    return SP_OK;
}

/** A group for each content word of @p text: any of its lemmas. */
static enum sp_status ask_words(struct asker *own, char mark, const char *text,
                                struct sp_error *err)
{
    struct sp_token_list tokens;
    enum sp_status status =
        sp_analyse(own->tools->analyser, sp_view_of(text), 0, own->arena, &tokens, err);
    if (status == SP_INVALID) {
        sp_error_prefix(err, own->place);
    }
    size_t before = own->query->count;
    for (size_t i = 0; status == SP_OK && i < tokens.count; i++) {
        const struct sp_token *token = &tokens.tokens[i];
        struct sp_key_group *group = NULL;
        if (!sp_is_key_token(token)) {
            continue;
        }
        status = begin_group(own, token->lemma_count, &group, err);
        for (size_t k = 0; status == SP_OK && k < token->lemma_count; k++) {
            status = add(own, group, mark, token->lemmas[k], false, err);
        }
    }
    return status == SP_OK && text[0] != '\0' && own->query->count == before
               ? SP_FAIL(err, SP_INVALID, own->place, "„%.60s” nie zawiera słowa do szukania.",
                         "\"%.60s\" holds no word to look for.", text)
               : status;
}

static enum sp_status ask_code(struct asker *own, const char *code, struct sp_error *err)
{
    struct sp_key_group *group = NULL;
    size_t digits = strspn(code, "0123456789");
    size_t most = digits > SP_CPV_DIGITS ? SP_CPV_DIGITS : digits;
    if (digits < 2 || digits > SP_CPV_DIGITS || (code[digits] != '\0' && code[digits] != '-')) {
        return SP_FAIL(err, SP_INVALID, own->place,
                       "„%.40s” nie jest kodem CPV ani jego początkiem.",
                       "\"%.40s\" is no CPV code and no beginning of one.", code);
    }
    while (most > 2 && code[most - 1] == '0') {
        most--; /* 85300000 stands for itself and all below it */
    }
    enum sp_status status = begin_group(own, 1, &group, err);
    return status == SP_OK ? add(own, group, 'c', sp_view_from(code, most), true, err) : status;
}

/** Needs inside the place, and those whose place holds it. */
static enum sp_status add_place(struct asker *own, struct sp_key_group *group, struct sp_view teryt,
                                struct sp_error *err)
{
    size_t digits = teryt.length > SP_KEY_TERYT_DIGITS ? SP_KEY_TERYT_DIGITS : teryt.length;
    enum sp_status status = add(own, group, 'p', sp_view_from(teryt.data, digits), true, err);
    for (size_t i = VOIVODESHIP_DIGITS; status == SP_OK && i < digits; i += 2) {
        status = add(own, group, 'p', sp_view_from(teryt.data, i), false, err);
    }
    return status;
}

static enum sp_status ask_place(struct asker *own, const char *text, const struct sp_place **place,
                                struct sp_error *err)
{
    struct sp_place_mention mention;
    struct sp_key_group *group = NULL;
    enum sp_status status =
        sp_gazetteer_resolve(own->tools->vocabulary->gazetteer, own->tools->analyser,
                             sp_view_of(text), sp_view_of(""), own->arena, &mention, err);
    if (status == SP_NOT_FOUND || status == SP_INVALID) {
        sp_error_prefix(err, own->place);
    }
    if (status != SP_OK) {
        return status;
    }
    if (place != NULL) {
        *place = mention.candidates[0];
    }
    if (mention.candidates[0]->level == SP_PLACE_COUNTRY) {
        return SP_OK;
    }
    status = begin_group(own, 4, &group, err);
    return status == SP_OK ? add_place(own, group, sp_view_of(mention.candidates[0]->teryt), err)
                           : status;
}

static enum sp_status ask_kind(struct asker *own, Spoina__V1__NeedKind kind, struct sp_error *err)
{
    struct sp_key_group *group = NULL;
    enum sp_status status = begin_group(own, 2, &group, err);
    if (status == SP_OK && kind != SPOINA__V1__NEED_KIND__NEED_KIND_UNSPECIFIED) {
        char digit = (char)('0' + (int)kind);
        return add(own, group, 'k', sp_view_from(&digit, 1), false, err);
    }
    if (status == SP_OK) {
        status = add(own, group, 'k', sp_view_of("1"), false, err);
    }
    return status == SP_OK ? add(own, group, 'k', sp_view_of("2"), false, err) : status;
}

static void settle_all(struct sp_need_query *query)
{
    for (size_t i = 0; i < query->count; i++) {
        settle(&query->groups[i]);
    }
}

static enum sp_status read_day(const char *text, sp_day *out, struct sp_error *err)
{
    *out = SP_DAY_UNKNOWN;
    if (text[0] == '\0' || sp_day_parse(sp_view_of(text), out)) {
        return SP_OK;
    }
    return SP_FAIL(err, SP_INVALID, "open_on", "Data to RRRR-MM-DD.", "A date is YYYY-MM-DD.");
}

enum sp_status sp_need_query_read(const struct sp_key_tools *tools,
                                  const Spoina__V1__NeedFilter *filter, struct sp_arena *arena,
                                  const struct sp_place **place, struct sp_need_query *out,
                                  struct sp_error *err)
{
    struct asker own = {.tools = tools, .arena = arena, .query = out};
    *out = (struct sp_need_query){.open_on = SP_DAY_UNKNOWN};
    if (filter->kind < SPOINA__V1__NEED_KIND__NEED_KIND_UNSPECIFIED ||
        filter->kind > SPOINA__V1__NEED_KIND__NEED_KIND_DRAFT) {
        return SP_FAIL(err, SP_INVALID, "kind", "Nieznany rodzaj potrzeby: %d.",
                       "Unknown kind of need: %d.", (int)filter->kind);
    }
    enum sp_status status = read_day(filter->open_on, &out->open_on, err);
    own.place = "text";
    if (status == SP_OK) {
        status = ask_words(&own, 'w', filter->text, err);
    }
    own.place = "cpv";
    if (status == SP_OK && filter->cpv[0] != '\0') {
        status = ask_code(&own, filter->cpv, err);
    }
    own.place = "place";
    if (status == SP_OK && filter->place[0] != '\0') {
        status = ask_place(&own, filter->place, place, err);
    }
    own.place = "buyer";
    if (status == SP_OK) {
        status = ask_words(&own, 'b', filter->buyer, err);
    }
    if (status == SP_OK) {
        status = ask_kind(&own, filter->kind, err);
    }
    settle_all(out);
    return status;
}

static enum sp_status add_offer(struct asker *own, struct sp_key_group *group,
                                const Spoina__V1__Offer *offer, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < offer->n_service; i++) {
        status = add(own, group, 's', sp_view_of(offer->service[i]), false, err);
    }
    for (size_t i = 0; status == SP_OK && i < offer->n_cpv; i++) {
        struct sp_view code = sp_view_of(offer->cpv[i]);
        code.length = code.length > NEAR_DIGITS ? NEAR_DIGITS : code.length;
        status = add(own, group, 'c', code, true, err);
    }
    return status;
}

/** @return false in @p known when the offer says nothing of where, and nor does the seat */
static enum sp_status add_area(struct asker *own, struct sp_key_group *group,
                               const Spoina__V1__Entity *entity, const Spoina__V1__Offer *offer,
                               bool *known, struct sp_error *err)
{
    const Spoina__V1__ServedArea *area = offer->area;
    enum sp_status status = SP_OK;
    bool named = area != NULL && area->n_teryt > 0;
    bool radius =
        area == NULL || area->_kilometres_case == SPOINA__V1__SERVED_AREA___KILOMETRES_KILOMETRES;
    for (size_t i = 0; named && status == SP_OK && i < area->n_teryt; i++) {
        status = add_place(own, group, sp_view_of(area->teryt[i]), err);
    }
    if (named && !radius) {
        return status;
    }
    struct sp_view seat = entity->seat == NULL ? sp_view_of("") : sp_view_of(entity->seat->teryt);
    if (seat.length < VOIVODESHIP_DIGITS) {
        *known = *known && named;
        return status;
    }
    seat.length = VOIVODESHIP_DIGITS;
    return status == SP_OK ? add_place(own, group, seat, err) : status;
}

enum sp_status sp_need_query_for(const struct sp_key_tools *tools, const Spoina__V1__Entity *entity,
                                 struct sp_arena *arena, struct sp_need_query *out,
                                 struct sp_error *err)
{
    struct asker own = {.tools = tools, .arena = arena, .query = out};
    struct sp_key_group *what = NULL;
    struct sp_key_group *where = NULL;
    bool known = true;
    *out = (struct sp_need_query){.open_on = SP_DAY_UNKNOWN};
    enum sp_status status = begin_group(&own, SP_QUERY_PATTERNS_MAX, &what, err);
    if (status == SP_OK) {
        status = ask_kind(&own, SPOINA__V1__NEED_KIND__NEED_KIND_UNSPECIFIED, err);
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_offers; i++) {
        status = add_offer(&own, what, entity->offers[i], err);
    }
    if (status == SP_OK && what->count == 0) {
        return SP_FAIL(
            err, SP_INVALID, "entity",
            "Żadna oferta podmiotu nie ma kodu CPV ani usługi, więc nie ma czego szukać.",
            "No offer of the entity has a CPV code or a service: nothing to look for.");
    }
    if (status == SP_OK) {
        status = begin_group(&own, SP_QUERY_PATTERNS_MAX, &where, err);
    }
    for (size_t i = 0; status == SP_OK && i < entity->n_offers; i++) {
        status = add_area(&own, where, entity, entity->offers[i], &known, err);
    }
    if (status == SP_OK && !known) {
        out->count--; /* somewhere unknown: every place is in question */
    }
    settle_all(out);
    return status;
}

static bool pattern_holds(const struct sp_key_pattern *pattern, const struct sp_need_keys *keys)
{
    size_t at = sp_need_keys_find(keys, pattern->key);
    if (at == keys->count) {
        return false;
    }
    return pattern->is_prefix ? sp_view_starts_with(keys->items[at], pattern->key)
                              : sp_view_equal(keys->items[at], pattern->key);
}

bool sp_key_group_holds(const struct sp_key_group *group, const struct sp_need_keys *keys)
{
    for (size_t i = 0; i < group->count; i++) {
        if (pattern_holds(&group->patterns[i], keys)) {
            return true;
        }
    }
    return false;
}

bool sp_need_query_holds(const struct sp_need_query *query, const struct sp_need_keys *keys,
                         sp_day open_until)
{
    bool open = query->open_on == SP_DAY_UNKNOWN || open_until == SP_DAY_UNKNOWN ||
                open_until >= query->open_on;
    for (size_t i = 0; open && i < query->count; i++) {
        open = sp_key_group_holds(&query->groups[i], keys);
    }
    return open;
}

void sp_need_query_write(const struct sp_need_query *query, struct sp_buffer *out)
{
    char day[11] = "-";
    if (query->open_on != SP_DAY_UNKNOWN) {
        sp_day_format(query->open_on, day);
    }
    sp_buffer_add_text(out, day);
    sp_buffer_add_char(out, GROUP_END);
    for (size_t i = 0; i < query->count; i++) {
        for (size_t k = 0; k < query->groups[i].count; k++) {
            const struct sp_key_pattern *pattern = &query->groups[i].patterns[k];
            sp_buffer_add_view(out, pattern->key);
            if (pattern->is_prefix) {
                sp_buffer_add_char(out, PREFIX_MARK);
            }
            sp_buffer_add_char(out, PATTERN_END);
        }
        sp_buffer_add_char(out, GROUP_END);
    }
}

/** Take what stands before @p end off @p rest; false when there is no @p end. */
static bool take(struct sp_view *rest, char end, struct sp_view *out)
{
    const char *at = rest->length == 0 ? NULL : memchr(rest->data, end, rest->length);
    if (at == NULL) {
        return false;
    }
    *out = sp_view_from(rest->data, (size_t)(at - rest->data));
    rest->length -= out->length + 1;
    rest->data = at + 1;
    return true;
}

static size_t count_of(struct sp_view text, char wanted)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++) {
        count += text.data[i] == wanted ? 1 : 0;
    }
    return count;
}

static enum sp_status parse_group(struct sp_view line, struct sp_arena *arena,
                                  struct sp_key_group *out, struct sp_error *err)
{
    struct sp_view key;
    out->patterns = sp_arena_calloc(arena, count_of(line, PATTERN_END) + 1, sizeof *out->patterns);
    if (out->patterns == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    while (take(&line, PATTERN_END, &key)) {
        bool is_prefix = key.length > 1 && key.data[key.length - 1] == PREFIX_MARK;
        key.length -= is_prefix ? 1 : 0;
        out->patterns[out->count++] = (struct sp_key_pattern){key, is_prefix};
    }
    return SP_OK;
}

enum sp_status sp_need_query_parse(struct sp_view text, struct sp_arena *arena,
                                   struct sp_need_query *out, struct sp_error *err)
{
    struct sp_view rest = text;
    struct sp_view line;
    *out = (struct sp_need_query){.open_on = SP_DAY_UNKNOWN};
    bool good = take(&rest, GROUP_END, &line) &&
                (sp_view_is(line, "-") || sp_day_parse(line, &out->open_on));
    if (!good) {
        return SP_FAIL(err, SP_CORRUPT, "", "Zapisane wyszukiwanie jest uszkodzone.",
                       "A stored search is damaged.");
    }
    out->groups = sp_arena_calloc(arena, count_of(rest, GROUP_END) + 1, sizeof *out->groups);
    enum sp_status status = out->groups == NULL ? SP_FAIL_NOMEM(err) : SP_OK;
    while (status == SP_OK && take(&rest, GROUP_END, &line)) {
        status = parse_group(line, arena, &out->groups[out->count++], err);
    }
    return status;
}
