/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/labels.h"
#include "clients/cli/render.h"
#include "clients/cli/verbs.h"

enum { LABEL_COLUMNS = 18 };

/* One line "label  value"; nothing if the value is empty. */
static void line(const struct sp_cli_out *out, const char *label, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        (void)fputs("  ", out->file);
        sp_cli_column(out, label, LABEL_COLUMNS);
        sp_cli_column(out, value, 0);
        (void)fputc('\n', out->file);
    }
}

static void heading(const struct sp_cli_out *out, const char *polish, const char *english)
{
    (void)fputc('\n', out->file);
    sp_cli_bold(out, sp_say(out->language, polish, english), 0);
    (void)fputc('\n', out->file);
}

/* "from – to" of a validity, as far as known. */
static void validity(const struct sp_cli_out *out, const char *from, const char *to)
{
    if (from[0] != '\0' || to[0] != '\0') {
        (void)fprintf(out->file, "  %s – %s", from, to);
    }
}

static void render_identity(const struct sp_cli_out *out, const Spoina__V1__Entity *entity)
{
    sp_cli_bold(out, entity->name, 0);
    (void)fputc('\n', out->file);
    line(out, "ID", entity->id);
    if (entity->legal_form != 0) {
        line(out, sp_say(out->language, "Forma", "Form"),
             sp_cli_legal_form(out->language, entity->legal_form));
    }
    line(out, "NIP", entity->nip);
    line(out, "REGON", entity->regon);
    line(out, "KRS", entity->krs);
    if (entity->seat != NULL) {
        line(out, sp_say(out->language, "Siedziba", "Seat"), entity->seat->name);
    }
    if (entity->contact != NULL) {
        line(out, "E-mail", entity->contact->email);
        line(out, sp_say(out->language, "Telefon", "Phone"), entity->contact->phone);
        line(out, "WWW", entity->contact->website);
    }
    if (entity->provenance != NULL) {
        line(out, sp_say(out->language, "Źródło", "Source"), entity->provenance->source);
        line(out, sp_say(out->language, "Potwierdzono", "Confirmed"),
             entity->provenance->confirmed_on);
        line(out, sp_say(out->language, "Uwaga", "Note"),
             entity->provenance->fictional
                 ? sp_say(out->language, "dane fikcyjne", "fictional data")
                 : "");
    }
    sp_cli_paragraph(out, entity->description, 2);
}

static void render_standing(const struct sp_cli_out *out, const Spoina__V1__Entity *entity)
{
    if (entity->n_units + entity->n_statuses + entity->n_licences > 0) {
        heading(out, "Jednostki, statusy, uprawnienia", "Units, statuses, licences");
    }
    for (size_t i = 0; i < entity->n_units; i++) {
        (void)fputs("  ", out->file);
        sp_cli_column(out, sp_cli_unit_kind(out->language, entity->units[i]->kind), LABEL_COLUMNS);
        sp_cli_column(out, entity->units[i]->name, 0);
        (void)fputc('\n', out->file);
    }
    for (size_t i = 0; i < entity->n_statuses; i++) {
        const Spoina__V1__Status *status = entity->statuses[i];
        (void)fputs("  ", out->file);
        sp_cli_column(out, sp_cli_status_kind(out->language, status->kind), LABEL_COLUMNS);
        sp_cli_column(out, status->evidence, 0);
        validity(out, status->valid_from, status->valid_to);
        (void)fputc('\n', out->file);
    }
    for (size_t i = 0; i < entity->n_licences; i++) {
        const Spoina__V1__Licence *licence = entity->licences[i];
        (void)fputs("  ", out->file);
        sp_cli_column(out, licence->kind, LABEL_COLUMNS);
        sp_cli_column(out, licence->number, 0);
        validity(out, "", licence->valid_to);
        (void)fputc('\n', out->file);
    }
}

static void render_employment(const struct sp_cli_out *out, const Spoina__V1__Entity *entity)
{
    if (entity->n_employment > 0) {
        heading(out, "Zatrudnienie", "Employment");
    }
    for (size_t i = 0; i < entity->n_employment; i++) {
        const Spoina__V1__Employment *employment = entity->employment[i];
        (void)fputs("  ", out->file);
        sp_cli_column(out, employment->as_of, LABEL_COLUMNS);
        if (employment->_total_case != SPOINA__V1__EMPLOYMENT___TOTAL__NOT_SET) {
            (void)fprintf(out->file, "%s %u", sp_say(out->language, "razem", "total"),
                          employment->total);
        }
        (void)fputc('\n', out->file);
        for (size_t k = 0; k < employment->n_groups; k++) {
            (void)fprintf(out->file, "  %*s", LABEL_COLUMNS, "");
            sp_cli_column(out, sp_cli_social_group(out->language, employment->groups[k]->group),
                          45);
            (void)fprintf(out->file, " %5u\n", employment->groups[k]->persons);
        }
    }
}

static void render_list(const struct sp_cli_out *out, const char *label, char *const *items,
                        size_t count)
{
    if (count == 0) {
        return;
    }
    (void)fputs("     ", out->file);
    sp_cli_column(out, label, 0);
    for (size_t i = 0; i < count; i++) {
        (void)fputs(i == 0 ? " " : ", ", out->file);
        sp_cli_column(out, items[i], 0);
    }
    (void)fputc('\n', out->file);
}

static void render_capacity(const struct sp_cli_out *out, const Spoina__V1__Offer *offer)
{
    for (size_t i = 0; i < offer->n_capacity; i++) {
        const Spoina__V1__Capacity *capacity = offer->capacity[i];
        (void)fprintf(out->file, "     %s ", sp_say(out->language, "Potencjał:", "Capacity:"));
        sp_cli_quantity(out, capacity->declared);
        if (capacity->committed != NULL) {
            (void)fprintf(out->file, ", %s ", sp_say(out->language, "zajęte", "committed"));
            sp_cli_quantity(out, capacity->committed);
        }
        (void)fputc('\n', out->file);
    }
}

static void render_offer(const struct sp_cli_out *out, const Spoina__V1__Offer *offer,
                         size_t number)
{
    (void)fprintf(out->file, "%3zu. ", number);
    sp_cli_bold(out, offer->title, 0);
    (void)fputc('\n', out->file);
    sp_cli_paragraph(out, offer->description, 5);
    render_list(out, "CPV:", offer->cpv, offer->n_cpv);
    render_capacity(out, offer);
    if (offer->area != NULL) {
        render_list(out, sp_say(out->language, "Obszar (TERYT):", "Area (TERYT):"),
                    offer->area->teryt, offer->area->n_teryt);
        if (offer->area->_kilometres_case != SPOINA__V1__SERVED_AREA___KILOMETRES__NOT_SET) {
            (void)fprintf(out->file, "     %s %u km\n",
                          sp_say(out->language, "Obszar: do", "Area: up to"),
                          offer->area->kilometres);
        }
    }
    render_list(out, sp_say(out->language, "Wyposażenie:", "Equipment:"), offer->equipment,
                offer->n_equipment);
}

static void render(const struct sp_cli_options *options, const ProtobufCMessage *message)
{
    const Spoina__V1__GetEntityResponse *answer = (const Spoina__V1__GetEntityResponse *)message;
    struct sp_cli_out out = sp_cli_out_new(options);
    const Spoina__V1__Entity *entity = answer->entity;
    if (entity == NULL) {
        return;
    }
    render_identity(&out, entity);
    render_standing(&out, entity);
    render_employment(&out, entity);
    if (entity->n_offers > 0) {
        heading(&out, "Oferty", "Offers");
    }
    for (size_t i = 0; i < entity->n_offers; i++) {
        render_offer(&out, entity->offers[i], i + 1);
    }
}

enum sp_cli_exit sp_cli_show(const struct sp_cli_options *options, struct sp_error *err)
{
    Spoina__V1__GetEntityRequest request = SPOINA__V1__GET_ENTITY_REQUEST__INIT;
    request.id = (char *)options->argument;
    return sp_cli_call_and_print(options, "/spoina.v1.CatalogueService/GetEntity", &request.base,
                                 &spoina__v1__get_entity_response__descriptor, render, err);
}
