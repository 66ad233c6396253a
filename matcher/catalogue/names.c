/* SPDX-License-Identifier: EUPL-1.2 */
#include "matcher/catalogue/names.h"

#include <stddef.h>
#include <string.h>

#include "base/status.h"
#include "matcher/catalogue/name_key.h"

#define FORM(tail) SPOINA__V1__LEGAL_FORM__LEGAL_FORM_##tail
#define UNIT(tail) SPOINA__V1__UNIT_KIND__UNIT_KIND_##tail
#define STATUS(tail) SPOINA__V1__STATUS_KIND__STATUS_KIND_##tail
#define DECLARED(tail) SPOINA__V1__DECLARATION_KIND__DECLARATION_KIND_##tail

/** A name by its key (name_key.h). */
struct name {
    const char *key;
    int value;
};

static const struct name FORMS[] = {
    {"spoldzielniasocjalna", FORM(SOCIAL_COOPERATIVE)},
    {"spoldzsocjalna", FORM(SOCIAL_COOPERATIVE)},
    {"spsocjalna", FORM(SOCIAL_COOPERATIVE)},
    {"ss", FORM(SOCIAL_COOPERATIVE)},
    {"spoldzielniapracy", FORM(WORKERS_COOPERATIVE)},
    {"spoldzpracy", FORM(WORKERS_COOPERATIVE)},
    {"workercooperative", FORM(WORKERS_COOPERATIVE)},
    {"spoldzielniainwalidow", FORM(DISABLED_COOPERATIVE)},
    {"spoldzinwalidow", FORM(DISABLED_COOPERATIVE)},
    {"spoldzielniapracyinwalidow", FORM(DISABLED_COOPERATIVE)},
    {"spoldzielniainwalidowiniewidomych", FORM(DISABLED_COOPERATIVE)},
    {"spoldzielnianiewidomych", FORM(BLIND_COOPERATIVE)},
    {"spoldzniewidomych", FORM(BLIND_COOPERATIVE)},
    {"spoldzielniapracyniewidomych", FORM(BLIND_COOPERATIVE)},
    {"spoldzielniaprodukcjirolnej", FORM(FARMING_COOPERATIVE)},
    {"rolniczaspoldzielniaprodukcyjna", FORM(FARMING_COOPERATIVE)},
    {"spr", FORM(FARMING_COOPERATIVE)},
    {"rsp", FORM(FARMING_COOPERATIVE)},
    {"stowarzyszenie", FORM(ASSOCIATION)},
    {"stow", FORM(ASSOCIATION)},
    {"stowarzyszeniezwykle", FORM(ASSOCIATION)},
    {"zwiazekstowarzyszen", FORM(ASSOCIATION)},
    {"osp", FORM(ASSOCIATION)}, /* ochotnicza straż pożarna is an association by its act */
    {"ochotniczastrazpozarna", FORM(ASSOCIATION)},
    {"fundacja", FORM(FOUNDATION)},
    {"fund", FORM(FOUNDATION)},
    {"kologospodynwiejskich", FORM(RURAL_WOMENS_CIRCLE)},
    {"kgw", FORM(RURAL_WOMENS_CIRCLE)},
    {"organizacjapozarzadowa", FORM(OTHER_NGO)},
    {"innaorganizacjapozarzadowa", FORM(OTHER_NGO)},
    {"ngo", FORM(OTHER_NGO)},
    {"uks", FORM(OTHER_NGO)}, /* uczniowski klub sportowy */
    {"uczniowskiklubsportowy", FORM(OTHER_NGO)},
    {"koscielnaosobaprawna", FORM(CHURCH_ENTITY)},
    {"osobaprawnakosciola", FORM(CHURCH_ENTITY)},
    {"jednostkakoscielna", FORM(CHURCH_ENTITY)},
    {"caritas", FORM(CHURCH_ENTITY)},
    {"stowarzyszeniejst", FORM(LGU_ASSOCIATION)},
    {"stowarzyszeniejednosteksamorzaduterytorialnego", FORM(LGU_ASSOCIATION)},
    {"spolkanonprofit", FORM(NONPROFIT_COMPANY)},
    {"spzoononprofit", FORM(NONPROFIT_COMPANY)},
    {"spolkazoononprofit", FORM(NONPROFIT_COMPANY)},
    {"spolkazograniczonaodpowiedzialnoscianonprofit", FORM(NONPROFIT_COMPANY)},
    {"klubsportowybedacyspolka", FORM(SPORTS_CLUB_COMPANY)},
    {"klubsportowyspolka", FORM(SPORTS_CLUB_COMPANY)},
    {"sportowaspolkaakcyjna", FORM(SPORTS_CLUB_COMPANY)},
    {"jst", FORM(LOCAL_GOVERNMENT)},
    {"jednostkasamorzaduterytorialnego", FORM(LOCAL_GOVERNMENT)},
    {"gmina", FORM(LOCAL_GOVERNMENT)},
    {"powiat", FORM(LOCAL_GOVERNMENT)},
    {"wojewodztwo", FORM(LOCAL_GOVERNMENT)},
    {"zpch", FORM(SHELTERED_EMPLOYER)},
    {"zpchr", FORM(SHELTERED_EMPLOYER)},
    {"zakladpracychronionej", FORM(SHELTERED_EMPLOYER)},
    {"przedsiebiorca", FORM(BUSINESS)},
    {"przedsiebiorstwo", FORM(BUSINESS)},
    {"spzoo", FORM(BUSINESS)},
    {"spolkazograniczonaodpowiedzialnoscia", FORM(BUSINESS)},
    {"spolkaakcyjna", FORM(BUSINESS)},
    {"sa", FORM(BUSINESS)},
    {"jdg", FORM(BUSINESS)},
    {"jednoosobowadzialalnoscgospodarcza", FORM(BUSINESS)},
};

static const struct name UNITS[] = {
    {"warsztatterapiizajeciowej", UNIT(WTZ)}, {"warsztatyterapiizajeciowej", UNIT(WTZ)},
    {"zakladaktywnoscizawodowej", UNIT(ZAZ)}, {"centrumintegracjispolecznej", UNIT(CIS)},
    {"klubintegracjispolecznej", UNIT(KIS)},  {"inna", UNIT(OTHER)},
};

static const struct name STATUSES[] = {
    {"przedsiebiorstwospoleczne", STATUS(PS)},
    {"statusps", STATUS(PS)},
    {"zakladpracychronionej", STATUS(ZPCH)},
    {"zpchr", STATUS(ZPCH)},
    {"organizacjapozytkupublicznego", STATUS(OPP)},
    {"zakupprospoleczny", STATUS(BUY_SOCIAL_MARK)},
    {"znakzakupprospoleczny", STATUS(BUY_SOCIAL_MARK)},
    {"mark", STATUS(BUY_SOCIAL_MARK)},
};

static const struct name DECLARATIONS[] = {
    {"niewykluczony", DECLARED(NOT_EXCLUDED)},
    {"brakpodstawwykluczenia", DECLARED(NOT_EXCLUDED)},
    {"celintegracyjny", DECLARED(INTEGRATION_AIM)},
    {"celpozytkupublicznego", DECLARED(PUBLIC_UTILITY_AIM)},
    {"uzytecznoscpubliczna", DECLARED(PUBLIC_UTILITY_AIM)},
    {"bezzysku", DECLARED(NON_PROFIT)},
    {"niedlazysku", DECLARED(NON_PROFIT)},
    {"wspolzarzadzanie", DECLARED(PARTICIPATION)},
    {"zaswiadczeniezart27", DECLARED(CERTIFICATE_27)},
    {"zaswiadczeniewojewody", DECLARED(CERTIFICATE_27)},
};

/** Compare a key with an enum's name, which has underscores: "FOUNDATION", "LEGAL_FORM_FOUNDATION".
 */
static bool is_enum_name(const ProtobufCEnumDescriptor *type, const char *prefix, const char *key,
                         int *value)
{
    char name[SP_NAME_KEY_MAX_BYTES + 1];
    for (unsigned i = 0; i < type->n_values; i++) {
        sp_name_key(sp_view_of(type->values[i].name), name);
        size_t skip = strlen(prefix);
        if (type->values[i].value != 0 &&
            (strcmp(key, name) == 0 || strcmp(key, name + skip) == 0)) {
            *value = type->values[i].value;
            return true;
        }
    }
    return false;
}

static bool find(const struct name *names, size_t count, const ProtobufCEnumDescriptor *type,
                 const char *prefix, struct sp_view text, int *value)
{
    char key[SP_NAME_KEY_MAX_BYTES + 1];
    sp_name_key(text, key);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i].key, key) == 0) {
            *value = names[i].value;
            return true;
        }
    }
    return key[0] != '\0' && is_enum_name(type, prefix, key, value);
}

bool sp_legal_form_parse(struct sp_view text, Spoina__V1__LegalForm *out)
{
    int value = 0;
    bool found = find(FORMS, SP_COUNT(FORMS), &spoina__v1__legal_form__descriptor, "legalform",
                      text, &value);
    if (found) {
        *out = (Spoina__V1__LegalForm)value;
    }
    return found;
}

bool sp_unit_kind_parse(struct sp_view text, Spoina__V1__UnitKind *out)
{
    int value = 0;
    bool found =
        find(UNITS, SP_COUNT(UNITS), &spoina__v1__unit_kind__descriptor, "unitkind", text, &value);
    if (found) {
        *out = (Spoina__V1__UnitKind)value;
    }
    return found;
}

bool sp_status_kind_parse(struct sp_view text, Spoina__V1__StatusKind *out)
{
    int value = 0;
    bool found = find(STATUSES, SP_COUNT(STATUSES), &spoina__v1__status_kind__descriptor,
                      "statuskind", text, &value);
    if (found) {
        *out = (Spoina__V1__StatusKind)value;
    }
    return found;
}

bool sp_declaration_kind_parse(struct sp_view text, Spoina__V1__DeclarationKind *out)
{
    int value = 0;
    bool found = find(DECLARATIONS, SP_COUNT(DECLARATIONS),
                      &spoina__v1__declaration_kind__descriptor, "declarationkind", text, &value);
    if (found) {
        *out = (Spoina__V1__DeclarationKind)value;
    }
    return found;
}

/* Names to show are written so that they parse back: a test walks all values. */
static const struct {
    const char *polish;
    const char *english;
} FORM_NAMES[] = {
    [FORM(SOCIAL_COOPERATIVE)] = {"spółdzielnia socjalna", "social cooperative"},
    [FORM(WORKERS_COOPERATIVE)] = {"spółdzielnia pracy", "workers cooperative"},
    [FORM(DISABLED_COOPERATIVE)] = {"spółdzielnia inwalidów", "disabled cooperative"},
    [FORM(BLIND_COOPERATIVE)] = {"spółdzielnia niewidomych", "blind cooperative"},
    [FORM(FARMING_COOPERATIVE)] = {"spółdzielnia produkcji rolnej", "farming cooperative"},
    [FORM(ASSOCIATION)] = {"stowarzyszenie", "association"},
    [FORM(FOUNDATION)] = {"fundacja", "foundation"},
    [FORM(RURAL_WOMENS_CIRCLE)] = {"koło gospodyń wiejskich", "rural women's circle"},
    [FORM(OTHER_NGO)] = {"inna organizacja pozarządowa", "other NGO"},
    [FORM(CHURCH_ENTITY)] = {"kościelna osoba prawna", "church entity"},
    [FORM(LGU_ASSOCIATION)] = {"stowarzyszenie JST", "LGU association"},
    [FORM(NONPROFIT_COMPANY)] = {"spółka non profit", "nonprofit company"},
    [FORM(SPORTS_CLUB_COMPANY)] = {"klub sportowy będący spółką", "sports club company"},
    [FORM(LOCAL_GOVERNMENT)] = {"jednostka samorządu terytorialnego", "local government"},
    [FORM(SHELTERED_EMPLOYER)] = {"zakład pracy chronionej", "sheltered employer"},
    [FORM(BUSINESS)] = {"przedsiębiorca", "business"},
};

const char *sp_legal_form_polish(Spoina__V1__LegalForm form)
{
    bool known = form >= 0 && (size_t)form < SP_COUNT(FORM_NAMES);
    return known && FORM_NAMES[form].polish != NULL ? FORM_NAMES[form].polish : "";
}

const char *sp_legal_form_english(Spoina__V1__LegalForm form)
{
    bool known = form >= 0 && (size_t)form < SP_COUNT(FORM_NAMES);
    return known && FORM_NAMES[form].english != NULL ? FORM_NAMES[form].english : "";
}

const char *sp_unit_kind_polish(Spoina__V1__UnitKind kind)
{
    static const char *const names[] = {
        [UNIT(WTZ)] = "WTZ", [UNIT(ZAZ)] = "ZAZ",    [UNIT(CIS)] = "CIS",
        [UNIT(KIS)] = "KIS", [UNIT(OTHER)] = "inna",
    };
    bool known = kind > 0 && (size_t)kind < SP_COUNT(names);
    return known ? names[kind] : "";
}

const char *sp_status_kind_polish(Spoina__V1__StatusKind kind)
{
    static const char *const names[] = {
        [STATUS(PS)] = "PS",
        [STATUS(ZPCH)] = "ZPCh",
        [STATUS(OPP)] = "OPP",
        [STATUS(BUY_SOCIAL_MARK)] = "Zakup Prospołeczny",
    };
    bool known = kind > 0 && (size_t)kind < SP_COUNT(names);
    return known ? names[kind] : "";
}

const char *sp_declaration_kind_polish(Spoina__V1__DeclarationKind kind)
{
    static const char *const names[] = {
        [DECLARED(NOT_EXCLUDED)] = "niewykluczony",
        [DECLARED(INTEGRATION_AIM)] = "cel integracyjny",
        [DECLARED(PUBLIC_UTILITY_AIM)] = "użyteczność publiczna",
        [DECLARED(NON_PROFIT)] = "nie dla zysku",
        [DECLARED(PARTICIPATION)] = "współzarządzanie",
        [DECLARED(CERTIFICATE_27)] = "zaświadczenie z art. 27",
    };
    bool known = kind > 0 && (size_t)kind < SP_COUNT(names);
    return known ? names[kind] : "";
}
