/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * Names of legal forms, units, statuses and declarations as people write them: Polish, abbreviated,
 * English.
 *
 * Case, diacritics, dots, dashes and underscores do not matter: "Spółdz. socjalna",
 * "SPOLDZIELNIA_SOCJALNA" and "ss" are one form.
 */
#ifndef SP_CATALOGUE_NAMES_H
#define SP_CATALOGUE_NAMES_H

#include <stdbool.h>

#include "base/view.h"
#include "spoina/v1/catalogue.pb-c.h"

/** False leaves @p out alone. Also takes the enum's own name and its tail ("FOUNDATION"). */
bool sp_legal_form_parse(struct sp_view text, Spoina__V1__LegalForm *out);
bool sp_unit_kind_parse(struct sp_view text, Spoina__V1__UnitKind *out);
bool sp_status_kind_parse(struct sp_view text, Spoina__V1__StatusKind *out);
bool sp_declaration_kind_parse(struct sp_view text, Spoina__V1__DeclarationKind *out);

/** The name shown, in Polish: "spółdzielnia socjalna"; "" for an unknown value. */
const char *sp_legal_form_polish(Spoina__V1__LegalForm form);
/** The abbreviation shown: "ZAZ", "PS"; "" for an unknown value. */
const char *sp_unit_kind_polish(Spoina__V1__UnitKind kind);
const char *sp_status_kind_polish(Spoina__V1__StatusKind kind);
/** The words shown: "cel integracyjny"; "" for an unknown value. */
const char *sp_declaration_kind_polish(Spoina__V1__DeclarationKind kind);
/** The name shown, in English. */
const char *sp_legal_form_english(Spoina__V1__LegalForm form);

#endif
