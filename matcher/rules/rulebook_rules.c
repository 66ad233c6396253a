/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Reader of rulebook.txt: blocks of "key: value", strict. An unknown, double or missing key, a word
 * out of its list, a bad date, two versions of a rule valid on one day: each names file and line.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "matcher/rules/rulebook_priv.h"

#define FILE_NAME "rulebook.txt"

enum {
    FILE_MAX_BYTES = 1 << 20,
    PATH_MAX_BYTES = 4096,
    VALUE_MAX_BYTES = 4096,
    RULES_MAX = 512 /* 59 today */
};

enum key {
    KEY_RULE,
    KEY_ARTICLE,
    KEY_ACT,
    KEY_VALID,
    KEY_CERTAINTY,
    KEY_TYPE,
    KEY_PL,
    KEY_EN,
    KEY_REGIMES, /* from here on a key may be left out */
    KEY_KINDS,
    KEY_NUMBER,
    KEY_COUNT
};

static const char *const key_words[KEY_COUNT] = {"rule",      "article", "act",   "valid",
                                                 "certainty", "type",    "pl",    "en",
                                                 "regimes",   "kinds",   "number"};

/* One block as read; values are in the arena. */
struct block {
    const char *values[KEY_COUNT]; /* NULL: not given */
    unsigned lines[KEY_COUNT];
    unsigned line; /* of its first key; 0: empty */
};

struct reader {
    struct sp_rulebook *book;
    struct sp_view rest;
    struct sp_view line; /* at hand, without its end */
    unsigned number;     /* of the line at hand */
    bool has_line;
    struct sp_error *err;
};

static enum sp_status bad(struct sp_error *err, unsigned line, const char *polish,
                          const char *english, struct sp_view value)
{
    return SP_FAIL(err, SP_CORRUPT, FILE_NAME, "%s, wiersz %u: %s%.0s: „%.*s”.",
                   "%s, line %u: %.0s%s: \"%.*s\".", FILE_NAME, line, polish, english,
                   SP_VIEW_ARGS(value));
}

static enum sp_status bad_text(struct sp_error *err, unsigned line, const char *polish,
                               const char *english, const char *value)
{
    return bad(err, line, polish, english, sp_view_of(value));
}

static void next_line(struct reader *reader)
{
    reader->has_line = reader->rest.length > 0;
    if (!reader->has_line) {
        return;
    }
    const char *end = memchr(reader->rest.data, '\n', reader->rest.length);
    size_t length = end == NULL ? reader->rest.length : (size_t)(end - reader->rest.data);
    reader->line = sp_view_from(reader->rest.data, length);
    size_t used = end == NULL ? length : length + 1;
    reader->rest = sp_view_from(reader->rest.data + used, reader->rest.length - used);
    reader->number++;
}

static bool is_comment(struct sp_view line)
{
    return line.length > 0 && line.data[0] == '#';
}

/* Take the value that starts with @p first and goes on in the lines that begin with two spaces. */
static enum sp_status take_value(struct reader *reader, struct sp_view first, const char **out)
{
    struct sp_buffer joined;
    sp_buffer_init(&joined, VALUE_MAX_BYTES);
    sp_buffer_add_view(&joined, sp_view_trim(first));
    unsigned start = reader->number;
    next_line(reader);
    while (reader->has_line && sp_view_starts_with(reader->line, sp_view_of("  "))) {
        sp_buffer_add_char(&joined, ' ');
        sp_buffer_add_view(&joined, sp_view_trim(reader->line));
        next_line(reader);
    }
    enum sp_status status = joined.status;
    if (status == SP_LIMIT) {
        status = bad(reader->err, start, "za długa wartość", "value too long", first);
    } else if (status == SP_OK && joined.length == 0) {
        status = bad(reader->err, start, "pusta wartość", "empty value", first);
    } else if (status == SP_OK) {
        *out = sp_arena_copy(reader->book->arena, sp_buffer_view(&joined));
        status = *out == NULL ? SP_NOMEM : SP_OK;
    }
    sp_buffer_release(&joined);
    return status == SP_NOMEM ? SP_FAIL_NOMEM(reader->err) : status;
}

/* Cut "key: value"; reads the value's further lines. */
static enum sp_status take_pair(struct reader *reader, struct sp_view *key, const char **value)
{
    const char *colon = memchr(reader->line.data, ':', reader->line.length);
    if (colon == NULL) {
        return bad(reader->err, reader->number, "brak dwukropka", "no colon", reader->line);
    }
    size_t length = (size_t)(colon - reader->line.data);
    *key = sp_view_from(reader->line.data, length);
    return take_value(reader, sp_view_from(colon + 1, reader->line.length - length - 1), value);
}

/* Read the pairs up to an empty line or the end. @p block stays empty for the version's block. */
static enum sp_status read_block(struct reader *reader, struct block *block)
{
    *block = (struct block){.line = 0};
    while (reader->has_line && sp_view_trim(reader->line).length > 0) {
        if (is_comment(reader->line)) {
            next_line(reader);
            continue;
        }
        unsigned line = reader->number;
        struct sp_view key;
        const char *value = NULL;
        enum sp_status status = take_pair(reader, &key, &value);
        if (status != SP_OK) {
            return status;
        }
        int found = sp_rulebook_word(key, key_words, KEY_COUNT);
        if (found < 0 && sp_view_is(key, "version") && reader->book->version == NULL) {
            reader->book->version = value;
            continue;
        }
        if (found < 0) {
            return bad(reader->err, line, "nieznany klucz", "unknown key", key);
        }
        if (block->values[found] != NULL) {
            return bad(reader->err, line, "klucz podany dwa razy", "key given twice", key);
        }
        block->values[found] = value;
        block->lines[found] = line;
        block->line = block->line == 0 ? line : block->line;
    }
    return SP_OK;
}

static enum sp_status read_valid(const struct block *block, struct sp_rule *rule,
                                 struct sp_error *err)
{
    const char *text = block->values[KEY_VALID];
    const char *dots = strstr(text, "..");
    struct sp_view from =
        sp_view_trim(sp_view_from(text, dots == NULL ? strlen(text) : (size_t)(dots - text)));
    struct sp_view to = dots == NULL ? (struct sp_view){0} : sp_view_trim(sp_view_of(dots + 2));
    bool ok = dots != NULL && sp_day_parse(from, &rule->valid_from);
    rule->valid_to = SP_DAY_UNKNOWN;
    if (ok && to.length > 0) {
        ok = sp_day_parse(to, &rule->valid_to) && rule->valid_from <= rule->valid_to;
    }
    return ok ? SP_OK
              : bad_text(err, block->lines[KEY_VALID], "zły okres obowiązywania",
                         "bad period of validity", text);
}

/* "law", "interpretation 78 %", "doubtful 90 %" */
static enum sp_status read_certainty(const struct block *block, struct sp_rule *rule,
                                     struct sp_error *err)
{
    static const char *const words[] = {"law", "interpretation", "doubtful"};
    const char *text = block->values[KEY_CERTAINTY];
    size_t length = strcspn(text, " ");
    int found = sp_rulebook_word(sp_view_from(text, length), words, SP_COUNT(words));
    unsigned long percent = 0;
    bool ok = found >= 0;
    if (ok && text[length] != '\0') {
        char *end = NULL;
        percent = strtoul(text + length, &end, 10);
        ok = end != text + length && strcmp(end, " %") == 0 && percent >= 1 && percent <= 100;
    }
    if (!ok) {
        return bad_text(err, block->lines[KEY_CERTAINTY], "zła pewność", "bad certainty", text);
    }
    rule->certainty = (enum sp_certainty)found;
    rule->confidence_percent = (unsigned)percent;
    return SP_OK;
}

static enum sp_status read_set(const struct block *block, enum key key, const char *const words[],
                               size_t count, unsigned *out, struct sp_error *err)
{
    const char *text = block->values[key];
    *out = 0;
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, " ");
        int found = sp_rulebook_word(sp_view_from(text, length), words, count);
        if (found < 0) {
            return bad(err, block->lines[key], "nieznane słowo", "unknown word",
                       sp_view_from(text, length));
        }
        *out |= 1U << found;
        text += length + strspn(text + length, " ");
    }
    return SP_OK;
}

static enum sp_status read_number(const struct block *block, struct sp_rule *rule,
                                  struct sp_error *err)
{
    const char *text = block->values[KEY_NUMBER];
    rule->number = -1;
    if (text == NULL) {
        return SP_OK;
    }
    char *end = NULL;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno != 0 || number < 0) {
        return bad_text(err, block->lines[KEY_NUMBER], "zła liczba", "bad number", text);
    }
    rule->number = number;
    return SP_OK;
}

static enum sp_status read_words(const struct block *block, struct sp_rule *rule,
                                 struct sp_error *err)
{
    static const char *const types[] = {"EVERY", "ANY",      "PERFORMER",  "SUM",
                                        "SHARE", "CONFLICT", "INFORMATION"};
    static const char *const regimes[SP_REGIME_COUNT] = {"R0", "R1", "R2", "R3", "R4", "R5", "R6"};
    static const char *const kinds[SP_PURCHASE_COUNT] = {"unknown", "services", "supplies",
                                                         "works"};
    const char *type = block->values[KEY_TYPE];
    int found = sp_rulebook_word(sp_view_of(type), types, SP_COUNT(types));
    if (found < 0) {
        return bad_text(err, block->lines[KEY_TYPE], "nieznany typ", "unknown type", type);
    }
    rule->type = (enum sp_rule_type)found;
    enum sp_status status =
        read_set(block, KEY_REGIMES, regimes, SP_COUNT(regimes), &rule->regimes, err);
    return status == SP_OK ? read_set(block, KEY_KINDS, kinds, SP_COUNT(kinds), &rule->kinds, err)
                           : status;
}

static enum sp_status check_periods(const struct sp_rulebook *book, const struct sp_rule *rule,
                                    struct sp_error *err)
{
    for (size_t i = 0; i < book->rule_count; i++) {
        const struct sp_rule *other = &book->rules[i];
        if (strcmp(other->id, rule->id) == 0 &&
            sp_periods_overlap(other->valid_from, other->valid_to, rule->valid_from,
                               rule->valid_to)) {
            return bad_text(err, rule->line, "dwie wersje zasady w jednym okresie",
                            "two versions of a rule in one period", rule->id);
        }
    }
    return SP_OK;
}

static enum sp_status add_rule(struct sp_rulebook *book, const struct block *block,
                               struct sp_error *err)
{
    for (int key = 0; key < KEY_REGIMES; key++) {
        if (block->values[key] == NULL) {
            return bad_text(err, block->line, "brak klucza", "a key is missing", key_words[key]);
        }
    }
    struct sp_rule rule = {.id = block->values[KEY_RULE],
                           .article = block->values[KEY_ARTICLE],
                           .act = block->values[KEY_ACT],
                           .polish = block->values[KEY_PL],
                           .english = block->values[KEY_EN],
                           .line = block->line};
    enum sp_status status = read_valid(block, &rule, err);
    if (status == SP_OK) {
        status = read_certainty(block, &rule, err);
    }
    if (status == SP_OK) {
        status = read_words(block, &rule, err);
    }
    if (status == SP_OK) {
        status = read_number(block, &rule, err);
    }
    if (status == SP_OK) {
        status = check_periods(book, &rule, err);
    }
    if (status == SP_OK && book->rule_count == RULES_MAX) {
        status = bad_text(err, rule.line, "za dużo zasad", "too many rules", rule.id);
    }
    if (status == SP_OK) {
        book->rules[book->rule_count++] = rule;
    }
    return status;
}

static enum sp_status read_blocks(struct reader *reader)
{
    next_line(reader);
    while (reader->has_line) {
        struct block block;
        enum sp_status status = read_block(reader, &block);
        if (status == SP_OK && block.line > 0) {
            status = add_rule(reader->book, &block, reader->err);
        }
        if (status != SP_OK) {
            return status;
        }
        next_line(reader);
    }
    if (reader->book->version == NULL) {
        return bad_text(reader->err, reader->number, "brak klucza", "a key is missing", "version");
    }
    return SP_OK;
}

enum sp_status sp_rulebook_read_rules(struct sp_rulebook *book, const char *directory,
                                      struct sp_error *err)
{
    char path[PATH_MAX_BYTES];
    if (sp_file_join(directory, FILE_NAME, path, sizeof path) != SP_OK) {
        return SP_FAIL(err, SP_IO, FILE_NAME, "Za długa ścieżka do %s.",
                       "The path to %s is too long.", FILE_NAME);
    }
    book->rules = sp_arena_calloc(book->arena, RULES_MAX, sizeof *book->rules);
    if (book->rules == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    char *content = NULL;
    size_t length = 0;
    enum sp_status status = sp_file_read(path, FILE_MAX_BYTES, &content, &length, err);
    if (status != SP_OK) {
        return status;
    }
    struct sp_view text = sp_view_from(content, length);
    size_t good = sp_utf8_check(text);
    if (good != length || memchr(content, '\0', length) != NULL) {
        status = SP_FAIL(err, SP_CORRUPT, FILE_NAME, "%s nie jest tekstem UTF-8 (bajt %zu).",
                         "%s is not UTF-8 text (byte %zu).", FILE_NAME, good);
    } else {
        struct reader reader = {.book = book, .rest = text, .err = err};
        status = read_blocks(&reader);
    }
    sp_free(content);
    return status;
}
