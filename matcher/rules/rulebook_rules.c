/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Reader of rulebook.txt (base/blocks.h). A missing key, a word out of its list, a bad date, two
 * versions of a rule valid on one day: each names file and line.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/blocks.h"
#include "matcher/rules/rulebook_priv.h"

#define FILE_NAME "rulebook.txt"

enum { RULES_MAX = 512 /* 59 today */ };

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
    KEY_VERSION, /* alone in its block */
    KEY_COUNT
};

static const char *const key_words[KEY_COUNT] = {"rule",      "article", "act",    "valid",
                                                 "certainty", "type",    "pl",     "en",
                                                 "regimes",   "kinds",   "number", "version"};

static enum sp_status bad(const struct sp_block *block, enum key key, const char *polish,
                          const char *english, struct sp_view value, struct sp_error *err)
{
    return sp_block_bad(FILE_NAME, block->lines[key], polish, english, value, err);
}

static enum sp_status bad_text(const struct sp_block *block, enum key key, const char *polish,
                               const char *english, struct sp_error *err)
{
    return bad(block, key, polish, english, sp_view_of(block->values[key]), err);
}

static enum sp_status read_valid(const struct sp_block *block, struct sp_rule *rule,
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
              : bad_text(block, KEY_VALID, "zły okres obowiązywania", "bad period of validity",
                         err);
}

/* "law", "interpretation 78 %", "doubtful 90 %" */
static enum sp_status read_certainty(const struct sp_block *block, struct sp_rule *rule,
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
        return bad_text(block, KEY_CERTAINTY, "zła pewność", "bad certainty", err);
    }
    rule->certainty = (enum sp_certainty)found;
    rule->confidence_percent = (unsigned)percent;
    return SP_OK;
}

static enum sp_status read_set(const struct sp_block *block, enum key key,
                               const char *const words[], size_t count, unsigned *out,
                               struct sp_error *err)
{
    const char *text = block->values[key];
    *out = 0;
    while (text != NULL && *text != '\0') {
        size_t length = strcspn(text, " ");
        int found = sp_rulebook_word(sp_view_from(text, length), words, count);
        if (found < 0) {
            return bad(block, key, "nieznane słowo", "unknown word", sp_view_from(text, length),
                       err);
        }
        *out |= 1U << found;
        text += length + strspn(text + length, " ");
    }
    return SP_OK;
}

static enum sp_status read_number(const struct sp_block *block, struct sp_rule *rule,
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
        return bad_text(block, KEY_NUMBER, "zła liczba", "bad number", err);
    }
    rule->number = number;
    return SP_OK;
}

static enum sp_status read_words(const struct sp_block *block, struct sp_rule *rule,
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
        return bad_text(block, KEY_TYPE, "nieznany typ", "unknown type", err);
    }
    rule->type = (enum sp_rule_type)found;
    enum sp_status status =
        read_set(block, KEY_REGIMES, regimes, SP_COUNT(regimes), &rule->regimes, err);
    return status == SP_OK ? read_set(block, KEY_KINDS, kinds, SP_COUNT(kinds), &rule->kinds, err)
                           : status;
}

static enum sp_status check_periods(const struct sp_rulebook *book, const struct sp_rule *rule,
                                    const struct sp_block *block, struct sp_error *err)
{
    for (size_t i = 0; i < book->rule_count; i++) {
        const struct sp_rule *other = &book->rules[i];
        if (strcmp(other->id, rule->id) == 0 &&
            sp_periods_overlap(other->valid_from, other->valid_to, rule->valid_from,
                               rule->valid_to)) {
            return bad_text(block, KEY_RULE, "dwie wersje zasady w jednym okresie",
                            "two versions of a rule in one period", err);
        }
    }
    return SP_OK;
}

static enum sp_status take_version(struct sp_rulebook *book, const struct sp_block *block,
                                   struct sp_error *err)
{
    if (book->version != NULL) {
        return bad_text(block, KEY_VERSION, "druga wersja", "a second version", err);
    }
    book->version = block->values[KEY_VERSION];
    return SP_OK;
}

static enum sp_status take_block(void *context, const struct sp_block *block, struct sp_error *err)
{
    struct sp_rulebook *book = context;
    if (block->values[KEY_VERSION] != NULL) {
        return take_version(book, block, err);
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
        status = check_periods(book, &rule, block, err);
    }
    if (status == SP_OK && book->rule_count == RULES_MAX) {
        status = bad_text(block, KEY_RULE, "za dużo zasad", "too many rules", err);
    }
    if (status == SP_OK) {
        book->rules[book->rule_count++] = rule;
    }
    return status;
}

enum sp_status sp_rulebook_read_rules(struct sp_rulebook *book, const char *directory,
                                      struct sp_error *err)
{
    book->rules = sp_arena_calloc(book->arena, RULES_MAX, sizeof *book->rules);
    if (book->rules == NULL) {
        return SP_FAIL_NOMEM(err);
    }
    const struct sp_blocks blocks = {.directory = directory,
                                     .file = FILE_NAME,
                                     .keys = key_words,
                                     .key_count = KEY_COUNT,
                                     .required = KEY_REGIMES,
                                     .lone = KEY_VERSION,
                                     .arena = book->arena,
                                     .take = take_block,
                                     .context = book};
    enum sp_status status = sp_blocks_read(&blocks, err);
    if (status == SP_OK && book->version == NULL) {
        status = sp_block_bad(FILE_NAME, 1, "brak klucza", "a key is missing",
                              sp_view_of(key_words[KEY_VERSION]), err);
    }
    return status;
}
