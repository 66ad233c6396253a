/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/read_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "clients/cli/render.h"

enum { WORDS_COLUMNS = 90, MARKS_MAX = 1 << 20, GROSZ_A_ZLOTY = 100 };

/* Spans of the text that items came from. */
struct marks {
    Spoina__V1__Span *items;
    size_t count;
    size_t capacity;
    bool full; /* out of memory: the text is shown without further marks */
};

struct view {
    struct sp_cli_out out;
    const Spoina__V1__ReadNeedResponse *answer;
    struct marks marks;
};

static void add_mark(struct marks *marks, const Spoina__V1__Span *span)
{
    if (marks->count == marks->capacity) {
        size_t capacity = marks->capacity == 0 ? 64 : 2 * marks->capacity;
        Spoina__V1__Span *items =
            capacity > MARKS_MAX ? NULL : sp_realloc(marks->items, capacity, sizeof *items);
        if (items == NULL) {
            marks->full = true;
            return;
        }
        marks->items = items;
        marks->capacity = capacity;
    }
    marks->items[marks->count++] = *span;
}

static int compare_marks(const void *left, const void *right)
{
    const Spoina__V1__Span *a = left;
    const Spoina__V1__Span *b = right;
    return a->start != b->start ? (a->start > b->start) - (a->start < b->start)
                                : (a->end < b->end) - (a->end > b->end);
}

/* The text that the field of a source names. */
static struct sp_view text_of(const struct view *view, const char *field)
{
    const Spoina__V1__Draft *draft = view->answer->draft;
    if (strcmp(field, "text") == 0) {
        return sp_view_of(view->answer->text);
    }
    if (strncmp(field, "lots[", 5) == 0) {
        char *end = NULL;
        unsigned long index = strtoul(field + 5, &end, 10);
        if (index < draft->n_lots && strcmp(end, "].title") == 0) {
            return sp_view_of(draft->lots[index]->title);
        }
        if (index < draft->n_lots && strcmp(end, "].description") == 0) {
            return sp_view_of(draft->lots[index]->description);
        }
    }
    return sp_view_of("");
}

/* „words”, confidence: where an item came from. Nothing for fields of a notice. */
static void put_sources(struct view *view, Spoina__V1__Source *const *sources, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Spoina__V1__Source *source = sources[i];
        struct sp_view text = text_of(view, source->field);
        if (source->span == NULL || source->span->end > text.length ||
            source->span->start >= source->span->end) {
            continue;
        }
        if (strcmp(source->field, "text") == 0) {
            add_mark(&view->marks, source->span);
        }
        char words[4 * WORDS_COLUMNS];
        size_t length = source->span->end - source->span->start;
        bool cut = length >= sizeof words;
        length = cut ? sizeof words - 1 : length;
        while (cut && length > 0 &&
               ((unsigned char)text.data[source->span->start + length] & 0xC0) == 0x80) {
            length--;
        }
        memcpy(words, text.data + source->span->start, length);
        words[length] = '\0';
        (void)fputs("      „", view->out.file);
        sp_cli_column(&view->out, words, 0);
        (void)fprintf(view->out.file, "%s” (%u %%)\n", cut ? "…" : "",
                      source->confidence_permille / 10);
    }
}

static void put_label(const struct view *view, const char *polish, const char *english)
{
    (void)fprintf(view->out.file, "  %s: ", sp_say(view->out.language, polish, english));
}

static void put_zloty(const struct view *view, int64_t grosz)
{
    (void)fprintf(view->out.file, "%.2f zł", (double)grosz / GROSZ_A_ZLOTY);
}

static void put_requirement(struct view *view, const Spoina__V1__Requirement *requirement)
{
    if (requirement->text[0] == '\0' && requirement->demand == NULL) {
        return; /* the lot itself is the one requirement */
    }
    put_label(view, "Usługa", "Service");
    sp_cli_column(&view->out, requirement->text, 0);
    if (requirement->demand != NULL) {
        (void)fputs(", ", view->out.file);
        sp_cli_quantity(&view->out, requirement->demand);
    }
    (void)fputc('\n', view->out.file);
    put_sources(view, requirement->sources, requirement->n_sources);
}

static void put_condition(struct view *view, const Spoina__V1__Condition *condition)
{
    static const char *const POLISH[] = {
        "",      "rejestr", "zezwolenie", "referencje", "doświadczenie",
        "osoby", "sprzęt",  "certyfikat", "przychód",   "polisa OC"};
    static const char *const ENGLISH[] = {"",           "register", "licence",   "references",
                                          "experience", "persons",  "equipment", "certificate",
                                          "revenue",    "insurance"};
    size_t kind = (size_t)condition->kind < sizeof POLISH / sizeof *POLISH ? condition->kind : 0;
    put_label(view, "Warunek", "Condition");
    (void)fputs(sp_say(view->out.language, POLISH[kind], ENGLISH[kind]), view->out.file);
    if (condition->_count_case == SPOINA__V1__CONDITION___COUNT_COUNT) {
        (void)fprintf(view->out.file, ", %u", condition->count);
    }
    if (condition->_grosz_case == SPOINA__V1__CONDITION___GROSZ_GROSZ) {
        (void)fputs(", ", view->out.file);
        put_zloty(view, condition->grosz);
    }
    (void)fputc('\n', view->out.file);
    put_sources(view, condition->sources, condition->n_sources);
}

static void put_clause(struct view *view, const Spoina__V1__Clause *clause)
{
    static const char *const NAMES[] = {"",
                                        "art. 94 Pzp",
                                        "art. 361 Pzp",
                                        "art. 26 ES",
                                        "art. 15a SS",
                                        "art. 95 Pzp",
                                        "art. 96 Pzp",
                                        "art. 100 Pzp",
                                        "art. 60/121 Pzp"};
    size_t kind = (size_t)clause->kind < sizeof NAMES / sizeof *NAMES ? clause->kind : 0;
    put_label(view, "Klauzula", "Clause");
    (void)fprintf(view->out.file, "%s\n", NAMES[kind]);
    put_sources(view, clause->sources, clause->n_sources);
}

static void put_criterion(struct view *view, const Spoina__V1__AwardCriterion *criterion)
{
    bool unlawful = criterion->kind >= SPOINA__V1__CRITERION_KIND__CRITERION_KIND_CONTRACTOR_STATUS;
    put_label(view, "Kryterium", "Criterion");
    sp_cli_column(&view->out, criterion->name, 0);
    if (criterion->_weight_percent_case ==
        SPOINA__V1__AWARD_CRITERION___WEIGHT_PERCENT_WEIGHT_PERCENT) {
        (void)fprintf(view->out.file, ", %u %%", criterion->weight_percent);
    }
    (void)fputs(unlawful
                    ? sp_say(view->out.language,
                             " – niedozwolone: dotyczy właściwości wykonawcy (art. 241 ust. 3 Pzp)",
                             " – unlawful: about the contractor (art. 241(3) Pzp)")
                    : "",
                view->out.file);
    (void)fputc('\n', view->out.file);
    put_sources(view, criterion->sources, criterion->n_sources);
}

static void put_texts(const struct view *view, const char *polish, const char *english,
                      char *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i == 0) {
            put_label(view, polish, english);
        }
        (void)fprintf(view->out.file, "%s", i == 0 ? "" : ", ");
        sp_cli_column(&view->out, items[i], 0);
    }
    (void)fputs(count > 0 ? "\n" : "", view->out.file);
}

static void put_lot(struct view *view, const Spoina__V1__Lot *lot)
{
    (void)fprintf(view->out.file, "%s %s: ", sp_say(view->out.language, "Część", "Lot"), lot->id);
    sp_cli_bold(&view->out, lot->title, 0);
    (void)fputc('\n', view->out.file);
    put_texts(view, "CPV", "CPV", lot->cpv, lot->n_cpv);
    put_texts(view, "Miejsce", "Place", lot->places, lot->n_places);
    if (lot->from[0] != '\0' || lot->to[0] != '\0') {
        put_label(view, "Okres", "Period");
        (void)fprintf(view->out.file, "%s – %s\n", lot->from, lot->to);
    }
    if (lot->duration != NULL) {
        put_label(view, "Czas trwania", "Duration");
        sp_cli_quantity(&view->out, lot->duration);
        (void)fputc('\n', view->out.file);
    }
    put_sources(view, lot->sources, lot->n_sources);
    for (size_t i = 0; i < lot->n_requirements; i++) {
        put_requirement(view, lot->requirements[i]);
    }
    for (size_t i = 0; i < lot->n_conditions; i++) {
        put_condition(view, lot->conditions[i]);
    }
    for (size_t i = 0; i < lot->n_clauses; i++) {
        put_clause(view, lot->clauses[i]);
    }
    for (size_t i = 0; i < lot->n_criteria; i++) {
        put_criterion(view, lot->criteria[i]);
    }
}

static void put_draft(struct view *view, const Spoina__V1__Draft *draft)
{
    sp_cli_bold(&view->out, draft->title, 0);
    (void)fputc('\n', view->out.file);
    put_texts(view, "CPV", "CPV", draft->cpv, draft->n_cpv);
    put_texts(view, "Miejsce", "Place", draft->places, draft->n_places);
    if (draft->deadline[0] != '\0') {
        put_label(view, "Termin ofert", "Deadline");
        (void)fprintf(view->out.file, "%s\n", draft->deadline);
    }
    if (draft->_value_grosz_case == SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ) {
        put_label(view, "Wartość", "Value");
        put_zloty(view, draft->value_grosz);
        (void)fputc('\n', view->out.file);
    }
    put_sources(view, draft->sources, draft->n_sources);
    for (size_t i = 0; i < draft->n_conditions; i++) {
        put_condition(view, draft->conditions[i]);
    }
    for (size_t i = 0; i < draft->n_clauses; i++) {
        put_clause(view, draft->clauses[i]);
    }
    for (size_t i = 0; i < draft->n_criteria; i++) {
        put_criterion(view, draft->criteria[i]);
    }
    for (size_t i = 0; i < draft->n_lots; i++) {
        put_lot(view, draft->lots[i]);
    }
}

/* Print bytes of the text; control characters but line ends become spaces. */
static void put_text(const struct view *view, struct sp_view text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool control = (c < 0x20 && c != '\n') || c == 0x7F;
        (void)fputc(control ? ' ' : c, view->out.file);
    }
}

/* The text with its marks; a mark within another is not shown. */
static void put_marked_text(struct view *view)
{
    struct sp_view text = sp_view_of(view->answer->text);
    size_t at = 0;
    if (view->marks.count > 0) {
        qsort(view->marks.items, view->marks.count, sizeof *view->marks.items, compare_marks);
    }
    for (size_t i = 0; i < view->marks.count; i++) {
        const Spoina__V1__Span *mark = &view->marks.items[i];
        if (mark->start < at) {
            continue;
        }
        put_text(view, sp_view_from(text.data + at, mark->start - at));
        (void)fputs(view->out.bold ? "\x1b[1m" : "[", view->out.file);
        put_text(view, sp_view_from(text.data + mark->start, mark->end - mark->start));
        (void)fputs(view->out.bold ? "\x1b[0m" : "]", view->out.file);
        at = mark->end;
    }
    put_text(view, sp_view_from(text.data + at, text.length - at));
    (void)fputc('\n', view->out.file);
}

void sp_cli_read_render(const struct sp_cli_options *options, const ProtobufCMessage *answer)
{
    struct view view = {.out = sp_cli_out_new(options),
                        .answer = (const Spoina__V1__ReadNeedResponse *)answer};
    (void)fprintf(view.out.file, "%s (%s)\n", view.answer->format, view.answer->source);
    if (view.answer->draft != NULL) {
        put_draft(&view, view.answer->draft);
    }
    for (size_t i = 0; i < view.answer->n_warnings; i++) {
        const Spoina__V1__Warning *warning = view.answer->warnings[i];
        (void)fprintf(view.out.file, "%s%s: ", sp_say(view.out.language, "Uwaga: ", "Note: "),
                      warning->place);
        sp_cli_column(&view.out, warning->text, 0);
        (void)fputc('\n', view.out.file);
    }
    if (view.answer->text[0] != '\0') {
        (void)fprintf(view.out.file, "\n%s\n", sp_say(view.out.language, "Tekst:", "Text:"));
        put_marked_text(&view);
    }
    sp_free(view.marks.items);
}
