/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/advice/wording.h"

#include <stdio.h>
#include <string.h>

#include "base/blocks.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "matcher/rules/say.h"

#define FILE_NAME "wording.txt"

enum {
    WORDINGS_MAX = 64, /* 9 today */
    PATH_MAX_BYTES = 4096,
    ARENA_MAX_BYTES = 1 << 20,
    FILLED_MAX_BYTES = 256 << 10, /* activities quote the requirements of a lot: 16 x 64 kB at the
                                     very most, cut far below */
    VALUE_BYTES = 64
};

enum key {
    KEY_RULE,
    KEY_VALID,
    KEY_CERTAINTY,
    KEY_TEXT,
    KEY_NOTE, /* from here on a key may be left out */
    KEY_BZP,
    KEY_EFORMS,
    KEY_SWZ,
    KEY_SWZ_EU,
    KEY_VERSION, /* alone in its block */
    KEY_COUNT
};

static const char *const key_words[KEY_COUNT] = {
    "rule", "valid", "certainty", "text", "note", "bzp", "eforms", "swz", "swz_eu", "version"};

enum placeholder { SHARE, PERSONS, MONTHS, WEIGHT, GROUPS, ACTIVITIES, TASKS, PLACEHOLDER_COUNT };

static const struct {
    const char *name;
    const char *blank; /* where the value is not known */
} placeholders[PLACEHOLDER_COUNT] = {
    [SHARE] = {"share", "[podaj] %"},
    [PERSONS] = {"persons", "[podaj liczbę] osób"},
    [MONTHS] = {"months", "[podaj liczbę] miesięcy"},
    [WEIGHT] = {"weight", "[podaj] %"},
    [GROUPS] = {"groups", "[wymień grupy z art. 96 ust. 2 pkt 2]"},
    [ACTIVITIES] = {"activities", "[wymień czynności]"},
    [TASKS] = {"tasks", "[wymień zadania]"},
};

struct sp_wordings {
    struct sp_arena *arena; /* holds all below */
    const struct sp_rulebook *book;
    const char *version;
    struct sp_ready_wording *items;
    size_t count;
};

static enum sp_status bad(const struct sp_block *block, enum key key, const char *polish,
                          const char *english, struct sp_view value, struct sp_error *err)
{
    return sp_block_bad(FILE_NAME, block->lines[key], polish, english, value, err);
}

static enum sp_status bad_value(const struct sp_block *block, enum key key, const char *polish,
                                const char *english, struct sp_error *err)
{
    return bad(block, key, polish, english, sp_view_of(block->values[key]), err);
}

/* "2021-01-01 .." or "2021-01-01 .. 2025-12-31" */
static enum sp_status read_valid(const struct sp_block *block, struct sp_ready_wording *wording,
                                 struct sp_error *err)
{
    const char *text = block->values[KEY_VALID];
    const char *dots = strstr(text, "..");
    size_t length = dots == NULL ? strlen(text) : (size_t)(dots - text);
    struct sp_view to = dots == NULL ? (struct sp_view){0} : sp_view_trim(sp_view_of(dots + 2));
    bool ok = dots != NULL &&
              sp_day_parse(sp_view_trim(sp_view_from(text, length)), &wording->valid_from);
    wording->valid_to = SP_DAY_UNKNOWN;
    if (ok && to.length > 0) {
        ok = sp_day_parse(to, &wording->valid_to) && wording->valid_from <= wording->valid_to;
    }
    return ok ? SP_OK
              : bad_value(block, KEY_VALID, "zły okres obowiązywania", "bad period of validity",
                          err);
}

static enum sp_status read_certainty(const struct sp_block *block, struct sp_ready_wording *wording,
                                     struct sp_error *err)
{
    static const char *const words[] = {"law", "interpretation", "doubtful"};
    for (size_t i = 0; i < SP_COUNT(words); i++) {
        if (strcmp(block->values[KEY_CERTAINTY], words[i]) == 0) {
            wording->certainty = (enum sp_certainty)i;
            return SP_OK;
        }
    }
    return bad_value(block, KEY_CERTAINTY, "zła pewność", "bad certainty", err);
}

static int find_placeholder(struct sp_view name)
{
    for (int i = 0; i < PLACEHOLDER_COUNT; i++) {
        if (sp_view_is(name, placeholders[i].name)) {
            return i;
        }
    }
    return -1;
}

/* Cut the next "{name}" off @p rest: what stands before it, and its name. A brace without an end
 * gives an empty name; no brace at all gives false. */
static bool next_placeholder(struct sp_view *rest, struct sp_view *before, struct sp_view *name)
{
    const char *open = rest->length == 0 ? NULL : memchr(rest->data, '{', rest->length);
    if (open == NULL) {
        return false;
    }
    *before = sp_view_from(rest->data, (size_t)(open - rest->data));
    size_t left = rest->length - before->length - 1;
    const char *close = memchr(open + 1, '}', left);
    size_t length = close == NULL ? 0 : (size_t)(close - open - 1);
    *name = sp_view_from(open + 1, length);
    size_t used = close == NULL ? left : length + 1;
    *rest = sp_view_from(open + 1 + used, left - used);
    return true;
}

static enum sp_status check_text(const struct sp_block *block, struct sp_error *err)
{
    struct sp_view rest = sp_view_of(block->values[KEY_TEXT]);
    struct sp_view before;
    struct sp_view name;
    while (next_placeholder(&rest, &before, &name)) {
        if (find_placeholder(name) < 0) {
            return bad(block, KEY_TEXT, "nieznane pole do uzupełnienia", "unknown placeholder",
                       name, err);
        }
    }
    return SP_OK;
}

static bool within(sp_day day, const struct sp_ready_wording *wording)
{
    return wording->valid_from <= day &&
           (wording->valid_to == SP_DAY_UNKNOWN || day <= wording->valid_to);
}

static enum sp_status check_rule(const struct sp_wordings *wordings, const struct sp_block *block,
                                 const struct sp_ready_wording *wording, struct sp_error *err)
{
    if (sp_rule_find(wordings->book, wording->rule, wording->valid_from) == NULL) {
        return bad_value(block, KEY_RULE, "w tym dniu nie ma takiej zasady",
                         "no such rule on that day", err);
    }
    for (size_t i = 0; i < wordings->count; i++) {
        const struct sp_ready_wording *other = &wordings->items[i];
        if (strcmp(other->rule, wording->rule) == 0 &&
            (within(other->valid_from, wording) || within(wording->valid_from, other))) {
            return bad_value(block, KEY_RULE, "dwie treści zasady w jednym okresie",
                             "two wordings of a rule in one period", err);
        }
    }
    return SP_OK;
}

static enum sp_status take_version(struct sp_wordings *wordings, const struct sp_block *block,
                                   struct sp_error *err)
{
    if (wordings->version != NULL) {
        return bad_value(block, KEY_VERSION, "druga wersja", "a second version", err);
    }
    wordings->version = block->values[KEY_VERSION];
    return SP_OK;
}

static const char *or_empty(const struct sp_block *block, enum key key)
{
    return block->values[key] == NULL ? "" : block->values[key];
}

static enum sp_status take_block(void *context, const struct sp_block *block, struct sp_error *err)
{
    struct sp_wordings *wordings = context;
    if (block->values[KEY_VERSION] != NULL) {
        return take_version(wordings, block, err);
    }
    struct sp_ready_wording wording = {.rule = block->values[KEY_RULE],
                                       .text = block->values[KEY_TEXT],
                                       .note = or_empty(block, KEY_NOTE),
                                       .bzp = or_empty(block, KEY_BZP),
                                       .eforms = or_empty(block, KEY_EFORMS),
                                       .swz = or_empty(block, KEY_SWZ),
                                       .swz_eu = or_empty(block, KEY_SWZ_EU)};
    enum sp_status status = read_valid(block, &wording, err);
    if (status == SP_OK) {
        status = read_certainty(block, &wording, err);
    }
    if (status == SP_OK) {
        status = check_text(block, err);
    }
    if (status == SP_OK) {
        status = check_rule(wordings, block, &wording, err);
    }
    if (status == SP_OK && wordings->count == WORDINGS_MAX) {
        status = bad_value(block, KEY_RULE, "za dużo treści", "too many wordings", err);
    }
    if (status == SP_OK) {
        wordings->items[wordings->count++] = wording;
    }
    return status;
}

static enum sp_status read_file(struct sp_wordings *wordings, const char *share_dir,
                                struct sp_error *err)
{
    char directory[PATH_MAX_BYTES];
    if (sp_file_join(share_dir, "rules", directory, sizeof directory) != SP_OK) {
        return SP_FAIL(err, SP_IO, FILE_NAME, "Za długa ścieżka do %s.",
                       "The path to %s is too long.", FILE_NAME);
    }
    const struct sp_blocks blocks = {.directory = directory,
                                     .file = FILE_NAME,
                                     .keys = key_words,
                                     .key_count = KEY_COUNT,
                                     .required = KEY_NOTE,
                                     .lone = KEY_VERSION,
                                     .arena = wordings->arena,
                                     .take = take_block,
                                     .context = wordings};
    enum sp_status status = sp_blocks_read(&blocks, err);
    if (status == SP_OK && wordings->version == NULL) {
        status = sp_block_bad(FILE_NAME, 1, "brak klucza", "a key is missing",
                              sp_view_of(key_words[KEY_VERSION]), err);
    }
    return status;
}

enum sp_status sp_wordings_open(const char *share_dir, const struct sp_rulebook *book,
                                struct sp_wordings **out, struct sp_error *err)
{
    struct sp_wordings *wordings = sp_calloc(1, sizeof *wordings);
    if (wordings == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    wordings->book = book;
    wordings->arena = sp_arena_new(ARENA_MAX_BYTES);
    if (wordings->arena != NULL) {
        wordings->items = sp_arena_calloc(wordings->arena, WORDINGS_MAX, sizeof *wordings->items);
    }
    enum sp_status status =
        wordings->items == NULL ? SP_FAIL_NOMEM(err) : read_file(wordings, share_dir, err);
    if (status != SP_OK) {
        sp_wordings_free(wordings);
        return status;
    }
    *out = wordings;
    return SP_OK;
}

void sp_wordings_free(struct sp_wordings *wordings)
{
    if (wordings != NULL) {
        sp_arena_free(wordings->arena);
        sp_free(wordings);
    }
}

const char *sp_wordings_version(const struct sp_wordings *wordings)
{
    return wordings->version;
}

const struct sp_ready_wording *sp_wording_find(const struct sp_wordings *wordings, const char *rule,
                                               sp_day day)
{
    for (size_t i = 0; i < wordings->count; i++) {
        if (strcmp(wordings->items[i].rule, rule) == 0 && within(day, &wordings->items[i])) {
            return &wordings->items[i];
        }
    }
    return NULL;
}

const struct sp_ready_wording *sp_wordings_all(const struct sp_wordings *wordings, size_t *count)
{
    *count = wordings->count;
    return wordings->items;
}

/* A number with its unit, "" when it is not known. */
static void say_value(const struct sp_wording_values *values, enum placeholder placeholder,
                      char out[VALUE_BYTES])
{
    out[0] = '\0';
    if (placeholder == SHARE && values->share_percent > 0) {
        (void)snprintf(out, VALUE_BYTES, "%u %%", values->share_percent);
    } else if (placeholder == WEIGHT && values->weight_percent > 0) {
        (void)snprintf(out, VALUE_BYTES, "%u %%", values->weight_percent);
    } else if (placeholder == PERSONS && values->persons > 0) {
        (void)snprintf(out, VALUE_BYTES, "%u %s", values->persons,
                       sp_say_plural(values->persons, "osobę", "osoby", "osób"));
    } else if (placeholder == MONTHS && values->months > 0) {
        (void)snprintf(out, VALUE_BYTES, "%u %s", values->months,
                       sp_say_plural(values->months, "miesiąc", "miesiące", "miesięcy"));
    }
}

static void add_value(struct sp_buffer *out, const struct sp_wording_values *values,
                      enum placeholder placeholder)
{
    char number[VALUE_BYTES];
    const char *text = placeholder == GROUPS       ? values->groups
                       : placeholder == ACTIVITIES ? values->activities
                       : placeholder == TASKS      ? values->tasks
                                                   : number;
    say_value(values, placeholder, number);
    bool known = text != NULL && text[0] != '\0';
    sp_buffer_add_text(out, known ? text : placeholders[placeholder].blank);
}

char *sp_wording_fill(const struct sp_ready_wording *wording,
                      const struct sp_wording_values *values, struct sp_arena *arena)
{
    struct sp_buffer filled;
    struct sp_view rest = sp_view_of(wording->text);
    struct sp_view before;
    struct sp_view name;
    sp_buffer_init(&filled, FILLED_MAX_BYTES);
    while (next_placeholder(&rest, &before, &name)) {
        sp_buffer_add_view(&filled, before);
        int found = find_placeholder(name);
        SP_ASSERT(found >= 0); /* checked at opening */
        add_value(&filled, values, (enum placeholder)found);
    }
    sp_buffer_add_view(&filled, rest);
    char *text = filled.status == SP_OK ? sp_arena_copy(arena, sp_buffer_view(&filled)) : NULL;
    sp_buffer_release(&filled);
    return text;
}
