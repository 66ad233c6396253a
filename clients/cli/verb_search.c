/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/labels.h"
#include "clients/cli/render.h"
#include "clients/cli/verbs.h"

enum { TITLE_COLUMNS = 90, DESCRIPTION_COLUMNS = 160 };

static char nothing[] = "";

static void render_terms(const struct sp_cli_out *out,
                         const Spoina__V1__SearchCatalogueResponse *answer)
{
    for (size_t i = 0; i < answer->n_terms; i++) {
        const Spoina__V1__QueryTerm *term = answer->terms[i];
        if (term->origin <= SPOINA__V1__TERM_ORIGIN__TERM_ORIGIN_WORD) {
            continue; /* the word itself needs no explanation */
        }
        (void)fprintf(out->file, "  %s: ", sp_cli_term_origin(out->language, term->origin));
        sp_cli_bold(out, term->word, 0);
        (void)fputs(" → ", out->file);
        for (size_t k = 0; k < term->n_lemmas; k++) {
            (void)fputs(k == 0 ? "" : ", ", out->file);
            sp_cli_column(out, term->lemmas[k], 0);
        }
        if (term->because[0] != '\0') {
            (void)fputs(" (", out->file);
            sp_cli_column(out, term->because, 0);
            (void)fputc(')', out->file);
        }
        (void)fputc('\n', out->file);
    }
}

static void render_hit(const struct sp_cli_out *out, const Spoina__V1__SearchHit *hit,
                       size_t number)
{
    const char *title = hit->offer != NULL ? hit->offer->title : hit->entity->name;
    (void)fprintf(out->file, "\n%3zu. ", number);
    sp_cli_marked(out, title, hit->title_highlights, hit->n_title_highlights, TITLE_COLUMNS);
    if (hit->offer != NULL && hit->offer->description[0] != '\0') {
        (void)fputs("     ", out->file);
        sp_cli_marked(out, hit->offer->description, hit->description_highlights,
                      hit->n_description_highlights, DESCRIPTION_COLUMNS);
    }
    (void)fputs("     ", out->file);
    sp_cli_summary(out, hit->entity);
    if (hit->_kilometres_case != SPOINA__V1__SEARCH_HIT___KILOMETRES__NOT_SET) {
        (void)fputs(" · ", out->file);
        sp_cli_kilometres(out, hit->kilometres);
    }
    (void)fprintf(out->file, " · id ");
    sp_cli_column(out, hit->entity->id, 0);
    (void)fputc('\n', out->file);
}

static void render_facets(const struct sp_cli_out *out,
                          const Spoina__V1__SearchCatalogueResponse *answer)
{
    for (size_t i = 0; i < answer->n_facets; i++) {
        const Spoina__V1__Facet *facet = answer->facets[i];
        (void)fputc('\n', out->file);
        sp_cli_bold(out, sp_cli_facet(out->language, facet->name), 0);
        (void)fputc('\n', out->file);
        for (size_t k = 0; k < facet->n_values; k++) {
            const Spoina__V1__FacetValue *value = facet->values[k];
            (void)fputs("  ", out->file);
            sp_cli_column(out, value->label[0] != '\0' ? value->label : value->value, 60);
            (void)fprintf(out->file, " %6u\n", value->count);
        }
    }
}

static void render_relaxations(const struct sp_cli_out *out,
                               const Spoina__V1__SearchCatalogueResponse *answer)
{
    if (answer->total > 0) {
        return;
    }
    if (answer->n_relaxations == 0) {
        sp_cli_paragraph(
            out,
            sp_say(out->language,
                   "Nikt w katalogu tego nie oferuje, także bez filtrów. Spróbuj innych "
                   "słów; jak rozumiem zapytanie, pokaże: spoina analyse TEKST",
                   "Nobody in the catalogue offers this, not even without filters. Try "
                   "other words; to see how a query is read: spoina analyse TEXT"),
            0);
        return;
    }
    (void)fprintf(out->file, "%s\n",
                  sp_say(out->language, "Byłoby wyników:", "There would be hits:"));
    for (size_t i = 0; i < answer->n_relaxations; i++) {
        (void)fputs("  ", out->file);
        sp_cli_column(out, answer->relaxations[i]->label, 0); /* "bez miejsca: 14" */
        (void)fputc('\n', out->file);
    }
}

static void render(const struct sp_cli_options *options, const ProtobufCMessage *message)
{
    const Spoina__V1__SearchCatalogueResponse *answer =
        (const Spoina__V1__SearchCatalogueResponse *)message;
    struct sp_cli_out out = sp_cli_out_new(options);
    (void)fprintf(out.file, "%s %u", sp_say(out.language, "Znaleziono:", "Found:"), answer->total);
    if (answer->n_hits < answer->total) {
        (void)fprintf(out.file, ", %s %zu", sp_say(out.language, "pokazano:", "shown:"),
                      answer->n_hits);
    }
    if (answer->place != NULL && answer->place->name[0] != '\0') {
        (void)fputs(sp_say(out.language, "; miejsce: ", "; place: "), out.file);
        sp_cli_column(&out, answer->place->name, 0);
    }
    (void)fputc('\n', out.file);
    render_terms(&out, answer);
    for (size_t i = 0; i < answer->n_hits; i++) {
        render_hit(&out, answer->hits[i], i + 1);
    }
    render_facets(&out, answer);
    render_relaxations(&out, answer);
}

enum sp_cli_exit sp_cli_search(const struct sp_cli_options *options, struct sp_error *err)
{
    Spoina__V1__SearchCatalogueRequest request = SPOINA__V1__SEARCH_CATALOGUE_REQUEST__INIT;
    uint32_t within = 0;
    if (sp_cli_number("--limit", options->limit, 0, &request.limit, err) != SP_OK ||
        sp_cli_number("--within", options->within, 0, &within, err) != SP_OK) {
        return SP_CLI_USAGE;
    }
    struct sp_cli_values kinds = options->kinds;
    struct sp_cli_values statuses = options->statuses;
    request.query = (char *)options->argument;
    request.place = options->place != NULL ? options->place : nothing;
    request.cpv = options->cpv != NULL ? options->cpv : nothing;
    request.kind = kinds.items;
    request.n_kind = kinds.count;
    request.status = statuses.items;
    request.n_status = statuses.count;
    request.all_words = options->all;
    request.facets = options->facets;
    if (options->within != NULL) {
        request._within_kilometres_case =
            SPOINA__V1__SEARCH_CATALOGUE_REQUEST___WITHIN_KILOMETRES_WITHIN_KILOMETRES;
        request.within_kilometres = within;
    }
    return sp_cli_call_and_print(options, "/spoina.v1.CatalogueService/SearchCatalogue",
                                 &request.base, &spoina__v1__search_catalogue_response__descriptor,
                                 render, err);
}
