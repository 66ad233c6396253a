/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/match_view.h"

#include <string.h>

#include "base/buffer.h"
#include "clients/cli/labels.h"
#include "clients/cli/proposal_view.h"
#include "clients/cli/render.h"

enum { INDENT_COLUMNS = 7, REASON_COLUMNS = 12, POINTS_COLUMNS = 10, LINE_BYTES = 1 << 16 };

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

/* Which requirement the reasons below are about, where there is more than one; how much of it is
 * performed, or why it is not. */
static void render_requirement(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                               const Spoina__V1__RequirementFit *fit)
{
    enum { PERCENT = 10 };
    struct sp_buffer line;
    sp_buffer_init(&line, LINE_BYTES);
    sp_buffer_printf(&line, "%s · %u/1000 · ", sp_cli_requirement(lot, fit->requirement_id),
                     fit->score);
    if (fit->idle[0] != '\0') {
        sp_buffer_printf(&line, "%s: %s", sp_say(out->language, "nie wykonuje", "not performed"),
                         fit->idle);
    } else {
        sp_buffer_printf(&line, "%s %u%%", sp_say(out->language, "wykonuje", "performs"),
                         fit->share_permille / PERCENT);
    }
    if (line.status == SP_OK) {
        (void)fprintf(out->file, "%*s- ", INDENT_COLUMNS - 2, "");
        sp_cli_hanging(out, line.data, INDENT_COLUMNS);
    }
    sp_buffer_release(&line);
}

static void render_member(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                          const Spoina__V1__Member *member)
{
    if (member->entity != NULL) {
        (void)fputs("     ", out->file);
        sp_cli_who(out, member->entity, "", INDENT_COLUMNS - 2);
    }
    bool several = lot != NULL && lot->n_requirements > 1;
    for (size_t i = 0; i < member->n_fits; i++) {
        const Spoina__V1__RequirementFit *fit = member->fits[i];
        if (several || fit->idle[0] != '\0') {
            render_requirement(out, lot, fit);
        }
        for (size_t k = 0; (out->full || !several) && k < fit->n_reasons; k++) {
            render_reason(out, fit->reasons[k]);
        }
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

/* By their texts: ids are the draft's business. */
static void render_uncovered(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                             const Spoina__V1__Proposal *proposal)
{
    struct sp_buffer line;
    sp_buffer_init(&line, LINE_BYTES);
    sp_buffer_add_text(&line, sp_say(out->language, "Niepokryte: ", "Not covered: "));
    for (size_t i = 0; i < proposal->n_uncovered; i++) {
        sp_buffer_printf(&line, "%s%s", i == 0 ? "" : "; ",
                         sp_cli_requirement(lot, proposal->uncovered[i]));
    }
    if (line.status == SP_OK) {
        sp_cli_paragraph(out, line.data, INDENT_COLUMNS - 2);
    }
    sp_buffer_release(&line);
}

static void render_proposal(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                            const Spoina__V1__Proposal *proposal, size_t number)
{
    render_place(out, proposal, number);
    if (proposal->obstacle[0] != '\0') {
        sp_cli_paragraph(out, proposal->obstacle, INDENT_COLUMNS - 2);
    }
    sp_cli_digest(out, proposal);
    for (size_t i = 0; i < proposal->n_members; i++) {
        render_member(out, lot, proposal->members[i]);
    }
    if (proposal->n_uncovered > 0) {
        render_uncovered(out, lot, proposal);
    }
    if (out->full) {
        sp_cli_gaps(out, proposal);
    }
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

static size_t count_complete(Spoina__V1__Proposal *const *proposals, size_t count)
{
    size_t complete = 0;
    for (size_t i = 0; i < count; i++) {
        complete += proposals[i]->complete ? 1 : 0;
    }
    return complete;
}

/* "W skrócie: całość wykona samodzielnie 3 z 10 pokazanych; najlepsze konsorcjum 750/1000 (A, B)"
 */
static void render_brief(const struct sp_cli_out *out, const Spoina__V1__LotMatch *lot)
{
    struct sp_buffer line;
    enum sp_locale language = out->language;
    sp_buffer_init(&line, LINE_BYTES);
    sp_buffer_printf(
        &line, "%s %zu %s %zu; ",
        sp_say(language, "W skrócie: całość samodzielnie:", "In short: everything alone:"),
        count_complete(lot->proposals, lot->n_proposals),
        sp_say(language, "z pokazanych", "of those shown,"), lot->n_proposals);
    if (lot->n_consortia == 0) {
        sp_buffer_add_text(&line, sp_say(language, "konsorcjów brak.", "no consortia."));
    } else {
        const Spoina__V1__Proposal *best = lot->consortia[0];
        sp_buffer_printf(&line, "%s %u/1000",
                         best->complete
                             ? sp_say(language, "najlepsze konsorcjum", "best consortium")
                             : sp_say(language, "najlepsze konsorcjum, niepełne,",
                                      "best consortium, incomplete,"),
                         best->score);
        for (size_t i = 0; i < best->n_members; i++) {
            sp_buffer_printf(&line, "%s%s", i == 0 ? ": " : " + ",
                             best->members[i]->entity == NULL ? "?"
                                                              : best->members[i]->entity->name);
        }
    }
    if (line.status == SP_OK) {
        sp_cli_paragraph(out, line.data, 2);
    }
    sp_buffer_release(&line);
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
    render_brief(out, lot);
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

void sp_cli_lot_proposal(const struct sp_cli_out *out, const Spoina__V1__Draft *draft,
                         const char *lot_id, const Spoina__V1__Proposal *proposal)
{
    const Spoina__V1__Lot *lot = find_lot(draft, lot_id);
    if (proposal->n_members > 1) {
        sp_cli_consortium(out, lot, proposal);
    } else {
        render_proposal(out, lot, proposal, 1);
    }
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
