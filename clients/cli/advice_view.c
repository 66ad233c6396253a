/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/advice_view.h"

#include <string.h>

#include "clients/cli/labels.h"
#include "clients/cli/render.h"
#include "spoina/v1/advice.pb-c.h"

enum { INDENT = 5, DEEP = 7, LABEL_COLUMNS = 14, KIND_COLUMNS = 12 };

static const char *decision(enum sp_locale language, Spoina__V1__Decision value)
{
    switch (value) {
    case SPOINA__V1__DECISION__DECISION_MET:
        return sp_say(language, "wolno", "allowed");
    case SPOINA__V1__DECISION__DECISION_NOT_MET:
        return sp_say(language, "tu się nie stosuje", "does not apply here");
    default:
        return sp_say(language, "zależy od danych, których brak", "depends on missing facts");
    }
}

static const char *certainty(enum sp_locale language, Spoina__V1__Certainty value)
{
    switch (value) {
    case SPOINA__V1__CERTAINTY__CERTAINTY_INTERPRETATION:
        return sp_say(language, "interpretacja", "interpretation");
    case SPOINA__V1__CERTAINTY__CERTAINTY_DOUBTFUL:
        return sp_say(language, "wątpliwe", "doubtful");
    default:
        return sp_say(language, "prawo", "law");
    }
}

/* A text of several lines, each indented. */
static void lines(const struct sp_cli_out *out, const char *text, size_t indent)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char line[4096];
        (void)snprintf(line, sizeof line, "%.*s", (int)length, text);
        sp_cli_paragraph(out, line, indent);
        text += length + (text[length] == '\n' ? 1 : 0);
    }
}

static void labelled(const struct sp_cli_out *out, const char *polish, const char *english,
                     const char *text)
{
    if (text[0] != '\0') {
        (void)fprintf(out->file, "%*s", INDENT, "");
        sp_cli_column(out, sp_say(out->language, polish, english), LABEL_COLUMNS);
        sp_cli_hanging(out, text, INDENT + LABEL_COLUMNS);
    }
}

static void supply(const struct sp_cli_out *out, const Spoina__V1__Supply *supply, size_t indent)
{
    char text[512];
    const char *at_least = sp_say(out->language, "co najmniej", "at least");
    if (supply == NULL) {
        return;
    }
    (void)snprintf(text, sizeof text, "%s: %u (%s: %u) · %s: %s%s%u · %s: %s %u, %s: %u",
                   sp_say(out->language, "samodzielnie", "alone"), supply->singles,
                   sp_say(out->language, "do uzupełnienia", "to be completed"),
                   supply->singles_unknown, sp_say(out->language, "konsorcja", "consortia"),
                   supply->consortia_at_least ? at_least : "",
                   supply->consortia_at_least ? " " : "", supply->consortia,
                   sp_say(out->language, "niezależne oferty", "independent offers"), at_least,
                   supply->independent_offers, sp_say(out->language, "w tym pewne", "certain"),
                   supply->independent_certain);
    sp_cli_paragraph(out, text, indent);
}

static void title(const struct sp_cli_out *out, const Spoina__V1__Draft *draft, const char *date)
{
    if (draft != NULL) {
        sp_cli_bold(out, draft->title, 0);
        (void)fprintf(out->file, "\n%s%s\n", sp_say(out->language, "Stan na dzień: ", "As of: "),
                      date);
    }
}

static void warnings(const struct sp_cli_out *out, Spoina__V1__Warning *const *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        (void)fprintf(out->file, "  ! ");
        sp_cli_hanging(out, items[i]->text, 4);
    }
}

static void lot_head(const struct sp_cli_out *out, const char *id, const char *name)
{
    (void)fprintf(out->file, "\n%s ", sp_say(out->language, "Część", "Lot"));
    sp_cli_column(out, id, 0);
    (void)fputs(": ", out->file);
    sp_cli_bold(out, name, 0);
    (void)fputc('\n', out->file);
}

static void last_line(const struct sp_cli_out *out)
{
    (void)fprintf(out->file, "\n%s\n",
                  sp_say(out->language,
                         "To rozeznanie rynku, nie porada prawna; interpretacje są oznaczone.",
                         "This explores the market; it is no legal advice, and interpretations are "
                         "marked."));
}

static void instrument(const struct sp_cli_out *out, const Spoina__V1__InstrumentAdvice *one,
                       bool recommended)
{
    (void)fprintf(out->file, "\n%3u. ", one->strength);
    sp_cli_bold(out, one->rule->rule_id, 0);
    (void)fprintf(out->file, " · %s, ", one->rule->article);
    sp_cli_column(out, one->rule->act, 0);
    (void)fprintf(out->file, "\n     %s · %s%s%s\n", decision(out->language, one->allowed),
                  certainty(out->language, one->certainty),
                  one->in_draft ? sp_say(out->language, " · jest w projekcie", " · in the draft")
                                : "",
                  recommended ? sp_say(out->language, " · ZALECANE", " · RECOMMENDED") : "");
    sp_cli_paragraph(out, one->text, INDENT);
    supply(out, one->supply, INDENT);
    labelled(out, "Blokuje:", "Blocked by:", one->blocked_by);
    if (one->wording[0] != '\0' && recommended) {
        labelled(out, "Ogłoszenie:", "Notice:", one->notice_place);
        labelled(out, "SWZ:", "SWZ:", one->swz_place);
        (void)fprintf(out->file, "     %s (%s)\n",
                      sp_say(out->language, "Gotowa treść:", "Ready wording:"),
                      certainty(out->language, one->wording_certainty));
        lines(out, one->wording, DEEP);
        labelled(out, "Uwaga:", "Note:", one->wording_note);
    }
}

static void levels(const struct sp_cli_out *out, const Spoina__V1__LotClauseAdvice *lot)
{
    if (lot->n_levels == 0) {
        return;
    }
    (void)fprintf(out->file, "\n  %s\n",
                  sp_say(out->language, "Klauzula z art. 96: ile osób udźwignie rynek",
                         "Clause of art. 96: how many persons the market carries"));
    for (size_t i = 0; i < lot->n_levels; i++) {
        const Spoina__V1__ClauseLevel *level = lot->levels[i];
        (void)fprintf(
            out->file, "%7u  %s %u, %s %u%s%s\n", level->persons,
            sp_say(out->language, "niezależne oferty: co najmniej", "independent offers: at least"),
            level->supply->independent_offers, sp_say(out->language, "w tym pewne:", "certain:"),
            level->supply->independent_certain,
            level->breaks_certain ? sp_say(out->language, "  < od tego poziomu za mało pewnych",
                                           "  < too few certain ones from here")
                                  : "",
            level->breaks
                ? sp_say(out->language, "  < tu podaż się urywa", "  < here supply breaks")
                : "");
    }
}

void sp_cli_clauses_render(const struct sp_cli_options *options, const ProtobufCMessage *message)
{
    const Spoina__V1__AdviseClausesResponse *answer =
        (const Spoina__V1__AdviseClausesResponse *)message;
    struct sp_cli_out out = sp_cli_out_new(options);
    title(&out, answer->draft, answer->date);
    warnings(&out, answer->warnings, answer->n_warnings);
    for (size_t i = 0; i < answer->n_lots; i++) {
        const Spoina__V1__LotClauseAdvice *lot = answer->lots[i];
        lot_head(&out, lot->lot_id, lot->title);
        (void)fprintf(out.file, "  %s %s\n", sp_say(out.language, "Tryb:", "Regime:"),
                      lot->regime[0] == '\0' ? "?" : lot->regime);
        sp_cli_paragraph(&out, lot->regime_text, 2);
        (void)fprintf(out.file, "  %s\n",
                      sp_say(out.language, "Bez żadnego instrumentu:", "Without any instrument:"));
        supply(&out, lot->plain, INDENT);
        (void)fputs("  ", out.file);
        sp_cli_bold(&out, sp_say(out.language, "Zalecenie: ", "Recommendation: "), 0);
        sp_cli_hanging(&out, lot->recommendation, 2);
        for (size_t k = 0; k < lot->n_instruments; k++) {
            const Spoina__V1__InstrumentAdvice *one = lot->instruments[k];
            instrument(&out, one, strcmp(one->rule->rule_id, lot->recommended_rule) == 0);
        }
        levels(&out, lot);
    }
    (void)fprintf(out.file, "\n%s\n",
                  sp_say(out.language, "Treść pozostałych instrumentów: --json.",
                         "Wording of the other instruments: --json."));
    last_line(&out);
}

static void division(const struct sp_cli_out *out, const Spoina__V1__Division *one)
{
    (void)fputs(one->recommended ? "\n  * " : "\n  - ", out->file);
    sp_cli_hanging(out, one->text, 4);
    for (size_t i = 0; i < one->n_parts; i++) {
        const Spoina__V1__LotPart *part = one->parts[i];
        (void)fputs("     ", out->file);
        sp_cli_column(out, part->title, 0);
        if (part->parts > 1) {
            (void)fprintf(out->file, " (1/%u)", part->parts);
        }
        (void)fputc('\n', out->file);
        supply(out, part->supply, DEEP);
    }
}

void sp_cli_lots_render(const struct sp_cli_options *options, const ProtobufCMessage *message)
{
    const Spoina__V1__AdviseLotsResponse *answer = (const Spoina__V1__AdviseLotsResponse *)message;
    struct sp_cli_out out = sp_cli_out_new(options);
    title(&out, answer->draft, answer->date);
    warnings(&out, answer->warnings, answer->n_warnings);
    for (size_t i = 0; i < answer->n_lots; i++) {
        const Spoina__V1__LotDivisions *lot = answer->lots[i];
        lot_head(&out, lot->lot_id, lot->title);
        for (size_t k = 0; k < lot->n_divisions; k++) {
            division(&out, lot->divisions[k]);
        }
    }
    (void)fprintf(out.file, "\n* %s\n", sp_say(out.language, "zalecany podział", "recommended"));
    last_line(&out);
}

static void counterfactual(const struct sp_cli_out *out, const Spoina__V1__Gap *gap)
{
    (void)fputs("  * ", out->file);
    sp_cli_hanging(out, gap->text, 4);
    for (size_t i = 0; i < gap->n_changes; i++) {
        (void)fputs("      - ", out->file);
        sp_cli_hanging(out, gap->changes[i]->text, 8);
    }
}

void sp_cli_why_not_render(const struct sp_cli_options *options, const ProtobufCMessage *message)
{
    const Spoina__V1__ExplainAbsenceResponse *answer =
        (const Spoina__V1__ExplainAbsenceResponse *)message;
    struct sp_cli_out out = sp_cli_out_new(options);
    title(&out, answer->draft, answer->date);
    if (answer->entity != NULL) {
        sp_cli_summary(&out, answer->entity);
        (void)fputc('\n', out.file);
    }
    for (size_t i = 0; i < answer->n_lots; i++) {
        const Spoina__V1__LotAbsence *lot = answer->lots[i];
        lot_head(&out, lot->lot_id, lot->title);
        (void)fprintf(out.file, "  %s\n",
                      lot->present
                          ? sp_say(out.language, "Jest wśród propozycji.", "It is proposed.")
                          : sp_say(out.language, "Nie ma go wśród propozycji, bo:",
                                   "It is not proposed, because:"));
        for (size_t k = 0; k < lot->n_because; k++) {
            (void)fputs("  - ", out.file);
            sp_cli_hanging(&out, lot->because[k], 4);
        }
        if (!lot->present) {
            (void)fprintf(out.file, "  %s\n",
                          lot->n_counterfactuals > 0
                              ? sp_say(out.language, "Co by to zmieniło (sprawdzone):",
                                       "What would change that (verified):")
                              : sp_say(out.language,
                                       "Żadna z wypróbowanych zmian by tego nie zmieniła.",
                                       "None of the changes tried would change that."));
        }
        for (size_t k = 0; k < lot->n_counterfactuals; k++) {
            counterfactual(&out, lot->counterfactuals[k]);
        }
    }
}

static void names(const struct sp_cli_out *out, Spoina__V1__EntitySummary *const *items,
                  size_t count, uint32_t total)
{
    (void)fprintf(out->file, "     + ");
    for (size_t i = 0; i < count; i++) {
        (void)fputs(i == 0 ? "" : ", ", out->file);
        sp_cli_column(out, items[i]->name, 0);
    }
    (void)fputs(total > count ? ", …\n" : "\n", out->file);
}

static void best(const struct sp_cli_out *out, const char *polish, const char *english,
                 const Spoina__V1__Proposal *proposal)
{
    if (proposal == NULL) {
        return;
    }
    (void)fprintf(out->file, "     %s %u/1000: ", sp_say(out->language, polish, english),
                  proposal->score);
    for (size_t i = 0; i < proposal->n_members; i++) {
        (void)fputs(i == 0 ? "" : " + ", out->file);
        sp_cli_column(out, proposal->members[i]->entity->name, 0);
    }
    (void)fputc('\n', out->file);
}

void sp_cli_what_if_render(const struct sp_cli_options *options, const ProtobufCMessage *message)
{
    const Spoina__V1__WhatIfResponse *answer = (const Spoina__V1__WhatIfResponse *)message;
    struct sp_cli_out out = sp_cli_out_new(options);
    title(&out, answer->draft, answer->date);
    (void)fprintf(out.file, "%s\n", sp_say(out.language, "Projekt jak jest:", "As it is:"));
    supply(&out, answer->as_is, INDENT);
    for (size_t i = 0; i < answer->n_steps; i++) {
        const Spoina__V1__WhatIfStep *step = answer->steps[i];
        (void)fputs("\n  ", out.file);
        sp_cli_hanging(&out, step->text, 2);
        supply(&out, step->supply, INDENT);
        best(&out, "najlepszy samodzielnie", "best alone", step->best_single);
        best(&out, "najlepsze konsorcjum", "best consortium", step->best_consortium);
        for (size_t k = 0; k < step->n_dropped; k++) {
            (void)fputs("     - ", out.file);
            sp_cli_bold(&out, step->dropped[k]->entity->name, 0);
            (void)fputs("\n       ", out.file);
            sp_cli_hanging(&out, step->dropped[k]->text, DEEP);
        }
        if (step->n_joined > 0) {
            names(&out, step->joined, step->n_joined, step->joined_total);
        }
    }
}

static void subcontractor(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal)
{
    const Spoina__V1__Member *member = proposal->members[0];
    (void)fprintf(out->file, "     %4u  ", proposal->score);
    sp_cli_summary(out, member->entity);
    (void)fputc('\n', out->file);
    for (size_t i = 0; i < member->n_fits; i++) {
        for (size_t k = 0; k < member->fits[i]->n_reasons; k++) {
            const Spoina__V1__Reason *reason = member->fits[i]->reasons[k];
            if (reason->kind == SPOINA__V1__REASON_KIND__REASON_KIND_PLACE ||
                reason->kind == SPOINA__V1__REASON_KIND__REASON_KIND_CAPACITY) {
                (void)fprintf(out->file, "%*s", 2 * INDENT + 1, "");
                sp_cli_column(out, sp_cli_reason_kind(out->language, reason->kind), KIND_COLUMNS);
                sp_cli_hanging(out, reason->text, 2 * INDENT + 1 + KIND_COLUMNS);
            }
        }
    }
}

void sp_cli_subcontractors_render(const struct sp_cli_options *options,
                                  const ProtobufCMessage *message)
{
    const Spoina__V1__FindSubcontractorsResponse *answer =
        (const Spoina__V1__FindSubcontractorsResponse *)message;
    struct sp_cli_out out = sp_cli_out_new(options);
    title(&out, answer->draft, answer->date);
    warnings(&out, answer->warnings, answer->n_warnings);
    sp_cli_paragraph(&out, answer->text, 0);
    for (size_t i = 0; i < answer->n_parts; i++) {
        const Spoina__V1__SubcontractorPart *part = answer->parts[i];
        (void)fputs("\n  ", out.file);
        sp_cli_bold(&out, part->can_be_taken ? "[x] " : "[ ] ", 0);
        sp_cli_column(&out, part->requirement_id, 0);
        (void)fputs(": ", out.file);
        sp_cli_hanging(&out, part->text, 6);
        (void)fprintf(out.file, "     %s %u%%%s\n",
                      sp_say(out.language, "w zasięgu zadeklarowanych mocy:",
                             "within reach of declared capacity:"),
                      part->reachable_permille / 10,
                      part->capacity_unknown ? sp_say(out.language, " (część mocy nie podano)",
                                                      " (some have not declared theirs)")
                                             : "");
        for (size_t k = 0; k < part->n_subcontractors; k++) {
            subcontractor(&out, part->subcontractors[k]);
        }
    }
}
