/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Clauses, criteria and the text of a notice; see draft_terms.h.
 */
#include "matcher/tender/draft_terms.h"

#include "matcher/tender/notice.h"

enum { SURE_PERMILLE = 1000 };

#define KIND(tail) SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_##tail

static struct sp_words write_line(struct sp_draft_builder *builder, enum sp_line_kind kind,
                                  uint8_t level, struct sp_view line)
{
    struct sp_document_writer *text = builder->text;
    size_t before = text->text.length;
    sp_writer_begin(text, kind, level);
    sp_writer_add(text, line);
    sp_writer_end(text);
    if (text->status != SP_OK && builder->status == SP_OK) {
        builder->status = SP_NOMEM;
    }
    bool written = text->text.length > before;
    size_t start = before + (written && before > 0 ? 1 : 0);
    return (struct sp_words){start, written ? text->text.length : start};
}

struct sp_words sp_text_heading(struct sp_draft_builder *builder, uint8_t level,
                                struct sp_view words)
{
    if (builder->text == NULL || builder->status != SP_OK) {
        return (struct sp_words){0};
    }
    return write_line(builder, SP_LINE_HEADING, level, words);
}

struct sp_words sp_text_lines(struct sp_draft_builder *builder, struct sp_view words)
{
    struct sp_words all = {0};
    while (words.length > 0 && builder->text != NULL && builder->status == SP_OK) {
        const char *end = memchr(words.data, '\n', words.length);
        size_t length = end == NULL ? words.length : (size_t)(end - words.data);
        struct sp_words one =
            write_line(builder, SP_LINE_PARAGRAPH, 0, sp_view_from(words.data, length));
        all = all.end == all.start ? one : (struct sp_words){all.start, one.end};
        length += end == NULL ? 0 : 1;
        words = sp_view_from(words.data + length, words.length - length);
    }
    return all;
}

void sp_text_section(struct sp_draft_builder *builder, const char *heading, const xmlNode *node)
{
    struct sp_view words = sp_view_of(sp_build_text(builder, node, "text"));
    if (words.length > 0) {
        (void)sp_text_heading(builder, 3, sp_view_of(heading));
        (void)sp_text_lines(builder, words);
    }
}

void sp_build_source(struct sp_draft_builder *builder, Spoina__V1__Source ***sources, size_t *count,
                     struct sp_words words)
{
    if (words.start == words.end || builder->status != SP_OK) {
        return;
    }
    Spoina__V1__Source *source = sp_arena_alloc(builder->arena, sizeof *source);
    Spoina__V1__Span *span = sp_arena_alloc(builder->arena, sizeof *span);
    Spoina__V1__Source **items = sp_build_room(builder, *sources, *count, sizeof *items);
    char *field = sp_build_copy(builder, sp_view_of("text"));
    if (source == NULL || span == NULL || items == NULL) {
        builder->status = SP_NOMEM;
        return;
    }
    spoina__v1__source__init(source);
    spoina__v1__span__init(span);
    span->start = (uint32_t)words.start;
    span->end = (uint32_t)words.end;
    source->field = field;
    source->span = span;
    source->confidence_permille = SURE_PERMILLE;
    items[*count] = source;
    *sources = items;
    *count += 1;
}

static bool is_reservation(Spoina__V1__ClauseKind kind)
{
    return kind == KIND(ART_94) || kind == KIND(ART_361) || kind == KIND(ES_26) ||
           kind == KIND(SS_15A);
}

/** Tell whether @p kind can still be added to the list. */
static bool has_room_for(struct sp_draft_builder *builder, struct sp_term_lists lists,
                         Spoina__V1__ClauseKind kind)
{
    for (size_t i = 0; i < *lists.clause_count; i++) {
        Spoina__V1__ClauseKind its = (*lists.clauses)[i]->kind;
        if (its == kind) {
            return false;
        }
        if (is_reservation(its) && is_reservation(kind)) {
            SP_BUILDER_WARN(builder, "clauses",
                            "Ogłoszenie podaje dwa różne zastrzeżenia; pokazujemy pierwsze.",
                            "The notice states two different reservations; the first is shown.");
            return false;
        }
    }
    return true;
}

Spoina__V1__Clause *sp_build_clause(struct sp_draft_builder *builder, struct sp_term_lists lists,
                                    Spoina__V1__ClauseKind kind, struct sp_view text,
                                    struct sp_words words)
{
    if (builder->status != SP_OK || !has_room_for(builder, lists, kind)) {
        return NULL;
    }
    Spoina__V1__Clause *clause = sp_arena_alloc(builder->arena, sizeof *clause);
    Spoina__V1__Clause **items =
        sp_build_room(builder, *lists.clauses, *lists.clause_count, sizeof *items);
    if (clause == NULL || items == NULL) {
        builder->status = SP_NOMEM;
        return NULL;
    }
    spoina__v1__clause__init(clause);
    clause->kind = kind;
    clause->text = sp_build_copy(builder, text);
    sp_build_source(builder, &clause->sources, &clause->n_sources, words);
    items[*lists.clause_count] = clause;
    *lists.clauses = items;
    *lists.clause_count += 1;
    return clause;
}

/** Read "60", "60 %", "60,00 pkt", "0,6" as whole percent; -1 for anything else. */
static int read_weight(struct sp_view text)
{
    text = sp_view_trim(text);
    if (text.length == 0) {
        return -1;
    }
    int64_t hundredths = 0;
    size_t at = 0;
    int decimals = -1;
    for (; at < text.length && at < 8; at++) {
        char c = text.data[at];
        if (c >= '0' && c <= '9') {
            hundredths = decimals < 2 ? hundredths * 10 + (c - '0') : hundredths;
            decimals += decimals >= 0 ? 1 : 0;
        } else if ((c == '.' || c == ',') && decimals < 0 && at > 0) {
            decimals = 0;
        } else {
            break;
        }
    }
    struct sp_view rest = sp_view_trim(sp_view_from(text.data + at, text.length - at));
    bool understood = at > 0 && (rest.length == 0 || rest.data[0] == '%' ||
                                 sp_view_starts_with(rest, sp_view_of("pkt")) ||
                                 sp_view_starts_with(rest, sp_view_of("punkt")));
    if (!understood) {
        return -1;
    }
    bool share = decimals > 0; /* "0,6" of the whole */
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++) {
        hundredths *= 10;
    }
    if (share && hundredths <= 100 && rest.length == 0) {
        return (int)hundredths;
    }
    int64_t percent = (hundredths + 50) / 100;
    return percent <= 100 ? (int)percent : -1;
}

bool sp_criterion_is_price(struct sp_view name)
{
    static const char *const NAMES[] = {"Cena", "cena", "CENA", "Koszt", "koszt", "KOSZT", "Price"};
    for (size_t i = 0; i < SP_COUNT(NAMES); i++) {
        if (sp_view_starts_with(name, sp_view_of(NAMES[i]))) {
            return true;
        }
    }
    return false;
}

void sp_build_criterion(struct sp_draft_builder *builder, struct sp_term_lists lists,
                        struct sp_view name, struct sp_view weight, Spoina__V1__CriterionKind kind,
                        struct sp_words words)
{
    if (builder->status != SP_OK || name.length == 0) {
        return;
    }
    Spoina__V1__AwardCriterion *criterion = sp_arena_alloc(builder->arena, sizeof *criterion);
    Spoina__V1__AwardCriterion **items =
        sp_build_room(builder, *lists.criteria, *lists.criterion_count, sizeof *items);
    if (criterion == NULL || items == NULL) {
        builder->status = SP_NOMEM;
        return;
    }
    spoina__v1__award_criterion__init(criterion);
    criterion->name = sp_build_copy(builder, name);
    criterion->kind = kind;
    int percent = read_weight(weight);
    if (percent >= 0) {
        criterion->_weight_percent_case =
            SPOINA__V1__AWARD_CRITERION___WEIGHT_PERCENT_WEIGHT_PERCENT;
        criterion->weight_percent = (uint32_t)percent;
    }
    sp_build_source(builder, &criterion->sources, &criterion->n_sources, words);
    items[*lists.criterion_count] = criterion;
    *lists.criteria = items;
    *lists.criterion_count += 1;
}
