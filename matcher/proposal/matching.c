/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/proposal/matching.h"

#include <stdio.h>
#include <string.h>

#include "matcher/extraction/draft_from_file.h"
#include "matcher/tender/draft.h"

enum { PLACE_BYTES = 96 };

static enum sp_status read_numbers(const struct sp_matching *matching,
                                   const Spoina__V1__MatchTenderRequest *request,
                                   struct sp_match_settings *out, struct sp_error *err)
{
    out->day = matching->scoring.today;
    if (*request->date != '\0' && !sp_day_parse(sp_view_of(request->date), &out->day)) {
        return SP_FAIL(err, SP_INVALID, "date", "„%.40s” nie jest datą w postaci RRRR-MM-DD.",
                       "‘%.40s’ is not a date as YYYY-MM-DD.", request->date);
    }
    if (request->limit > SP_MATCH_LIMIT_MAX) {
        return SP_FAIL(err, SP_INVALID, "limit", "Najwięcej %d propozycji na część.",
                       "At most %d proposals a lot.", SP_MATCH_LIMIT_MAX);
    }
    out->limit = request->limit == 0 ? SP_MATCH_LIMIT_DEFAULT : request->limit;
    out->businesses_too = request->businesses_too != 0;
    out->singles_only = request->singles_only != 0;
    enum sp_status status = sp_weights_read(request->weights, &out->weights, err);
    return status == SP_OK ? sp_team_options_read(request->teams, &out->team, err) : status;
}

/** Read the notice of the request with what its prose says. */
static enum sp_status read_notice(const struct sp_matching *matching,
                                  const Spoina__V1__Notice *notice, struct sp_match_settings *out,
                                  struct sp_error *err)
{
    const struct sp_match_context *context = &matching->scoring;
    struct sp_extraction_tools tools = {.analyser = context->analyser,
                                        .vocabulary = context->vocabulary,
                                        .cues = matching->cues,
                                        .rulebook = matching->book};
    struct sp_view content = sp_view_from((const char *)notice->content.data, notice->content.len);
    struct sp_tender_reading reading;
    enum sp_status status =
        sp_draft_from_file(&tools, content, NULL, context->arena, &out->warnings, &reading, err);
    out->draft = reading.draft;
    return status;
}

/** Take the draft of the request, or read it out of the notice; check it. */
static enum sp_status read_draft(const struct sp_matching *matching,
                                 const Spoina__V1__MatchTenderRequest *request,
                                 struct sp_match_settings *out, struct sp_error *err)
{
    const struct sp_match_context *context = &matching->scoring;
    Spoina__V1__Draft *checked = NULL;
    enum sp_status status = SP_OK;
    switch (request->need_case) {
    case SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT:
        status = sp_draft_check(request->draft, context->vocabulary, SP_DRAFT_WRITTEN,
                                context->arena, &out->warnings, &checked, err);
        if (status != SP_OK) {
            sp_error_prefix(err, "draft");
        }
        out->draft = checked;
        return status;
    case SPOINA__V1__MATCH_TENDER_REQUEST__NEED_NOTICE:
        return read_notice(matching, request->notice, out, err);
    default:
        return SP_FAIL(err, SP_INVALID, "draft", "Podaj projekt zamówienia albo ogłoszenie.",
                       "Give a draft or a notice.");
    }
}

/* Groups of a clause of art. 96 that its list does not hold: the clause could be challenged. */
static enum sp_status check_groups(const struct sp_rulebook *book, const Spoina__V1__Clause *clause,
                                   size_t lot, size_t index, struct sp_draft_warnings *warnings)
{
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < clause->n_groups; i++) {
        Spoina__V1__SocialGroup group = clause->groups[i];
        const char *polish = sp_group_polish(book, group);
        const char *english = sp_group_english(book, group);
        char place[PLACE_BYTES];
        if (polish == NULL || sp_group_listed(book, SP_GROUPS_ART_96, group) != SP_LISTED_NO) {
            continue;
        }
        (void)snprintf(place, sizeof place, "lots[%zu].clauses[%zu].groups[%zu]", lot, index, i);
        status = sp_draft_warn(warnings, place,
                               "Tej grupy nie ma na liście art. 96 ust. 2 pkt 2 Pzp: %s.",
                               "This group is not on the list of art. 96(2)(2) Pzp: %s.",
                               warnings->locale == SP_PL ? polish : english);
    }
    return status;
}

/* What only the rulebook can tell of a draft that is well formed. */
static enum sp_status check_law(const struct sp_rulebook *book, const Spoina__V1__Draft *draft,
                                struct sp_draft_warnings *warnings, struct sp_error *err)
{
    enum sp_status status = SP_OK;
    for (size_t l = 0; l < draft->n_lots; l++) {
        const Spoina__V1__Lot *lot = draft->lots[l];
        for (size_t c = 0; status == SP_OK && c < lot->n_clauses; c++) {
            if (lot->clauses[c]->kind == SPOINA__V1__CLAUSE_KIND__CLAUSE_KIND_ART_96) {
                status = check_groups(book, lot->clauses[c], l, c, warnings);
            }
        }
    }
    return status == SP_OK ? SP_OK : SP_FAIL_NOMEM(err);
}

enum sp_status sp_match_settings_read(const struct sp_matching *matching,
                                      const Spoina__V1__MatchTenderRequest *request,
                                      struct sp_match_settings *out, struct sp_error *err)
{
    *out = (struct sp_match_settings){
        .warnings = {.arena = matching->scoring.arena, .locale = matching->scoring.locale}};
    enum sp_status status = read_numbers(matching, request, out, err);
    if (status == SP_OK) {
        status = read_draft(matching, request, out, err);
    }
    return status == SP_OK ? check_law(matching->book, out->draft, &out->warnings, err) : status;
}

const Spoina__V1__Lot *sp_match_lot(const struct sp_match_settings *settings, const char *id,
                                    size_t *index)
{
    for (size_t i = 0; i < settings->draft->n_lots; i++) {
        if (strcmp(settings->draft->lots[i]->id, id) == 0) {
            *index = i;
            return settings->draft->lots[i];
        }
    }
    return NULL;
}

void sp_weights_write(const struct sp_weights *weights, Spoina__V1__Weights *out)
{
    spoina__v1__weights__init(out);
    out->text = weights->of[SP_PART_TEXT];
    out->cpv = weights->of[SP_PART_CPV];
    out->place = weights->of[SP_PART_PLACE];
    out->capacity = weights->of[SP_PART_CAPACITY];
    out->evidence = weights->of[SP_PART_EVIDENCE];
}

enum sp_status sp_match_go_on(const struct sp_match_context *context, struct sp_error *err)
{
    return context->cancel != NULL && atomic_load(context->cancel)
               ? SP_FAIL(err, SP_CANCELLED, "", "Przerwano.", "Cancelled.")
               : SP_OK;
}

struct sp_speaker sp_matching_speaker(const struct sp_matching *matching)
{
    return (struct sp_speaker){matching->texts, matching->scoring.locale, matching->scoring.arena};
}
