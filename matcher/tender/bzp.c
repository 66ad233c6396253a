/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * A notice of Biuletyn Zamówień Publicznych into a draft.
 *
 * The bulletin serves HTML without classes that mean anything; what does is the text: numbered
 * fields ("4.2.6.) Główny kod CPV: 45000000-7") under sections, with "Część N" and "Kryterium N"
 * between them. So the text of the document is read, and a notice that was saved as PDF or DOCX, or
 * pasted, is read just as well. Numbers differ from form to form (the name of the procurement
 * is 2.1 in one and 2.3 in another), labels do not: fields are known by their labels.
 *
 * Fields that are questions are read by their answer, "Tak" or "Nie".
 */
#include <stdio.h>

#include "base/date.h"
#include "matcher/tender/draft_terms.h"

enum { PLACE_BYTES = 64, NUMBER_MAX_BYTES = 12 };

#define CLAUSE(tail) SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_##tail

/** One field: a label, and its value with the lines that follow it. */
struct field {
    struct sp_view label; /* without number and colon */
    struct sp_view value;
    int section; /* first number: 1 is about the buyer */
};

struct reader {
    struct sp_draft_builder *builder;
    const struct sp_document_text *document;
    Spoina__V1__Draft *draft;
    Spoina__V1__Lot *lot;     /* being read; NULL before the first */
    bool lots_named;          /* "Część 1", "Część 2", ... */
    size_t lots_stated;       /* 0: not */
    struct sp_view criterion; /* name that waits for its weight */
    struct sp_words criterion_words;
};

static struct sp_view line_text(const struct sp_document_text *document, size_t line)
{
    return sp_view_from(document->text.data + document->lines[line].offset,
                        document->lines[line].length);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_label(struct sp_view text);

/** Length of "4.2.6.)", "1.4)" or, of a heading, "4.2." at the start of @p line; else 0. A line
 * that is no heading may be an item of somebody's list: "1.4)" counts only before a label of ours.
 */
static size_t number_length(struct sp_view line, bool heading)
{
    size_t at = 0;
    size_t groups = 0;
    while (at < line.length && at < NUMBER_MAX_BYTES && is_digit(line.data[at])) {
        while (at < line.length && is_digit(line.data[at])) {
            at++;
        }
        groups++;
        at += at < line.length && line.data[at] == '.' ? 1 : 0;
    }
    bool closed = at < line.length && line.data[at] == ')';
    bool dotted = at > 0 && line.data[at - 1] == '.';
    bool numbered = groups >= 2 && (heading ? closed || dotted : closed);
    if (numbered && !heading && !dotted) {
        numbered = is_label(sp_view_trim(sp_view_from(line.data + at + 1, line.length - at - 1)));
    }
    return numbered ? at + (closed ? 1 : 0) : 0;
}

/** "Część 2" or "Kryterium 2", and nothing else, on a line. */
static bool is_counted(struct sp_view line, const char *word)
{
    struct sp_view name = sp_view_of(word);
    if (!sp_view_starts_with(line, name) || line.length <= name.length + 1 ||
        line.data[name.length] != ' ') {
        return false;
    }
    for (size_t at = name.length + 1; at < line.length; at++) {
        if (!is_digit(line.data[at])) {
            return false;
        }
    }
    return true;
}

static bool is_section(struct sp_view line)
{
    return sp_view_starts_with(line, sp_view_of("SEKCJA "));
}

/** Tell whether @p line belongs to no value. */
static bool is_border(const struct sp_document_text *document, size_t line)
{
    struct sp_view text = line_text(document, line);
    bool heading = document->lines[line].kind == SP_LINE_HEADING;
    return number_length(text, heading) > 0 || is_section(text) || is_counted(text, "Część") ||
           is_counted(text, "Kryterium");
}

bool sp_bzp_is(const struct sp_document_text *document)
{
    bool buyer_section = false;
    bool name = false;
    bool number = false;
    for (size_t i = 0; i < document->line_count; i++) {
        struct sp_view text = line_text(document, i);
        size_t skipped = number_length(text, false);
        struct sp_view label =
            sp_view_trim(sp_view_from(text.data + skipped, text.length - skipped));
        buyer_section = buyer_section || sp_view_starts_with(text, sp_view_of("SEKCJA I "));
        name =
            name || (skipped > 0 && sp_view_starts_with(label, sp_view_of("Nazwa zamawiającego")));
        number =
            number || (skipped > 0 && sp_view_starts_with(label, sp_view_of("Numer ogłoszenia")));
    }
    return buyer_section && name && number;
}

/** Read the field of @p line; @p next is the line after its value. */
static struct field read_field(const struct sp_document_text *document, size_t line, size_t *next)
{
    struct sp_view text = line_text(document, line);
    bool heading = document->lines[line].kind == SP_LINE_HEADING;
    size_t skipped = number_length(text, heading);
    struct field field = {.section = text.data[0] - '0'};
    field.section =
        is_digit(text.data[1]) ? field.section * 10 + (text.data[1] - '0') : field.section;
    struct sp_view label = sp_view_trim(sp_view_from(text.data + skipped, text.length - skipped));
    const char *colon = label.length == 0 ? NULL : memchr(label.data, ':', label.length);
    const char *from = colon == NULL ? label.data + label.length : colon + 1;
    field.label = sp_view_from(label.data, (size_t)(from - label.data) - (colon == NULL ? 0 : 1));
    *next = line + 1;
    while (*next < document->line_count && !is_border(document, *next)) {
        *next += 1;
    }
    const struct sp_document_line *last = &document->lines[*next - 1];
    const char *end = document->text.data + last->offset + last->length;
    field.value = sp_view_trim(sp_view_from(from, (size_t)(end - from)));
    return field;
}

static struct sp_words words_of(const struct reader *reader, struct sp_view text)
{
    size_t start = text.length == 0 ? 0 : (size_t)(text.data - reader->document->text.data);
    return (struct sp_words){start, start + text.length};
}

static bool is_yes(struct sp_view value)
{
    return sp_view_is(value, "Tak") || sp_view_is(value, "TAK") || sp_view_is(value, "tak");
}

static bool contains(struct sp_view text, const char *part)
{
    size_t length = strlen(part);
    for (size_t at = 0; at + length <= text.length; at++) {
        if (memcmp(text.data + at, part, length) == 0) {
            return true;
        }
    }
    return false;
}

/** What stands before @p word in @p text, or all of it. */
static struct sp_view before(struct sp_view text, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= text.length; at++) {
        if (memcmp(text.data + at, word, length) == 0) {
            return sp_view_trim(sp_view_from(text.data, at));
        }
    }
    return text;
}

static Spoina__V1__Buyer *buyer_of(struct reader *reader)
{
    if (reader->draft->buyer == NULL) {
        Spoina__V1__Buyer *buyer = sp_arena_alloc(reader->builder->arena, sizeof *buyer);
        if (buyer == NULL) {
            reader->builder->status = SP_NOMEM;
            return NULL;
        }
        spoina__v1__buyer__init(buyer);
        reader->draft->buyer = buyer;
    }
    return reader->draft->buyer;
}

/** The lot that a field of the object belongs to: a notice without lots is one. */
static Spoina__V1__Lot *lot_of(struct reader *reader)
{
    if (reader->lot == NULL && reader->builder->status == SP_OK) {
        reader->lot = sp_build_lot(reader->builder, reader->draft);
        if (reader->lot != NULL) {
            reader->lot->id = sp_build_copy(reader->builder, sp_view_of("1"));
        }
    }
    return reader->lot;
}

static const char *lot_place(const struct reader *reader, const char *field,
                             char place[PLACE_BYTES])
{
    (void)snprintf(place, PLACE_BYTES, "lots[%zu].%s", reader->draft->n_lots - 1, field);
    return place;
}

static void read_buyer_name(struct reader *reader, const struct field *field)
{
    Spoina__V1__Buyer *buyer = buyer_of(reader);
    if (buyer != NULL && *buyer->name == '\0') {
        buyer->name = sp_build_copy(reader->builder, field->value);
    }
}

/** "REGON 000000000" or "NIP 0000000000". */
static void read_national_id(struct reader *reader, const struct field *field)
{
    Spoina__V1__Buyer *buyer = buyer_of(reader);
    struct sp_view value = field->value;
    while (value.length > 0 && !is_digit(value.data[0])) {
        value = sp_view_from(value.data + 1, value.length - 1);
    }
    if (buyer != NULL && *buyer->national_id == '\0') {
        buyer->national_id = sp_build_copy(reader->builder, value);
    }
}

static void read_town(struct reader *reader, const struct field *field)
{
    Spoina__V1__Buyer *buyer = field->section == 1 ? buyer_of(reader) : NULL;
    if (buyer != NULL && *buyer->town == '\0') {
        buyer->town = sp_build_copy(reader->builder, field->value);
    }
}

/** "PL721 - Kielecki" */
static void read_nuts(struct reader *reader, const struct field *field)
{
    Spoina__V1__Buyer *buyer = field->section == 1 ? buyer_of(reader) : NULL;
    if (buyer != NULL && *buyer->nuts == '\0') {
        buyer->nuts = sp_build_copy(reader->builder, before(field->value, " "));
    }
}

static void read_buyer_kind(struct reader *reader, const struct field *field)
{
    Spoina__V1__Buyer *buyer = field->section == 1 ? buyer_of(reader) : NULL;
    if (buyer == NULL) {
        return;
    }
    buyer->class_ = contains(field->value, "samorządu terytorialnego")
                        ? SPOINA__V1__BUYER_CLASS__BUYER_CLASS_LOCAL
                    : contains(field->value, "administracji rządowej")
                        ? SPOINA__V1__BUYER_CLASS__BUYER_CLASS_CENTRAL
                    : contains(field->value, "sektorowy")
                        ? SPOINA__V1__BUYER_CLASS__BUYER_CLASS_SECTORAL
                        : SPOINA__V1__BUYER_CLASS__BUYER_CLASS_UNSPECIFIED;
    if (contains(field->value, "jednostka sektora finansów publicznych")) {
        buyer->_public_finance_sector_case =
            SPOINA__V1__BUYER___PUBLIC_FINANCE_SECTOR_PUBLIC_FINANCE_SECTOR;
        buyer->public_finance_sector = true;
    }
}

static void read_title(struct reader *reader, const struct field *field)
{
    Spoina__V1__Draft *draft = reader->draft;
    if (*draft->title == '\0') {
        draft->title = sp_build_copy(reader->builder, field->value);
        sp_build_source(reader->builder, &draft->sources, &draft->n_sources,
                        words_of(reader, field->value));
    }
}

static void read_reference(struct reader *reader, const struct field *field)
{
    if (*reader->draft->reference == '\0') {
        reader->draft->reference = sp_build_copy(reader->builder, field->value);
    }
}

static void read_published(struct reader *reader, const struct field *field)
{
    if (*reader->draft->published_on == '\0') {
        reader->draft->published_on = sp_build_day(reader->builder, field->value, "published_on");
    }
}

static void read_deadline(struct reader *reader, const struct field *field)
{
    if (*reader->draft->deadline == '\0') {
        reader->draft->deadline = sp_build_day(reader->builder, field->value, "deadline");
    }
}

static void read_kind(struct reader *reader, const struct field *field)
{
    struct sp_view value = field->value;
    reader->draft->kind = sp_view_starts_with(value, sp_view_of("Usługi"))
                              ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SERVICES
                          : sp_view_starts_with(value, sp_view_of("Dostawy"))
                              ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_SUPPLIES
                          : sp_view_starts_with(value, sp_view_of("Roboty"))
                              ? SPOINA__V1__PURCHASE_KIND__PURCHASE_KIND_WORKS
                              : reader->draft->kind;
}

static void read_description(struct reader *reader, const struct field *field)
{
    Spoina__V1__Lot *lot = lot_of(reader);
    if (lot != NULL && *lot->description == '\0') {
        lot->description = sp_build_copy(reader->builder, field->value);
        sp_build_source(reader->builder, &lot->sources, &lot->n_sources,
                        words_of(reader, field->value));
    }
}

/** Add the code that each line of the value begins with: "45320000-6 - Roboty izolacyjne". */
static void add_codes(struct reader *reader, struct sp_view value, struct sp_text_list list,
                      const char *place)
{
    while (value.length > 0) {
        const char *end = memchr(value.data, '\n', value.length);
        size_t length = end == NULL ? value.length : (size_t)(end - value.data);
        struct sp_view code = before(sp_view_from(value.data, length), " ");
        sp_build_add_cpv(reader->builder, list, code, place);
        length += end == NULL ? 0 : 1;
        value = sp_view_from(value.data + length, value.length - length);
    }
}

static void read_main_code(struct reader *reader, const struct field *field)
{
    Spoina__V1__Lot *lot = lot_of(reader);
    char place[PLACE_BYTES];
    if (lot != NULL) {
        (void)lot_place(reader, "cpv", place);
        add_codes(reader, field->value, SP_TEXT_LIST(lot, cpv), place);
        add_codes(reader, field->value, SP_TEXT_LIST(reader->draft, cpv), "cpv");
    }
}

static void read_other_codes(struct reader *reader, const struct field *field)
{
    Spoina__V1__Lot *lot = lot_of(reader);
    char place[PLACE_BYTES];
    if (lot != NULL) {
        add_codes(reader, field->value, SP_TEXT_LIST(lot, cpv), lot_place(reader, "cpv", place));
    }
}

static void read_place(struct reader *reader, const struct field *field)
{
    Spoina__V1__Lot *lot = lot_of(reader);
    if (lot != NULL) {
        sp_build_add(reader->builder, SP_TEXT_LIST(lot, places), field->value);
    }
}

/** "od 2026-01-01 do 2026-12-31", "do 2026-12-31", "6 miesiące", "30 dni" */
static void read_period(struct reader *reader, const struct field *field)
{
    static const struct {
        const char *beginning;
        const char *unit;
    } UNITS[] = {{"dzie", "day"},   {"dni", "day"},  {"tydz", "week"}, {"tygod", "week"},
                 {"mies", "month"}, {"rok", "year"}, {"lat", "year"}};
    Spoina__V1__Lot *lot = lot_of(reader);
    struct sp_view value = field->value;
    if (lot == NULL || value.length == 0) {
        return;
    }
    char place[PLACE_BYTES];
    if (sp_view_starts_with(value, sp_view_of("od "))) {
        value = sp_view_from(value.data + 3, value.length - 3);
        lot->from =
            sp_build_day(reader->builder, before(value, " "), lot_place(reader, "from", place));
        size_t rest = before(value, "do ").length;
        value = sp_view_trim(sp_view_from(value.data + rest, value.length - rest));
    }
    if (sp_view_starts_with(value, sp_view_of("do "))) {
        value = sp_view_from(value.data + 3, value.length - 3);
        lot->to = sp_build_day(reader->builder, value, lot_place(reader, "to", place));
        return;
    }
    struct sp_view number = before(value, " ");
    struct sp_view word =
        sp_view_trim(sp_view_from(value.data + number.length, value.length - number.length));
    const char *unit = NULL;
    for (size_t i = 0; i < SP_COUNT(UNITS) && unit == NULL; i++) {
        unit = sp_view_starts_with(word, sp_view_of(UNITS[i].beginning)) ? UNITS[i].unit : NULL;
    }
    if (value.length > 0) {
        sp_build_period(reader->builder, lot, unit == NULL ? value : number, unit,
                        lot_place(reader, "duration", place));
    }
}

/** "125 000,50 PLN" or "125000,50 zł" */
static bool read_money(struct reader *reader, struct sp_view value, const char *place,
                       int64_t *grosz)
{
    size_t end = 0;
    for (size_t at = 0; at < value.length; at++) {
        end = is_digit(value.data[at]) ? at + 1 : end;
    }
    struct sp_view currency = sp_view_trim(sp_view_from(value.data + end, value.length - end));
    bool zloty = currency.length == 0 || sp_view_starts_with(currency, sp_view_of("zł"));
    return sp_build_amount(reader->builder, sp_view_from(value.data, end),
                           zloty ? sp_view_of("PLN") : before(currency, " "), place, grosz);
}

static void read_lot_value(struct reader *reader, const struct field *field)
{
    Spoina__V1__Lot *lot = lot_of(reader);
    char place[PLACE_BYTES];
    if (lot != NULL && read_money(reader, field->value, lot_place(reader, "value_grosz", place),
                                  &lot->value_grosz)) {
        lot->_value_grosz_case = SPOINA__V1__LOT___VALUE_GROSZ_VALUE_GROSZ;
    }
}

static void read_value(struct reader *reader, const struct field *field)
{
    if (read_money(reader, field->value, "value_grosz", &reader->draft->value_grosz)) {
        reader->draft->_value_grosz_case = SPOINA__V1__DRAFT___VALUE_GROSZ_VALUE_GROSZ;
        reader->draft->currency = sp_build_copy(reader->builder, sp_view_of("PLN"));
    }
}

/** Add a clause of the whole procedure if the answer is "Tak". */
static void read_reservation(struct reader *reader, const struct field *field,
                             Spoina__V1__ClauseKind kind)
{
    if (is_yes(field->value)) {
        struct sp_words words = words_of(reader, field->label);
        words.end = words_of(reader, field->value).end;
        (void)sp_build_clause(reader->builder, SP_TERM_LISTS(reader->draft), kind, field->label,
                              words);
    }
}

/** The least share of persons from the groups of art. 94, in percent. */
static void read_share(struct reader *reader, const struct field *field)
{
    unsigned percent = 0;
    for (size_t at = 0; at < field->value.length && is_digit(field->value.data[at]) && at < 3;
         at++) {
        percent = percent * 10 + (unsigned)(field->value.data[at] - '0');
    }
    for (size_t i = 0; percent > 0 && i < reader->draft->n_clauses; i++) {
        Spoina__V1__Clause *clause = reader->draft->clauses[i];
        if (clause->kind == CLAUSE(ART_94)) {
            clause->_share_percent_case = SPOINA__V1__CLAUSE___SHARE_PERCENT_SHARE_PERCENT;
            clause->share_percent = percent;
        }
    }
}

/** What the contract must hold: employment contracts (art. 95) are stated by the field alone; whom
 *  to employ by art. 96 stands in other documents, so such a clause would say nothing. */
static void read_performance(struct reader *reader, const struct field *field)
{
    if (contains(field->value, "art. 95")) {
        (void)sp_build_clause(reader->builder, SP_TERM_LISTS(reader->draft), CLAUSE(ART_95),
                              field->value, words_of(reader, field->value));
    }
}

static void read_lot_count(struct reader *reader, const struct field *field)
{
    size_t count = 0;
    for (size_t at = 0; at < field->value.length && is_digit(field->value.data[at]) && at < 4;
         at++) {
        count = count * 10 + (size_t)(field->value.data[at] - '0');
    }
    reader->lots_stated = count;
}

static void end_criterion(struct reader *reader, struct sp_view weight)
{
    if (reader->criterion.length == 0) {
        return;
    }
    Spoina__V1__CriterionKind kind = sp_criterion_is_price(reader->criterion)
                                         ? SPOINA__V1__CRITERION_KIND__CRITERION_KIND_PRICE
                                         : SPOINA__V1__CRITERION_KIND__CRITERION_KIND_UNSPECIFIED;
    struct sp_words words = reader->criterion_words;
    words.end = weight.length > 0 ? words_of(reader, weight).end : words.end;
    struct sp_term_lists lists =
        reader->lot != NULL ? SP_TERM_LISTS(reader->lot) : SP_TERM_LISTS(reader->draft);
    sp_build_criterion(reader->builder, lists, reader->criterion, weight, kind, words);
    reader->criterion = sp_view_of(NULL);
}

static void read_criterion(struct reader *reader, const struct field *field)
{
    end_criterion(reader, sp_view_of(NULL));
    reader->criterion = field->value;
    reader->criterion_words = words_of(reader, field->value);
}

static void read_weight(struct reader *reader, const struct field *field)
{
    end_criterion(reader, field->value);
}

/** Labels by their beginnings; the first that fits is taken. */
static const struct {
    const char *label;
    void (*read)(struct reader *reader, const struct field *field);
} FIELDS[] = {
    {"Nazwa zamawiającego", read_buyer_name},
    {"Krajowy Numer Identyfikacyjny", read_national_id},
    {"Miejscowość", read_town},
    {"Lokalizacja NUTS", read_nuts},
    {"Rodzaj zamawiającego", read_buyer_kind},
    {"Nazwa zamówienia", read_title},
    {"Numer ogłoszenia", read_reference},
    {"Data ogłoszenia", read_published},
    {"Rodzaj zamówienia", read_kind},
    {"Liczba części", read_lot_count},
    {"Krótki opis przedmiotu zamówienia", read_description},
    {"Główny kod CPV", read_main_code},
    {"Dodatkowy kod CPV", read_other_codes},
    {"Okres realizacji zamówienia", read_period},
    {"Miejsce realizacji", read_place},
    {"Wartość części", read_lot_value},
    {"Wartość zamówienia", read_value},
    {"Łączna wartość", read_value},
    {"Szacunkowa wartość", read_value},
    {"Minimalny procentowy wskaźnik", read_share},
    {"Zamawiający przewiduje następujące wymagania związane z realizacją", read_performance},
    {"Nazwa kryterium", read_criterion},
    {"Waga", read_weight},
    {"Termin składania ofert", read_deadline},
    {"Termin składania wniosków", read_deadline},
};

static bool is_label(struct sp_view text)
{
    for (size_t i = 0; i < SP_COUNT(FIELDS); i++) {
        if (sp_view_starts_with(text, sp_view_of(FIELDS[i].label))) {
            return true;
        }
    }
    return false;
}

static void apply(struct reader *reader, const struct field *field)
{
    if (sp_view_starts_with(field->label, sp_view_of("O udzielenie zamówienia mogą ubiegać się"))) {
        read_reservation(reader, field,
                         contains(field->label, "art. 361") ? CLAUSE(ART_361) : CLAUSE(ART_94));
        return;
    }
    if (contains(field->label, "art. 361")) {
        read_reservation(reader, field, CLAUSE(ART_361));
        return;
    }
    for (size_t i = 0; i < SP_COUNT(FIELDS); i++) {
        if (sp_view_starts_with(field->label, sp_view_of(FIELDS[i].label))) {
            FIELDS[i].read(reader, field);
            return;
        }
    }
}

static void begin_lot(struct reader *reader, struct sp_view line)
{
    end_criterion(reader, sp_view_of(NULL));
    reader->lots_named = true;
    reader->lot = sp_build_lot(reader->builder, reader->draft);
    if (reader->lot != NULL) {
        size_t word = strlen("Część ");
        reader->lot->id =
            sp_build_copy(reader->builder, sp_view_from(line.data + word, line.length - word));
    }
}

enum sp_status sp_bzp_read(struct sp_draft_builder *builder,
                           const struct sp_document_text *document, Spoina__V1__Draft *draft,
                           struct sp_error *err)
{
    struct reader reader = {.builder = builder, .document = document, .draft = draft};
    for (size_t line = 0; line < document->line_count && builder->status == SP_OK;) {
        struct sp_view text = line_text(document, line);
        bool heading = document->lines[line].kind == SP_LINE_HEADING;
        if (is_counted(text, "Część")) {
            begin_lot(&reader, text);
            line++;
        } else if (number_length(text, heading) > 0) {
            struct field field = read_field(document, line, &line);
            apply(&reader, &field);
        } else {
            line++;
        }
    }
    end_criterion(&reader, sp_view_of(NULL));
    if (draft->n_lots == 1 && !reader.lots_named) {
        draft->description = draft->lots[0]->description;
    }
    if (reader.lots_stated > 1 && reader.lots_stated != draft->n_lots) {
        SP_BUILDER_WARN(builder, "lots", "Ogłoszenie podaje liczbę części %zu, a opisuje %zu.",
                        "The notice states %zu lots and describes %zu.", reader.lots_stated,
                        draft->n_lots);
    }
    return builder->status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}
