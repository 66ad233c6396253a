/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/match_view.h"

#include <string.h>

#include "clients/cli/labels.h"
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

static void render_need(const struct sp_cli_out *out, const Spoina__V1__MatchTenderResponse *answer)
{
    enum sp_locale language = out->language;
    const Spoina__V1__Draft *draft = answer->draft;
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
    for (size_t i = 0; i < answer->n_warnings; i++) {
        (void)fputs(sp_say(language, "Uwaga: ", "Note: "), out->file);
        sp_cli_column(out, answer->warnings[i]->place, 0);
        (void)fputs(answer->warnings[i]->place[0] == '\0' ? "" : ": ", out->file);
        sp_cli_column(out, answer->warnings[i]->text, 0);
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

static const char *requirement_text(const Spoina__V1__Lot *lot, const char *id)
{
    for (size_t i = 0; lot != NULL && i < lot->n_requirements; i++) {
        if (strcmp(lot->requirements[i]->id, id) == 0) {
            return lot->requirements[i]->text;
        }
    }
    return "";
}

/* Which requirement the reasons below are about, where there is more than one. */
static void render_requirement(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                               const Spoina__V1__RequirementFit *fit)
{
    const char *text = requirement_text(lot, fit->requirement_id);
    (void)fputs("     ", out->file);
    sp_cli_bold(out, fit->requirement_id, 0);
    (void)fputs(text[0] == '\0' ? "" : ": ", out->file);
    sp_cli_column(out, text, 0);
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

static void render_proposal(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                            const Spoina__V1__Proposal *proposal, size_t number)
{
    char score[32];
    (void)snprintf(score, sizeof score, "%u/1000", proposal->score);
    (void)fprintf(out->file, "\n%3zu. ", number);
    sp_cli_bold(out, score, 0);
    (void)fprintf(out->file, "  %s: %s\n", sp_say(out->language, "zgodność", "fit"),
                  sp_cli_band(out->language, proposal->band));
    for (size_t i = 0; i < proposal->n_members; i++) {
        render_member(out, lot, proposal->members[i]);
    }
    render_list(out, sp_say(out->language, "     Niepokryte: ", "     Not covered: "),
                proposal->uncovered, proposal->n_uncovered);
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
}

void sp_cli_match_render(const struct sp_cli_options *options, const ProtobufCMessage *answer)
{
    const Spoina__V1__MatchTenderResponse *match = (const Spoina__V1__MatchTenderResponse *)answer;
    struct sp_cli_out out = sp_cli_out_new(options);
    render_need(&out, match);
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
