/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/proposal_view.h"

#include <string.h>

#include "base/buffer.h"
#include "clients/cli/labels.h"

enum {
    INDENT = 7,
    ROLE_COLUMNS = 13,
    WHO_INDENT = 9,
    DECISION_COLUMNS = 16,
    PERCENT = 10, /* permille in a percent */
    MET_BYTES = 1 << 16
};

static void indent(const struct sp_cli_out *out, int columns)
{
    (void)fprintf(out->file, "%*s", columns, "");
}

static void head(const struct sp_cli_out *out, const char *polish, const char *english)
{
    indent(out, INDENT - 2);
    sp_cli_bold(out, sp_say(out->language, polish, english), 0);
    (void)fputc('\n', out->file);
}

const char *sp_cli_requirement(const Spoina__V1__Lot *lot, const char *id)
{
    for (size_t i = 0; lot != NULL && i < lot->n_requirements; i++) {
        if (strcmp(lot->requirements[i]->id, id) == 0 && lot->requirements[i]->text[0] != '\0') {
            return lot->requirements[i]->text;
        }
    }
    return id;
}

static const char *name_of(const Spoina__V1__Proposal *proposal, const char *id)
{
    for (size_t i = 0; i < proposal->n_members; i++) {
        const Spoina__V1__EntitySummary *entity = proposal->members[i]->entity;
        if (entity != NULL && strcmp(entity->id, id) == 0) {
            return entity->name;
        }
    }
    return id;
}

static void percent(const struct sp_cli_out *out, uint32_t permille)
{
    (void)fprintf(out->file, "%u%s%u%%", permille / PERCENT, out->language == SP_EN ? "." : ",",
                  permille % PERCENT);
}

static void render_members(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal)
{
    for (size_t i = 0; i < proposal->n_members; i++) {
        const Spoina__V1__Member *member = proposal->members[i];
        if (member->entity == NULL) {
            continue;
        }
        indent(out, INDENT - 2);
        sp_cli_bold(out, sp_cli_role(out->language, member->role), ROLE_COLUMNS);
        char share[32];
        (void)snprintf(share, sizeof share, " · %u%s%u%%", member->share_permille / PERCENT,
                       out->language == SP_EN ? "." : ",", member->share_permille % PERCENT);
        sp_cli_who(out, member->entity, share, INDENT - 2 + ROLE_COLUMNS);
    }
}

/* Who does what and how much, requirement by requirement. */
static void render_allocation(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                              const Spoina__V1__Proposal *proposal)
{
    const char *last = "";
    head(out, "Kto co wykona (projekt oświadczenia z art. 117 ust. 4 Pzp)",
         "Who does what (draft of the statement of art. 117(4) Pzp)");
    for (size_t i = 0; i < proposal->n_allocation; i++) {
        const Spoina__V1__Allocation *cell = proposal->allocation[i];
        if (strcmp(cell->requirement_id, last) != 0) {
            sp_cli_paragraph(out, sp_cli_requirement(lot, cell->requirement_id), INDENT);
            last = cell->requirement_id;
        }
        indent(out, WHO_INDENT);
        sp_cli_column(out, name_of(proposal, cell->entity_id), 0);
        (void)fputs(": ", out->file);
        if (cell->quantity != NULL) {
            sp_cli_quantity(out, cell->quantity);
            (void)fputs(", ", out->file);
        }
        percent(out, cell->requirement_permille);
        (void)fprintf(out->file, "%s\n",
                      !cell->capacity_unknown
                          ? ""
                          : sp_say(out->language, " (mocy nie podano)", " (capacity not stated)"));
    }
}

/* Met beyond doubt: named on one line, unless everything is asked for. */
static bool is_plainly_met(const Spoina__V1__Verdict *verdict)
{
    return verdict->decision == SPOINA__V1__DECISION__DECISION_MET &&
           verdict->certainty != SPOINA__V1__CERTAINTY__CERTAINTY_DOUBTFUL;
}

/* What is asked, without the rule in brackets behind it. */
static struct sp_view name_of_term(const Spoina__V1__Verdict *verdict)
{
    struct sp_view name = sp_view_of(verdict->text);
    for (size_t at = name.length; at > 1; at--) {
        if (verdict->text[at - 1] == '(' && verdict->text[at - 2] == ' ') {
            return sp_view_from(verdict->text, at - 2);
        }
    }
    return name;
}

/* "spełnione       ubezpieczenie OC na 300 000,00 zł; 20 osób do wykonania" */
static void render_met(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal)
{
    struct sp_buffer names;
    sp_buffer_init(&names, MET_BYTES);
    for (size_t i = 0; i < proposal->n_verdicts; i++) {
        if (is_plainly_met(proposal->verdicts[i])) {
            sp_buffer_printf(&names, "%s%.*s", names.length == 0 ? "" : "; ",
                             SP_VIEW_ARGS(name_of_term(proposal->verdicts[i])));
        }
    }
    if (names.length > 0 && names.status == SP_OK) {
        indent(out, INDENT);
        sp_cli_column(out, sp_cli_decision(out->language, SPOINA__V1__DECISION__DECISION_MET),
                      DECISION_COLUMNS);
        sp_cli_hanging(out, names.data, INDENT + DECISION_COLUMNS);
    }
    sp_buffer_release(&names);
}

static void render_verdict(const struct sp_cli_out *out, const Spoina__V1__Verdict *verdict)
{
    indent(out, INDENT);
    sp_cli_column(out, sp_cli_decision(out->language, verdict->decision), DECISION_COLUMNS);
    sp_cli_hanging(out, verdict->text, INDENT + DECISION_COLUMNS);
    for (size_t k = 0; k < verdict->n_members; k++) {
        const Spoina__V1__MemberVerdict *member = verdict->members[k];
        bool met = member->decision == SPOINA__V1__DECISION__DECISION_MET;
        if (met && !out->full && verdict->n_members > 1) {
            continue; /* the others are why it stands here */
        }
        indent(out, INDENT + DECISION_COLUMNS);
        (void)fputs("· ", out->file);
        sp_cli_hanging(out, member->evidence, INDENT + DECISION_COLUMNS + 2);
    }
}

static void render_verdicts(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal)
{
    head(out, "Warunki i klauzule", "Conditions and clauses");
    for (size_t i = 0; i < proposal->n_verdicts; i++) {
        if (out->full || !is_plainly_met(proposal->verdicts[i])) {
            render_verdict(out, proposal->verdicts[i]);
        }
    }
    if (!out->full) {
        render_met(out, proposal);
    }
}

static void render_necessity(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal)
{
    if (proposal->n_necessity == 0) {
        return;
    }
    head(out, "Po co są razem", "Why they are together");
    for (size_t i = 0; i < proposal->n_necessity; i++) {
        const Spoina__V1__Necessity *necessity = proposal->necessity[i];
        sp_cli_paragraph(out, necessity->text, INDENT);
        for (size_t k = 0; out->full && k < necessity->n_cannot_alone; k++) {
            indent(out, WHO_INDENT);
            (void)fputs("· ", out->file);
            sp_cli_hanging(out, necessity->cannot_alone[k], WHO_INDENT + 2);
        }
    }
}

void sp_cli_gaps(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal)
{
    if (proposal->n_gaps == 0) {
        return;
    }
    head(out, "Braki i najmniejsze zmiany", "Gaps and the smallest changes");
    for (size_t i = 0; i < proposal->n_gaps; i++) {
        const Spoina__V1__Gap *gap = proposal->gaps[i];
        sp_cli_paragraph(out, gap->text, INDENT);
        for (size_t k = 0; k < gap->n_changes; k++) {
            indent(out, WHO_INDENT);
            (void)fputs("→ ", out->file);
            sp_cli_hanging(out, gap->changes[k]->text, WHO_INDENT + 2);
        }
        if (gap->n_changes > 0 && !gap->verified) {
            sp_cli_paragraph(out,
                             sp_say(out->language, "(tego nie udało się potwierdzić próbą)",
                                    "(a trial could not confirm this)"),
                             WHO_INDENT + 2);
        }
    }
}

static void render_score(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal)
{
    const Spoina__V1__TeamScore *score = proposal->team_score;
    if (score == NULL) {
        return;
    }
    indent(out, INDENT - 2);
    (void)fprintf(out->file, "%s %d - %s %d - %s %d", sp_say(out->language, "dopasowanie", "fit"),
                  score->quality, sp_say(out->language, "liczba partnerów", "number of partners"),
                  score->partners,
                  sp_say(out->language, "odległość i obcość", "distance and strangeness"),
                  score->friction);
    if (score->missing > 0) {
        (void)fprintf(out->file, "; %s ", sp_say(out->language, "niepokryte", "not covered"));
        percent(out, (uint32_t)score->missing);
    }
    (void)fputc('\n', out->file);
}

void sp_cli_digest(const struct sp_cli_out *out, const Spoina__V1__Proposal *proposal)
{
    size_t counts[SPOINA__V1__DECISION__DECISION_UNKNOWN + 1] = {0};
    for (size_t i = 0; i < proposal->n_verdicts; i++) {
        unsigned decision = proposal->verdicts[i]->decision;
        counts[decision < SP_COUNT(counts) ? decision : 0]++;
    }
    uint32_t share = 0;
    for (size_t i = 0; i < proposal->n_members; i++) {
        share += proposal->members[i]->share_permille;
    }
    indent(out, INDENT - 2);
    (void)fprintf(out->file, "%s ", sp_say(out->language, "wykona", "performs"));
    percent(out, share);
    (void)fprintf(out->file, "%s", sp_say(out->language, " zamówienia", " of the lot"));
    if (proposal->n_verdicts > 0) {
        (void)fprintf(out->file, " · %s %zu, %s %zu, %s %zu",
                      sp_say(out->language, "spełnione", "met"),
                      counts[SPOINA__V1__DECISION__DECISION_MET],
                      sp_say(out->language, "niespełnione", "not met"),
                      counts[SPOINA__V1__DECISION__DECISION_NOT_MET],
                      sp_say(out->language, "do uzupełnienia", "to be completed"),
                      counts[SPOINA__V1__DECISION__DECISION_UNKNOWN]);
    }
    (void)fputc('\n', out->file);
}

void sp_cli_consortium(const struct sp_cli_out *out, const Spoina__V1__Lot *lot,
                       const Spoina__V1__Proposal *proposal)
{
    sp_cli_digest(out, proposal);
    render_score(out, proposal);
    render_members(out, proposal);
    render_allocation(out, lot, proposal);
    render_verdicts(out, proposal);
    render_necessity(out, proposal);
    sp_cli_gaps(out, proposal);
    if (proposal->replay_id[0] != '\0') {
        indent(out, INDENT - 2);
        (void)fprintf(out->file, "%s ", sp_say(out->language, "Do powtórzenia:", "To replay:"));
        sp_cli_column(out, proposal->replay_id, 0);
        (void)fputc('\n', out->file);
    }
}
