/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The commands of advice: clauses, lots, why-not, what-if, subcontractors. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "clients/cli/advice_view.h"
#include "clients/cli/need_file.h"
#include "clients/cli/verbs.h"
#include "spoina/v1/advice.pb-c.h"

enum { VALUES_MAX = 50, LINES_MAX = 16 };

enum sp_cli_exit sp_cli_clauses(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_need need;
    Spoina__V1__AdviseClausesRequest request = SPOINA__V1__ADVISE_CLAUSES_REQUEST__INIT;
    if (sp_cli_number("--offers-min", options->offers_min, 0, &request.offers_min, err) != SP_OK) {
        return SP_CLI_USAGE;
    }
    enum sp_cli_exit code = sp_cli_need_read(options, &need, err);
    request.match = &need.request;
    if (code == SP_CLI_OK) {
        code = sp_cli_call_and_print(
            options, "/spoina.v1.AdviceService/AdviseClauses", &request.base,
            &spoina__v1__advise_clauses_response__descriptor, sp_cli_clauses_render, err);
    }
    sp_cli_need_release(&need);
    return code;
}

enum sp_cli_exit sp_cli_lots(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_need need;
    Spoina__V1__AdviseLotsRequest request = SPOINA__V1__ADVISE_LOTS_REQUEST__INIT;
    enum sp_cli_exit code = sp_cli_need_read(options, &need, err);
    request.match = &need.request;
    if (code == SP_CLI_OK) {
        code = sp_cli_call_and_print(options, "/spoina.v1.AdviceService/AdviseLots", &request.base,
                                     &spoina__v1__advise_lots_response__descriptor,
                                     sp_cli_lots_render, err);
    }
    sp_cli_need_release(&need);
    return code;
}

enum sp_cli_exit sp_cli_why_not(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_need need;
    Spoina__V1__ExplainAbsenceRequest request = SPOINA__V1__EXPLAIN_ABSENCE_REQUEST__INIT;
    if (options->entity == NULL) {
        (void)SP_FAIL(err, SP_INVALID, "--entity",
                      "Podaj, o kogo chodzi: identyfikator, NIP, KRS albo REGON.",
                      "Say whom it is about: id, NIP, KRS or REGON.");
        return SP_CLI_USAGE;
    }
    enum sp_cli_exit code = sp_cli_need_read(options, &need, err);
    request.match = &need.request;
    request.entity = options->entity;
    request.lot_id = options->lot == NULL ? request.lot_id : options->lot;
    if (code == SP_CLI_OK) {
        code = sp_cli_call_and_print(
            options, "/spoina.v1.AdviceService/ExplainAbsence", &request.base,
            &spoina__v1__explain_absence_response__descriptor, sp_cli_why_not_render, err);
    }
    sp_cli_need_release(&need);
    return code;
}

/** Names of the parameters on the command line. */
static const struct {
    const char *name;
    Spoina__V1__ParameterKind kind;
} PARAMETERS[] = {
    {"quantity", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_QUANTITY},
    {"radius", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_RADIUS},
    {"share", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_SHARE},
    {"persons", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_PERSONS},
    {"grosz", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_GROSZ},
    {"count", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_COUNT},
    {"parts", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_PARTS},
    {"deadline-days", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_DEADLINE_DAYS},
    {"clause", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_CLAUSE},
    {"members-max", SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_MEMBERS_MAX},
};

/* "radius=10,30,50" */
static enum sp_status read_variation(const char *text, Spoina__V1__WhatIfRequest *request,
                                     int64_t values[VALUES_MAX], struct sp_error *err)
{
    const char *equals = text == NULL ? NULL : strchr(text, '=');
    for (size_t i = 0; equals != NULL && i < SP_COUNT(PARAMETERS); i++) {
        if (sp_view_is(sp_view_from(text, (size_t)(equals - text)), PARAMETERS[i].name)) {
            request->parameter = PARAMETERS[i].kind;
        }
    }
    if (request->parameter == SPOINA__V1__PARAMETER_KIND__PARAMETER_KIND_UNSPECIFIED) {
        return SP_FAIL(err, SP_INVALID, "--vary",
                       "Podaj PARAMETR=WARTOŚĆ,...; parametry: quantity, radius, share, persons, "
                       "grosz, count, parts, deadline-days, clause, members-max.",
                       "Give PARAMETER=VALUE,...; parameters: quantity, radius, share, persons, "
                       "grosz, count, parts, deadline-days, clause, members-max.");
    }
    const char *at = equals + 1;
    bool more = true;
    while (more && request->n_values < VALUES_MAX) {
        char *end = NULL;
        errno = 0;
        values[request->n_values++] = strtoll(at, &end, 10);
        if (end == at || errno != 0 || (*end != ',' && *end != '\0')) {
            return SP_FAIL(err, SP_INVALID, "--vary", "„%.40s” nie jest liczbą całkowitą.",
                           "\"%.40s\" is not a whole number.", at);
        }
        more = *end == ',';
        at = end + 1;
    }
    return more ? SP_FAIL(err, SP_INVALID, "--vary", "Najwyżej %d wartości.", "At most %d values.",
                          VALUES_MAX)
                : SP_OK;
}

enum sp_cli_exit sp_cli_what_if(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_need need;
    int64_t values[VALUES_MAX];
    Spoina__V1__WhatIfRequest request = SPOINA__V1__WHAT_IF_REQUEST__INIT;
    if (read_variation(options->vary, &request, values, err) != SP_OK) {
        return SP_CLI_USAGE;
    }
    enum sp_cli_exit code = sp_cli_need_read(options, &need, err);
    request.match = &need.request;
    request.values = values;
    request.lot_id = options->lot == NULL ? request.lot_id : options->lot;
    request.subject = options->subject == NULL ? request.subject : options->subject;
    if (code == SP_CLI_OK) {
        code = sp_cli_call_and_print(options, "/spoina.v1.AdviceService/WhatIf", &request.base,
                                     &spoina__v1__what_if_response__descriptor,
                                     sp_cli_what_if_render, err);
    }
    sp_cli_need_release(&need);
    return code;
}

/** A scope typed on the command line: every line is a part. */
struct scope {
    Spoina__V1__Draft draft;
    Spoina__V1__Lot lot;
    Spoina__V1__Lot *lots[1];
    Spoina__V1__Requirement parts[LINES_MAX];
    Spoina__V1__Requirement *pointers[LINES_MAX];
};

/* Cut @p text into lines; ";" parts them as well. */
static enum sp_status read_scope(char *text, struct scope *out, struct sp_error *err)
{
    spoina__v1__draft__init(&out->draft);
    spoina__v1__lot__init(&out->lot);
    out->lots[0] = &out->lot;
    out->draft.lots = out->lots;
    out->draft.n_lots = 1;
    out->lot.requirements = out->pointers;
    for (char *line = strtok(text, "\n;"); line != NULL; line = strtok(NULL, "\n;")) {
        line += strspn(line, " \t\r");
        if (*line == '\0') {
            continue;
        }
        if (out->lot.n_requirements == LINES_MAX) {
            return SP_FAIL(err, SP_INVALID, "--text", "Najwyżej %d pozycji.", "At most %d parts.",
                           LINES_MAX);
        }
        Spoina__V1__Requirement *part = &out->parts[out->lot.n_requirements];
        spoina__v1__requirement__init(part);
        part->text = line;
        out->pointers[out->lot.n_requirements++] = part;
    }
    if (out->lot.n_requirements == 0) {
        return SP_FAIL(err, SP_INVALID, "--text", "Tekst jest pusty.", "The text is empty.");
    }
    out->draft.title = out->pointers[0]->text;
    return SP_OK;
}

static enum sp_cli_exit find_by_text(const struct sp_cli_options *options, struct sp_error *err)
{
    struct scope scope;
    Spoina__V1__MatchTenderRequest match = SPOINA__V1__MATCH_TENDER_REQUEST__INIT;
    Spoina__V1__FindSubcontractorsRequest request = SPOINA__V1__FIND_SUBCONTRACTORS_REQUEST__INIT;
    if (read_scope(options->text, &scope, err) != SP_OK ||
        sp_cli_number("--limit", options->limit, 0, &match.limit, err) != SP_OK) {
        return SP_CLI_USAGE;
    }
    char *places[] = {options->place};
    scope.draft.places = places;
    scope.draft.n_places = options->place == NULL ? 0 : 1;
    match.need_case = SPOINA__V1__MATCH_TENDER_REQUEST__NEED_DRAFT;
    match.draft = &scope.draft;
    match.date = options->date == NULL ? match.date : options->date;
    match.businesses_too = options->businesses;
    request.match = &match;
    return sp_cli_call_and_print(
        options, "/spoina.v1.AdviceService/FindSubcontractors", &request.base,
        &spoina__v1__find_subcontractors_response__descriptor, sp_cli_subcontractors_render, err);
}

enum sp_cli_exit sp_cli_subcontractors(const struct sp_cli_options *options, struct sp_error *err)
{
    struct sp_cli_need need;
    Spoina__V1__FindSubcontractorsRequest request = SPOINA__V1__FIND_SUBCONTRACTORS_REQUEST__INIT;
    if ((options->text == NULL) == (options->argument == NULL)) {
        (void)SP_FAIL(err, SP_INVALID, "", "Podaj PLIK albo --text \"...\".",
                      "Give FILE or --text \"...\".");
        return SP_CLI_USAGE;
    }
    if (options->text != NULL) {
        return find_by_text(options, err);
    }
    enum sp_cli_exit code = sp_cli_need_read(options, &need, err);
    request.match = &need.request;
    if (code == SP_CLI_OK) {
        code = sp_cli_call_and_print(options, "/spoina.v1.AdviceService/FindSubcontractors",
                                     &request.base,
                                     &spoina__v1__find_subcontractors_response__descriptor,
                                     sp_cli_subcontractors_render, err);
    }
    sp_cli_need_release(&need);
    return code;
}
