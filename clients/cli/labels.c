/* SPDX-License-Identifier: EUPL-1.2 */
#include "clients/cli/labels.h"

#include <string.h>

struct label {
    int value;
    const char *polish;
    const char *english;
};

static const struct label LEGAL_FORMS[] = {
    {1, "spółdzielnia socjalna", "social cooperative"},
    {2, "spółdzielnia pracy", "workers' cooperative"},
    {3, "spółdzielnia inwalidów", "cooperative of persons with disabilities"},
    {4, "spółdzielnia niewidomych", "cooperative of the blind"},
    {5, "spółdzielnia produkcji rolnej", "farming cooperative"},
    {6, "stowarzyszenie", "association"},
    {7, "fundacja", "foundation"},
    {8, "koło gospodyń wiejskich", "rural women's circle"},
    {9, "inna organizacja pozarządowa", "other NGO"},
    {10, "kościelna osoba prawna", "church entity"},
    {11, "stowarzyszenie JST", "association of local governments"},
    {12, "spółka non profit", "non-profit company"},
    {13, "klub sportowy (spółka)", "sports club (company)"},
    {20, "jednostka samorządu", "local government"},
    {30, "zakład pracy chronionej", "sheltered employer"},
    {31, "przedsiębiorstwo", "business"},
};

static const struct label UNIT_KINDS[] = {
    {1, "WTZ", "WTZ"}, {2, "ZAZ", "ZAZ"},        {3, "CIS", "CIS"},
    {4, "KIS", "KIS"}, {5, "jednostka", "unit"},
};

static const struct label STATUS_KINDS[] = {
    {1, "PS", "PS"},
    {2, "ZPCh", "ZPCh"},
    {3, "OPP", "OPP"},
    {4, "Zakup Prospołeczny", "Zakup Prospołeczny"},
};

static const struct label SOCIAL_GROUPS[] = {
    {1, "osoby z niepełnosprawnością", "persons with disabilities"},
    {2, "bezrobotni", "unemployed"},
    {3, "długotrwale bezrobotni", "long-term unemployed"},
    {4, "poszukujący pracy", "job seekers"},
    {5, "usamodzielniani", "care leavers"},
    {6, "pozbawieni wolności lub zwalniani", "prisoners and ex-prisoners"},
    {7, "osoby z zaburzeniami psychicznymi", "persons with mental disorders"},
    {8, "bezdomni", "homeless"},
    {9, "uchodźcy", "refugees"},
    {10, "do 30 i po 50 roku życia", "under 30 and over 50"},
    {11, "mniejszości", "minorities"},
    {12, "młodociani", "juvenile workers"},
    {13, "absolwenci CIS i KIS", "CIS and KIS graduates"},
    {14, "o niskich dochodach", "low income"},
    {15, "opiekunowie", "carers"},
    {16, "osoby 60+", "seniors"},
    {17, "uzależnieni", "persons with addictions"},
    {18, "którakolwiek z grup art. 94 Pzp", "any group of art. 94 Pzp"},
    {19, "którakolwiek z grup art. 2(6) ustawy o ES", "any group of art. 2(6) of the ES act"},
};

static const struct label TERM_ORIGINS[] = {
    {1, "słowo", "word"},
    {2, "bez znaków diakrytycznych", "without diacritics"},
    {3, "poprawiona literówka", "typing error mended"},
    {4, "początek słowa", "beginning of a word"},
    {5, "synonim", "synonym"},
};

static const struct label AGREEMENTS[] = {
    {0, "tekst mówi za mało, by to ocenić", "the text says too little to tell"},
    {1, "zgodne z tekstem", "agrees with the text"},
    {2, "wątpliwe: tekst wskazuje na co innego", "doubtful: the text calls for something else"},
};

static const struct label BANDS[] = {
    {1, "słaba", "weak"},
    {2, "częściowa", "partial"},
    {3, "dobra", "good"},
    {4, "bardzo dobra", "excellent"},
};

static const struct label REASON_KINDS[] = {
    {1, "Tekst", "Text"},         {2, "CPV", "CPV"},         {3, "Miejsce", "Place"},
    {4, "Potencjał", "Capacity"}, {5, "Dowody", "Evidence"},
};

static const struct label ROLES[] = {
    {1, "samodzielnie", "sole"},
    {2, "lider", "leader"},
    {3, "partner", "partner"},
    {4, "podwykonawca", "subcontractor"},
};

static const struct label DECISIONS[] = {
    {1, "spełnione", "met"},
    {2, "niespełnione", "not met"},
    {3, "do uzupełnienia", "to complete"},
};

#define LABEL(table, language, value) find(table, SP_COUNT(table), language, (int)(value))

static const char *find(const struct label *labels, size_t count, enum sp_locale language,
                        int value)
{
    for (size_t i = 0; i < count; i++) {
        if (labels[i].value == value) {
            return sp_say(language, labels[i].polish, labels[i].english);
        }
    }
    return sp_say(language, "nieznane", "unknown");
}

const char *sp_cli_legal_form(enum sp_locale language, Spoina__V1__LegalForm form)
{
    return LABEL(LEGAL_FORMS, language, form);
}

const char *sp_cli_unit_kind(enum sp_locale language, Spoina__V1__UnitKind kind)
{
    return LABEL(UNIT_KINDS, language, kind);
}

const char *sp_cli_status_kind(enum sp_locale language, Spoina__V1__StatusKind kind)
{
    return LABEL(STATUS_KINDS, language, kind);
}

const char *sp_cli_social_group(enum sp_locale language, Spoina__V1__SocialGroup group)
{
    return LABEL(SOCIAL_GROUPS, language, group);
}

const char *sp_cli_term_origin(enum sp_locale language, Spoina__V1__TermOrigin origin)
{
    return LABEL(TERM_ORIGINS, language, origin);
}

const char *sp_cli_band(enum sp_locale language, Spoina__V1__Band band)
{
    return LABEL(BANDS, language, band);
}

const char *sp_cli_reason_kind(enum sp_locale language, Spoina__V1__ReasonKind kind)
{
    return LABEL(REASON_KINDS, language, kind);
}

const char *sp_cli_agreement(enum sp_locale language, Spoina__V1__CpvAgreement agreement)
{
    return LABEL(AGREEMENTS, language, agreement);
}

const char *sp_cli_role(enum sp_locale language, Spoina__V1__MemberRole role)
{
    return LABEL(ROLES, language, role);
}

const char *sp_cli_decision(enum sp_locale language, Spoina__V1__Decision decision)
{
    return LABEL(DECISIONS, language, decision);
}

const char *sp_cli_facet(enum sp_locale language, const char *name)
{
    static const struct {
        const char *name;
        const char *polish;
        const char *english;
    } facets[] = {
        {"powiat", "Powiaty", "Powiats"},
        {"cpv_division", "Działy CPV", "CPV divisions"},
        {"legal_form", "Formy prawne", "Legal forms"},
        {"status", "Statusy", "Statuses"},
    };
    for (size_t i = 0; i < SP_COUNT(facets); i++) {
        if (strcmp(facets[i].name, name) == 0) {
            return sp_say(language, facets[i].polish, facets[i].english);
        }
    }
    return name;
}
