/* SPDX-License-Identifier: EUPL-1.2 */
/** @file What the contract's enumerators are called in Polish and in English. Never NULL. */
#ifndef SP_CLIENTS_CLI_LABELS_H
#define SP_CLIENTS_CLI_LABELS_H

#include "clients/cli/options.h"
#include "spoina/v1/match.pb-c.h"
#include "spoina/v1/suggest.pb-c.h"

const char *sp_cli_legal_form(enum sp_locale language, Spoina__V1__LegalForm form);
const char *sp_cli_unit_kind(enum sp_locale language, Spoina__V1__UnitKind kind);
const char *sp_cli_status_kind(enum sp_locale language, Spoina__V1__StatusKind kind);
const char *sp_cli_social_group(enum sp_locale language, Spoina__V1__SocialGroup group);
const char *sp_cli_term_origin(enum sp_locale language, Spoina__V1__TermOrigin origin);
const char *sp_cli_band(enum sp_locale language, Spoina__V1__Band band);
const char *sp_cli_reason_kind(enum sp_locale language, Spoina__V1__ReasonKind kind);
const char *sp_cli_agreement(enum sp_locale language, Spoina__V1__CpvAgreement agreement);
const char *sp_cli_role(enum sp_locale language, Spoina__V1__MemberRole role);
const char *sp_cli_decision(enum sp_locale language, Spoina__V1__Decision decision);

/** Names of the facets: "powiat", "cpv_division", ...; others come back as they are. */
const char *sp_cli_facet(enum sp_locale language, const char *name);

#endif
