/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/needs/plan_columns.h"

#include <stdint.h>

enum { FOLDED_BYTES = 256 };

/** Beginnings of words by which a heading is known; the first rule that fits decides. */
static const struct {
    const char *word;
    const char *but_not; /* NULL: nothing */
    enum sp_plan_column column;
} RULES[] = {
    {"cpv", NULL, SP_PLAN_CODE},
    {"zamawiajac", NULL, SP_PLAN_BUYER},
    {"nazwa jednost", NULL, SP_PLAN_BUYER},
    {"jednostka organ", NULL, SP_PLAN_BUYER},
    {"wartosc", NULL, SP_PLAN_VALUE},
    {"kwota", NULL, SP_PLAN_VALUE},
    {"rodzaj", "proced", SP_PLAN_KIND},
    {"kwartal", NULL, SP_PLAN_TERM},
    {"wszczeci", NULL, SP_PLAN_TERM},
    {"termin", NULL, SP_PLAN_TERM},
    {"miejsc", NULL, SP_PLAN_PLACE},
    {"gmina", NULL, SP_PLAN_PLACE},
    {"przedmiot", NULL, SP_PLAN_SUBJECT},
    {"nazwa", NULL, SP_PLAN_SUBJECT},
    {"opis", NULL, SP_PLAN_SUBJECT},
    {"zakres", NULL, SP_PLAN_SUBJECT},
    {"pozycj", NULL, SP_PLAN_NUMBER},
    {"numer", NULL, SP_PLAN_NUMBER},
    {"l.p", NULL, SP_PLAN_NUMBER},
    {"lp", NULL, SP_PLAN_NUMBER},
    {"nr", NULL, SP_PLAN_NUMBER},
};

/** The ASCII letter of a two-byte Polish letter, or 0. */
static char bare(unsigned char first, unsigned char second)
{
    static const struct {
        unsigned char first, second;
        char letter;
    } LETTERS[] = {
        {0xC4, 0x85, 'a'}, {0xC4, 0x84, 'a'}, {0xC4, 0x87, 'c'}, {0xC4, 0x86, 'c'},
        {0xC4, 0x99, 'e'}, {0xC4, 0x98, 'e'}, {0xC5, 0x82, 'l'}, {0xC5, 0x81, 'l'},
        {0xC5, 0x84, 'n'}, {0xC5, 0x83, 'n'}, {0xC3, 0xB3, 'o'}, {0xC3, 0x93, 'o'},
        {0xC5, 0x9B, 's'}, {0xC5, 0x9A, 's'}, {0xC5, 0xBA, 'z'}, {0xC5, 0xB9, 'z'},
        {0xC5, 0xBC, 'z'}, {0xC5, 0xBB, 'z'},
    };
    for (size_t i = 0; i < sizeof LETTERS / sizeof LETTERS[0]; i++) {
        if (LETTERS[i].first == first && LETTERS[i].second == second) {
            return LETTERS[i].letter;
        }
    }
    return '\0';
}

/** Small ASCII letters; white space is one space; the rest as it is. */
static void fold(struct sp_view text, char out[FOLDED_BYTES])
{
    size_t length = 0;
    for (size_t i = 0; i < text.length && length + 1 < FOLDED_BYTES; i++) {
        unsigned char c = (unsigned char)text.data[i];
        char letter = i + 1 < text.length ? bare(c, (unsigned char)text.data[i + 1]) : '\0';
        if (letter != '\0') {
            out[length++] = letter;
            i++;
        } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            if (length > 0 && out[length - 1] != ' ') {
                out[length++] = ' ';
            }
        } else {
            out[length++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
    }
    out[length] = '\0';
}

/** @p word at the beginning of a word of @p text. */
static bool has_word(const char *text, const char *word)
{
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        bool inside = at > text && at[-1] >= 'a' && at[-1] <= 'z';
        if (!inside) {
            return true;
        }
    }
    return false;
}

bool sp_plan_says(struct sp_view cell, const char *word)
{
    char text[FOLDED_BYTES];
    fold(cell, text);
    return has_word(text, word);
}

/** Index of the rule that fits a heading; SIZE_MAX when none does. */
static size_t rule_of(struct sp_view heading)
{
    char text[FOLDED_BYTES];
    fold(heading, text);
    for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++) {
        if (has_word(text, RULES[i].word) &&
            (RULES[i].but_not == NULL || !has_word(text, RULES[i].but_not))) {
            return i;
        }
    }
    return SIZE_MAX;
}

bool sp_plan_columns_read(const struct sp_view *cells, size_t count, struct sp_plan_columns *out)
{
    size_t rule[SP_PLAN_COLUMNS]; /* by which the column was found: the stronger one wins */
    size_t known = 0;
    for (size_t i = 0; i < SP_PLAN_COLUMNS; i++) {
        out->at[i] = rule[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        size_t found = rule_of(cells[i]);
        if (found == SIZE_MAX) {
            continue;
        }
        enum sp_plan_column column = RULES[found].column;
        known += out->at[column] == SIZE_MAX ? 1 : 0;
        if (found < rule[column]) {
            rule[column] = found;
            out->at[column] = i;
        }
    }
    return out->at[SP_PLAN_SUBJECT] != SIZE_MAX && known > 1;
}
