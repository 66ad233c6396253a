/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Names of forms, units, statuses: every value has names that parse back to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/status.h"
#include "matcher/catalogue/names.h"

#define FORM(tail) SPOINA__V1__LEGAL_FORM__LEGAL_FORM_##tail

static void every_legal_form_has_names_that_parse_back(void **state)
{
    (void)state;
    const ProtobufCEnumDescriptor *type = &spoina__v1__legal_form__descriptor;
    for (unsigned i = 0; i < type->n_values; i++) {
        Spoina__V1__LegalForm form = (Spoina__V1__LegalForm)type->values[i].value;
        const char *names[] = {sp_legal_form_polish(form), sp_legal_form_english(form),
                               type->values[i].name};
        for (size_t j = 0; j < SP_COUNT(names); j++) {
            Spoina__V1__LegalForm parsed = FORM(UNSPECIFIED);
            assert_int_equal(sp_legal_form_parse(sp_view_of(names[j]), &parsed), form != 0);
            assert_int_equal(parsed, form);
        }
    }
    assert_string_equal(sp_legal_form_polish((Spoina__V1__LegalForm)999), "");
    assert_string_equal(sp_legal_form_polish((Spoina__V1__LegalForm)-1), "");
}

static void legal_forms_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        Spoina__V1__LegalForm form;
    } cases[] = {
        {"Spółdzielnia socjalna", FORM(SOCIAL_COOPERATIVE)},
        {"spoldzielnia_socjalna", FORM(SOCIAL_COOPERATIVE)},
        {"SPÓŁDZ. SOCJALNA", FORM(SOCIAL_COOPERATIVE)},
        {"Spo\xCC\x81\xC5\x82"
         "dzielnia socjalna",
         FORM(SOCIAL_COOPERATIVE)}, /* o + combining acute, as macOS writes it */
        {"spółdzielnia inwalidów", FORM(DISABLED_COOPERATIVE)},
        {"spoldzielnia_pracy", FORM(WORKERS_COOPERATIVE)},
        {"KGW", FORM(RURAL_WOMENS_CIRCLE)},
        {"OSP", FORM(ASSOCIATION)},
        {"sp. z o.o. non-profit", FORM(NONPROFIT_COMPANY)},
        {"Sp. z o. o.", FORM(BUSINESS)},
        {"ZPChr", FORM(SHELTERED_EMPLOYER)},
        {"Caritas", FORM(CHURCH_ENTITY)},
        {"LEGAL_FORM_FOUNDATION", FORM(FOUNDATION)},
        {"foundation", FORM(FOUNDATION)},
    };
    for (size_t i = 0; i < SP_COUNT(cases); i++) {
        Spoina__V1__LegalForm form = FORM(UNSPECIFIED);
        assert_true(sp_legal_form_parse(sp_view_of(cases[i].text), &form));
        assert_int_equal(form, cases[i].form);
    }
    static const char *const unknown[] = {"",           "...",         "ZAZ",
                                          "konsorcjum", "UNSPECIFIED", "LEGAL_FORM_UNSPECIFIED"};
    for (size_t i = 0; i < SP_COUNT(unknown); i++) {
        Spoina__V1__LegalForm form = FORM(FOUNDATION);
        assert_false(sp_legal_form_parse(sp_view_of(unknown[i]), &form));
        assert_int_equal(form, FORM(FOUNDATION));
    }
}

static void units_statuses_and_declarations_parse_back(void **state)
{
    (void)state;
    const ProtobufCEnumDescriptor *declarations = &spoina__v1__declaration_kind__descriptor;
    for (unsigned i = 1; i < declarations->n_values; i++) {
        Spoina__V1__DeclarationKind kind =
            (Spoina__V1__DeclarationKind)declarations->values[i].value;
        Spoina__V1__DeclarationKind parsed = (Spoina__V1__DeclarationKind)0;
        assert_true(
            sp_declaration_kind_parse(sp_view_of(sp_declaration_kind_polish(kind)), &parsed));
        assert_int_equal(parsed, kind);
    }
    const ProtobufCEnumDescriptor *units = &spoina__v1__unit_kind__descriptor;
    for (unsigned i = 1; i < units->n_values; i++) {
        Spoina__V1__UnitKind kind = (Spoina__V1__UnitKind)units->values[i].value;
        Spoina__V1__UnitKind parsed = (Spoina__V1__UnitKind)0;
        assert_true(sp_unit_kind_parse(sp_view_of(sp_unit_kind_polish(kind)), &parsed));
        assert_int_equal(parsed, kind);
    }
    const ProtobufCEnumDescriptor *statuses = &spoina__v1__status_kind__descriptor;
    for (unsigned i = 1; i < statuses->n_values; i++) {
        Spoina__V1__StatusKind kind = (Spoina__V1__StatusKind)statuses->values[i].value;
        Spoina__V1__StatusKind parsed = (Spoina__V1__StatusKind)0;
        assert_true(sp_status_kind_parse(sp_view_of(sp_status_kind_polish(kind)), &parsed));
        assert_int_equal(parsed, kind);
    }
    Spoina__V1__UnitKind kind = (Spoina__V1__UnitKind)0;
    assert_true(sp_unit_kind_parse(sp_view_of("Zakład Aktywności Zawodowej"), &kind));
    assert_int_equal(kind, SPOINA__V1__UNIT_KIND__UNIT_KIND_ZAZ);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_legal_form_has_names_that_parse_back),
        cmocka_unit_test(legal_forms_as_people_write_them),
        cmocka_unit_test(units_statuses_and_declarations_parse_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
