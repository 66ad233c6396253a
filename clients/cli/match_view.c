/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/match_view.h"

#include <string.h>

#include "clients/cli/labels.h"
#include "clients/cli/proposal_view.h"
#include "clients/cli/render.h"

enum { INDENT_COLUMNS = 7, REASON_COLUMNS = 12, POINTS_COLUMNS = 10 };

/* "label: a, b" on one line; nothing if there is no item. */
static void render_list(const struct sp_cli_out *out, const char *label, char *const *items,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        (void)fputs(i == 0 ? label : ", ", out->file);
        sp_cli_column(out, items[i], 0);
    }
    (void)fputs(count > 0 ? "\n" : "", out->file);
}

static void render_need(const struct sp_cli_out *out, const Spoina__V1__Draft *draft,
                        Spoina__V1__Warning *const *warnings, size_t warning_count)
{
    enum sp_locale language = out->language;
    if (draft != NULL) {
        sp_cli_bold(out, draft->title, 0);
        (void)fputc('\n', out->file);
        if (draft->buyer != NULL && draft->buyer->name[0] != '\0') {
            (void)fputs(sp_say(language, "Zamawiający: ", "Buyer: "), out->file);
            sp_cli_column(out, draft->buyer->name, 0);
            (void)fputc('\n', out->file);
        }
        render_list(out, "CPV: ", draft->cpv, draft->n_cpv);
        render_list(out, sp_say(language, "Miejsce: ", "Place: "), draft->places, draft->n_places);
        if (draft->deadline[0] != '\0') {
            (void)fprintf(out->file, "%s%s\n", sp_say(language, "Termin ofert: ", "Deadline: "),
                          draft->deadline);
        }
    }
    for (size_t i = 0; i < warning_count; i++) {
        (void)fputs(sp_say(language, "Uwaga: ", "Note: "), out->file);
        sp_cli_column(out, warnings[i]->place, 0);
        (void)fputs(warnings[i]->place[0] == '\0' ? "" : ": ", out->file);
        sp_cli_column(out, warnings[i]->text, 0);
        (void)fputc('\n', out->file);
    }
}

/* The words that met: posiłków ↔ catering (service), each pair of words once. */
static void render_words(const struct sp_cli_out *out, const Spoina__V1__Reason *reason)
{
    if (reason->n_words == 0) {
        return;
    }
    (void)fprintf(out->file, "%*s", INDENT_COLUMNS + REASON_COLUMNS + POINTS_COLUMNS, "");
    for (size_t i = 0; i < reason->n_words; i++) {
        const Spoina__V1__WordMatch *match = reason->words[i];
        (void)fputs(i == 0 ? "" : ", ", out->file);
        sp_cli_bold(out, match->draft_word, 0);
        (void)fputs(" ↔ ", out->file);
        /* An offer may name the service by its code only. */
        sp_cli_bold(out,
                    match->catalogue_word[0] != '\0'
                        ? match->catalogue_word
                        : sp_say(out->language, "usługa oferty", "the offer's service"),
                    0);
        if (match->alias[0] != '\0') {
            (void)fputs(" (", out->file);
            sp_cli_column(out, match->alias, 0);
            (void)fputc(')', out->file);
        }
    }
    (void)fputc('\n', out->file);
}

static void render_reason(const struct sp_cli_out *out, const Spoina__V1__Reason *reason)
{
    char points[32];
    if (reason->unknown) {
        (void)snprintf(points, sizeof points, "?/%u", reason->max_points);
    } else {
        (void)snprintf(points, sizeof points, "%u/%u", reason->points, reason->max_points);
    }
    (void)fprintf(out->file, "%*s", INDENT_COLUMNS, "");
    sp_cli_column(out, sp_cli_reason_kind(out->language, reason->kind), REASON_COLUMNS);
    sp_cli_column(out, points, POINTS_COLUMNS);
    sp_cli_hanging(out, reason->text, INDENT_COLUMNS + REASON_COLUMNS + POINTS_COLUMNS);
    render_words(out, reason);
}

/* Which requirement the reasons below are about, where there is more than one. */
static void render_requirement(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                               const Spoina__V1__RequirementFit *fit)
{
    const char *text = sp_cli_requirement(lot, fit->requirement_id);
    (void)fputs("     ", out->file);
    sp_cli_bold(out, fit->requirement_id, 0);
    if (text != fit->requirement_id) {
        (void)fputs(": ", out->file);
        sp_cli_column(out, text, 0);
    }
    (void)fprintf(out->file, " · %u/1000 · %s ", fit->score,
                  sp_say(out->language, "oferta", "offer"));
    sp_cli_column(out, fit->offer_id, 0);
    (void)fputc('\n', out->file);
}

static void render_member(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                          const Spoina__V1__Member *member)
{
    if (member->entity != NULL) {
        (void)fputs("     ", out->file);
        sp_cli_summary(out, member->entity);
        (void)fputs(" · id ", out->file);
        sp_cli_column(out, member->entity->id, 0);
        (void)fputc('\n', out->file);
    }
    for (size_t i = 0; i < member->n_fits; i++) {
        const Spoina__V1__RequirementFit *fit = member->fits[i];
        if (lot != NULL && lot->n_requirements > 1) {
            render_requirement(out, lot, fit);
        }
        for (size_t k = 0; k < fit->n_reasons; k++) {
            render_reason(out, fit->reasons[k]);
        }
    }
}

/* A single entity lacks much of what a whole tender asks: how much, not what. */
static void render_gap_count(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal)
{
    size_t unknown = 0;
    for (size_t i = 0; i < proposal->n_gaps; i++) {
        unknown += proposal->gaps[i]->decision == SPOINA__V1__DECISION__DECISION_UNKNOWN;
    }
    if (proposal->n_gaps > 0) {
        (void)fprintf(out->file, "     %s %zu, %s %zu\n",
                      sp_say(out->language, "Braków samodzielnie:", "Lacking alone:"),
                      proposal->n_gaps - unknown,
                      sp_say(out->language, "do uzupełnienia:", "to be completed:"), unknown);
    }
}

static void render_place(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal,
                         size_t number)
{
    char score[32];
    (void)snprintf(score, sizeof score, "%u/1000", proposal->score);
    (void)fprintf(out->file, "\n%3zu. ", number);
    sp_cli_bold(out, score, 0);
    (void)fprintf(out->file, "  %s: %s\n", sp_say(out->language, "zgodność", "fit"),
                  sp_cli_band(out->language, proposal->band));
}

static void render_proposal(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                            const Spoina__V1__Proposal *proposal, size_t number)
{
    render_place(out, proposal, number);
    for (size_t i = 0; i < proposal->n_members; i++) {
        render_member(out, lot, proposal->members[i]);
    }
    render_list(out, sp_say(out->language, "     Niepokryte: ", "     Not covered: "),
                proposal->uncovered, proposal->n_uncovered);
    render_gap_count(out, proposal);
}

static void render_consortia(const struct sp_cli_out *out, const Spoina__V1__Lot *read,
                             const Spoina__V1__LotMatch *lot)
{
    if (lot->n_consortia == 0 && lot->consortia_note[0] == '\0') {
        return;
    }
    (void)fputc('\n', out->file);
    sp_cli_bold(out, sp_say(out->language, "Konsorcja", "Consortia"), 0);
    (void)fprintf(out->file, ": %zu%s\n", lot->n_consortia,
                  lot->n_consortia > 0 && lot->consortia_proven
                      ? sp_say(out->language, "; dowiedziono, że lepszych nie ma",
                               "; proved that there are no better ones")
                      : "");
    if (lot->consortia_note[0] != '\0') {
        sp_cli_paragraph(out, lot->consortia_note, 2);
    }
    for (size_t i = 0; i < lot->n_consortia; i++) {
        render_place(out, lot->consortia[i], i + 1);
        sp_cli_consortium(out, read, lot->consortia[i]);
    }
}

/* @p read is the lot as the server read it; NULL if it does not say. */
static void render_lot(const struct sp_cli_out *out, const Spoina__V1__Lot *read,
                       const Spoina__V1__LotMatch *lot)
{
    (void)fprintf(out->file, "\n%s ", sp_say(out->language, "Część", "Lot"));
    sp_cli_column(out, lot->lot_id, 0);
    (void)fputs(": ", out->file);
    sp_cli_bold(out, lot->title, 0);
    (void)fprintf(out->file, " (%s %u)\n",
                  sp_say(out->language, "rozpatrzono podmiotów:", "entities looked at:"),
                  lot->candidates);
    if (lot->note[0] != '\0') {
        sp_cli_paragraph(out, lot->note, 2);
    }
    for (size_t i = 0; i < lot->n_proposals; i++) {
        render_proposal(out, read, lot->proposals[i], i + 1);
    }
    render_consortia(out, read, lot);
}

void sp_cli_match_render(const struct sp_cli_options *options, const ProtobufCMessage *answer)
{
    const Spoina__V1__MatchTenderResponse *match = (const Spoina__V1__MatchTenderResponse *)answer;
    struct sp_cli_out out = sp_cli_out_new(options);
    render_need(&out, match->draft, match->warnings, match->n_warnings);
    for (size_t i = 0; i < match->n_lots; i++) {
        const Spoina__V1__Draft *draft = match->draft;
        const bool is_read = draft != NULL && i < draft->n_lots;
        render_lot(&out, is_read ? draft->lots[i] : NULL, match->lots[i]);
    }
    (void)fprintf(out.file, "\n%s\n",
                  sp_say(out.language,
                         "Kolejność służy rozeznaniu rynku; to nie są kryteria oceny ofert.",
                         "The order serves to explore the market; it is no award criterion."));
}

static const Spoina__V1__Lot *find_lot(const Spoina__V1__Draft *draft, const char *id)
{
    for (size_t i = 0; draft != NULL && i < draft->n_lots; i++) {
        if (strcmp(draft->lots[i]->id, id) == 0) {
            return draft->lots[i];
        }
    }
    return NULL;
}

static void render_completion(const struct sp_cli_out *out, const Spoina__V1__Lot *read,
                              const Spoina__V1__LotCompletion *lot)
{
    (void)fprintf(out->file, "\n%s ", sp_say(out->language, "Część", "Lot"));
    sp_cli_column(out, lot->lot_id, 0);
    (void)fputs(": ", out->file);
    sp_cli_bold(out, lot->title, 0);
    (void)fputc('\n', out->file);
    if (lot->note[0] != '\0') {
        sp_cli_paragraph(out, lot->note, 2);
    }
    if (lot->given != NULL) {
        (void)fprintf(out->file, "\n  %s\n",
                      sp_say(out->language, "Podane podmioty bez nikogo więcej:",
                             "The given entities and nobody else:"));
        sp_cli_consortium(out, read, lot->given);
    }
    for (size_t i = 0; i < lot->n_consortia; i++) {
        render_place(out, lot->consortia[i], i + 1);
        sp_cli_consortium(out, read, lot->consortia[i]);
    }
}

void sp_cli_complete_render(const struct sp_cli_options *options, const ProtobufCMessage *answer)
{
    const Spoina__V1__CompleteConsortiumResponse *completion =
        (const Spoina__V1__CompleteConsortiumResponse *)answer;
    struct sp_cli_out out = sp_cli_out_new(options);
    render_need(&out, completion->draft, completion->warnings, completion->n_warnings);
    for (size_t i = 0; i < completion->n_lots; i++) {
        const Spoina__V1__LotCompletion *lot = completion->lots[i];
        render_completion(&out, find_lot(completion->draft, lot->lot_id), lot);
    }
}
