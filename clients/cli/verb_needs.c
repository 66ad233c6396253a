/* SPDX-License-Identifier: EUPL-1.2 */
#include <inttypes.h>
#include <string.h>

#include "clients/cli/render.h"
#include "clients/cli/verbs.h"
#include "spoina/v1/needs.pb-c.h"

enum { INDENT = 4 };

static char nothing[] = "";

static char *or_nothing(char *text)
{
    return text != NULL ? text : nothing;
}

static void render_potential(const struct sp_cli_out *out,
                             const Spoina__V1__NeedPotential *potential)
{
    if (potential == NULL) {
        return;
    }
    (void)fprintf(
        out->file, "%*s%s: %u (%s: %u, %s: %u, %s: %u)\n", INDENT, "",
        sp_say(out->language, "niezależnych ofert co najmniej", "independent offers, at least"),
        potential->independent, sp_say(out->language, "na pewno", "certain"),
        potential->independent_certain,
        sp_say(out->language, "samodzielnie mogą", "could offer alone"), potential->singles,
        sp_say(out->language, "konsorcja", "consortia"), potential->consortia);
}

static void render_need(const struct sp_cli_out *out, size_t number,
                        const Spoina__V1__NeedSummary *need)
{
    (void)fprintf(out->file, "%3zu. ", number);
    sp_cli_bold(out, need->title, 0);
    (void)fprintf(out->file, "\n%*s%s", INDENT, "", need->buyer);
    if (need->deadline[0] != '\0') {
        (void)fprintf(out->file, " · %s %s", sp_say(out->language, "oferty do", "offers until"),
                      need->deadline);
    }
    (void)fprintf(out->file, "%s%s", need->term[0] == '\0' ? "" : " · ", need->term);
    for (size_t i = 0; i < need->n_cpv && i < 3; i++) {
        (void)fprintf(out->file, "%s%s", i == 0 ? " · CPV " : ", ", need->cpv[i]);
    }
    (void)fprintf(out->file, "\n%*s%s\n", INDENT, "", need->id);
    render_potential(out, need->potential);
}

static void render_list(const struct sp_cli_options *options, const ProtobufCMessage *message)
{
    struct sp_cli_out out = sp_cli_out_new(options);
    const Spoina__V1__ListNeedsResponse *answer = (const Spoina__V1__ListNeedsResponse *)message;
    (void)fprintf(out.file, "%s: %u, %s: %zu\n", sp_say(out.language, "Znaleziono", "Found"),
                  answer->total, sp_say(out.language, "pokazano", "shown"), answer->n_needs);
    for (size_t i = 0; i < answer->n_needs; i++) {
        render_need(&out, i + 1, answer->needs[i]);
    }
}

static void render_fit(const struct sp_cli_out *out, const Spoina__V1__NeedFit *fit)
{
    (void)fprintf(out->file, "%*s- %s: ", INDENT, "", fit->title);
    if (fit->alone->complete) {
        (void)fprintf(out->file, "%s (%u)\n", sp_say(out->language, "samodzielnie", "alone"),
                      fit->alone->score);
        return;
    }
    (void)fprintf(out->file, "%s (%u):",
                  fit->missing_member ? sp_say(out->language, "brakujący członek konsorcjum",
                                               "the missing member of a consortium")
                                      : sp_say(out->language, "w konsorcjum", "in a consortium"),
                  fit->team->score);
    for (size_t i = 0; i < fit->team->n_members; i++) {
        (void)fprintf(out->file, "%s %s", i == 0 ? "" : ",", fit->team->members[i]->entity->name);
    }
    (void)fputc('\n', out->file);
    for (size_t i = 0; i < fit->alone->n_gaps; i++) {
        sp_cli_paragraph(out, fit->alone->gaps[i]->text, INDENT + 2);
    }
}

static void render_found(const struct sp_cli_options *options, const ProtobufCMessage *message)
{
    struct sp_cli_out out = sp_cli_out_new(options);
    const Spoina__V1__FindNeedsResponse *answer = (const Spoina__V1__FindNeedsResponse *)message;
    sp_cli_summary(&out, answer->entity);
    (void)fprintf(out.file, "\n%s %s: %u, %s: %u, %s: %u, %s: %zu\n",
                  sp_say(out.language, "Otwarte", "Open on"), answer->date, answer->open,
                  sp_say(out.language, "podobne", "with something in common"), answer->screened,
                  sp_say(out.language, "sprawdzone", "examined"), answer->examined,
                  sp_say(out.language, "pasujące", "fitting"), answer->n_matches);
    for (size_t i = 0; i < answer->n_matches; i++) {
        render_need(&out, i + 1, answer->matches[i]->need);
        for (size_t k = 0; k < answer->matches[i]->n_fits; k++) {
            render_fit(&out, answer->matches[i]->fits[k]);
        }
    }
}

static enum sp_status read_order(const char *text, Spoina__V1__NeedOrder *out, struct sp_error *err)
{
    if (text == NULL) {
        *out = SPOINA__V1__NEED_ORDER__NEED_ORDER_UNSPECIFIED;
    } else if (strcmp(text, "deadline") == 0) {
        *out = SPOINA__V1__NEED_ORDER__NEED_ORDER_DEADLINE;
    } else if (strcmp(text, "potential") == 0) {
        *out = SPOINA__V1__NEED_ORDER__NEED_ORDER_POTENTIAL;
    } else {
        return SP_FAIL(err, SP_INVALID, "--by", "Kolejność to deadline albo potential.",
                       "The order is deadline or potential.");
    }
    return SP_OK;
}

static enum sp_cli_exit find(const struct sp_cli_options *options, uint32_t limit,
                             struct sp_error *err)
{
    Spoina__V1__FindNeedsRequest request = SPOINA__V1__FIND_NEEDS_REQUEST__INIT;
    request.entity = options->entity;
    request.limit = limit;
    request.date = options->open_on != NULL ? options->open_on : or_nothing(options->date);
    return sp_cli_call_and_print(options, "/spoina.v1.NeedsService/FindNeeds", &request.base,
                                 &spoina__v1__find_needs_response__descriptor, render_found, err);
}

enum sp_cli_exit sp_cli_needs(const struct sp_cli_options *options, struct sp_error *err)
{
    Spoina__V1__ListNeedsRequest request = SPOINA__V1__LIST_NEEDS_REQUEST__INIT;
    Spoina__V1__NeedFilter filter = SPOINA__V1__NEED_FILTER__INIT;
    if (sp_cli_number("--limit", options->limit, 0, &request.limit, err) != SP_OK ||
        read_order(options->order, &request.order, err) != SP_OK) {
        return SP_CLI_USAGE;
    }
    if (options->entity != NULL) {
        return find(options, request.limit, err);
    }
    filter.text = options->argument != NULL ? (char *)options->argument : nothing;
    filter.place = or_nothing(options->place);
    filter.cpv = or_nothing(options->cpv);
    filter.buyer = or_nothing(options->buyer);
    filter.open_on = options->open_on != NULL ? options->open_on : or_nothing(options->date);
    request.filter = &filter;
    return sp_cli_call_and_print(options, "/spoina.v1.NeedsService/ListNeeds", &request.base,
                                 &spoina__v1__list_needs_response__descriptor, render_list, err);
}
