/* SPDX-License-Identifier: EUPL-1.2 */
/**
 * @file
 * The sentences of proposals and advice, in Polish and in English, as ICU message patterns.
 *
 * X(NAME, numbers, words, polish, english): the first `numbers` arguments are numbers, the `words`
 * after them are texts; both patterns use each of them. Polish nouns after a number have four forms
 * (CLDR: one 1; few 2-4, 22-24; many 0, 5-21; other: fractions). Names stand where no ending and no
 * gender is asked of them.
 */
#ifndef SP_TEXTS_MESSAGES_H
#define SP_TEXTS_MESSAGES_H

#include "matcher/texts/messages_advice.h"

/* What a member cannot do alone. */
#define SP_TEXT_NECESSITY(X)                                                                       \
    X(ALONE_NO_OFFER, 0, 1, "Brak własnej oferty na: {0}.", "No offer of its own for: {0}.")       \
    X(ALONE_SHORT, 0, 3, "{0}: wolne {1}, potrzeba {2}.", "{0}: {1} free, {2} needed.")            \
    X(ALONE_SHARE, 1, 1, "{1}: sam podmiot wykona najwyżej {0, number}%.",                         \
      "{1}: the entity alone can do at most {0, number}%.")                                        \
    X(ALONE_TOGETHER, 1, 0, "Łącznie sam podmiot wykona najwyżej {0, number}% zamówienia.",        \
      "In all the entity alone can do at most {0, number}% of the lot.")                           \
    X(ALONE_NOT_MET, 0, 2, "Samodzielnie niespełnione: {0} ({1}).", "Not met alone: {0} ({1}).")   \
    X(NECESSARY, 1, 1,                                                                             \
      "{1}: udział niezbędny; {0, plural, one {sam podmiot nie zapewni # elementu zamówienia}"  \
      " few {sam podmiot nie zapewni # elementów zamówienia}"                                    \
      " many {sam podmiot nie zapewni # elementów zamówienia}"                                   \
      " other {sam podmiot nie zapewni # elementu zamówienia}}"                                   \
      ", a pozostali bez niego nie wykonają całości.",                                             \
      "{1}: needed; {0, plural, one {alone it lacks # element of the lot}"                         \
      " other {alone it lacks # elements of the lot}}"                                             \
      ", and the others cannot do everything without it.")                                         \
    X(NECESSARY_ONLY, 0, 1, "{0}: udział niezbędny.", "{0}: needed.")                              \
    X(NOT_NECESSARY_ALONE, 0, 1,                                                                   \
      "{0}: podmiot mógłby wykonać całość sam. Konsorcjum wymaga tu innego uzasadnienia.",         \
      "{0}: could do everything alone. A consortium needs another justification here.")            \
    X(NOT_NECESSARY_OTHERS, 0, 2,                                                                  \
      "{0}: udział nie jest niezbędny; całość wykonają bez niego: {1}.",                           \
      "{0}: not needed; these can do everything without it: {1}.")

/* What is missing, and what would mend it. */
#define SP_TEXT_GAPS(X)                                                                            \
    X(GAP_UNCOVERED, 0, 1, "Nikt nie wykona: {0}.", "Nobody performs: {0}.")                       \
    X(GAP_SHORT, 0, 3, "{0}: pokryte {1} z {2}.", "{0}: {1} of {2} covered.")                      \
    X(GAP_SHARE, 1, 1, "{1}: pokryte w {0, number}%.", "{1}: {0, number}% covered.")               \
    X(GAP_NOT_MET, 0, 2, "Niespełnione: {0} ({1}).", "Not met: {0} ({1}).")                        \
    X(GAP_UNKNOWN, 0, 2, "Do uzupełnienia: {0} ({1}).", "To be completed: {0} ({1}).")             \
    X(GAP_CAPACITY_UNKNOWN, 0, 1, "Do uzupełnienia: ile może wykonać: {0}.",                       \
      "To be completed: how much it can do: {0}.")                                                 \
    X(FREE_CAPACITY, 0, 0, "wolne moce", "free capacity")                                          \
    X(CHANGE_ADD_PARTNER, 0, 1, "Dołączyć do zespołu: {0}.", "Add to the team: {0}.")              \
    X(CHANGE_RAISE_CAPACITY, 0, 3, "{0}: zwiększyć wolne moce ({1}) do {2}.",                      \
      "{0}: raise free capacity ({1}) to {2}.")                                                    \
    X(CHANGE_OBTAIN, 0, 2, "{0}: uzyskać i wpisać do katalogu: {1}.",                              \
      "{0}: obtain and record: {1}.")                                                              \
    X(CHANGE_RAISE_INSURANCE, 0, 2, "{0}: polisa OC na co najmniej {1}.",                          \
      "{0}: liability insurance of at least {1}.")                                                 \
    X(CHANGE_OBTAIN_REFERENCE, 1, 2,                                                               \
      "{1}: {0, plural, one {# referencja} few {# referencje} many {# referencji}"                 \
      " other {# referencji}} na co najmniej {2}.",                                                \
      "{1}: {0, plural, one {# reference} other {# references}} of at least {2}.")                 \
    X(CHANGE_OBTAIN_REFERENCE_ANY, 1, 1,                                                           \
      "{1}: {0, plural, one {# referencja} few {# referencje} many {# referencji}"                 \
      " other {# referencji}} z tej usługi.",                                                      \
      "{1}: {0, plural, one {# reference} other {# references}} for this service.")                \
    X(CHANGE_RENEW_STATUS, 0, 3, "{0}: odnowić albo uzyskać {1}, ważne {2}.",                      \
      "{0}: renew or obtain {1}, valid on {2}.")                                                   \
    X(CHANGE_EMPLOY, 1, 2,                                                                         \
      "{1}: {0, plural, one {# osoba więcej} few {# osoby więcej} many {# osób więcej}"        \
      " other {# osoby więcej}}: {2}.",                                                            \
      "{1}: {0, plural, one {# more person} other {# more persons}}: {2}.")                        \
    X(CHANGE_STATE_DATA, 0, 2, "{0}: uzupełnić w katalogu: {1}.",                                  \
      "{0}: state in the catalogue: {1}.")                                                         \
    X(CHANGE_REVENUE, 0, 3, "{0}: przychód {1} na poziomie co najmniej {2}.",                      \
      "{0}: revenue {1} of at least {2}.")                                                         \
    X(CHANGE_WIDEN_AREA, 0, 2, "{0}: rozszerzyć obszar działania o: {1}.",                         \
      "{0}: widen the area served by: {1}.")                                                       \
    X(CHANGE_ADD_OFFER, 0, 2, "{0}: dodać ofertę na: {1}.", "{0}: add an offer for: {1}.")

/* What a tender asks of those who offer, as a noun. */
#define SP_TEXT_TERMS(X)                                                                           \
    X(TERM_EXCLUSION, 0, 0, "brak podstaw wykluczenia", "no grounds for exclusion")                \
    X(TERM_OWN_UNIT, 0, 0, "odrębność od zamawiającego", "being separate from the buyer")          \
    X(TERM_ART_94, 1, 0, "zastrzeżenie z art. 94 Pzp (co najmniej {0, number}% zatrudnionych)",    \
      "reservation of art. 94 Pzp (at least {0, number}% of those employed)")                      \
    X(TERM_ART_361, 0, 0, "zastrzeżenie z art. 361 Pzp", "reservation of art. 361 Pzp")            \
    X(TERM_ES_26, 0, 0, "status przedsiębiorstwa społecznego", "status of a social enterprise")    \
    X(TERM_SS_15A, 0, 0, "forma spółdzielni socjalnej", "legal form of a social cooperative")      \
    X(TERM_ART_95, 0, 0, "zatrudnienie na umowę o pracę", "employment contracts")                  \
    X(TERM_ART_96, 1, 0,                                                                           \
      "{0, plural, one {# osoba} few {# osoby} many {# osób} other {# osoby}} z grup klauzuli "   \
      "zatrudnieniowej",                                                                           \
      "{0, plural, one {# person} other {# persons}} from the groups of the employment clause")    \
    X(TERM_KEY_TASKS, 0, 0, "osobiste wykonanie kluczowych zadań", "key tasks done in person")     \
    X(TERM_REGISTER, 0, 1, "wpis do rejestru: {0}", "entry in a register: {0}")                    \
    X(TERM_LICENCE, 0, 1, "uprawnienie: {0}", "licence: {0}")                                      \
    X(TERM_REFERENCES, 1, 0,                                                                       \
      "{0, plural, one {# referencja} few {# referencje} many {# referencji} other {# "            \
      "referencji}}",                                                                              \
      "{0, plural, one {# reference} other {# references}}")                                       \
    X(TERM_REFERENCES_WORTH, 1, 1,                                                                 \
      "{0, plural, one {# referencja} few {# referencje} many {# referencji} other {# "            \
      "referencji}} "                                                                              \
      "na co najmniej {1}",                                                                        \
      "{0, plural, one {# reference} other {# references}} of at least {1}")                       \
    X(TERM_EXPERIENCE, 0, 1, "usługi o łącznej wartości {0}", "services worth {0} in all")         \
    X(TERM_PERSONS, 1, 0,                                                                          \
      "{0, plural, one {# osoba} few {# osoby} many {# osób} other {# osoby}} do wykonania",       \
      "{0, plural, one {# person} other {# persons}} to perform")                                  \
    X(TERM_EQUIPMENT, 0, 1, "wyposażenie: {0}", "equipment: {0}")                                  \
    X(TERM_CERTIFICATE, 0, 1, "certyfikat: {0}", "certificate: {0}")                               \
    X(TERM_REVENUE, 0, 2, "przychód za {0} r.: {1}", "revenue of {0}: {1}")                        \
    X(TERM_INSURANCE, 0, 1, "ubezpieczenie OC na {0}", "liability insurance of {0}")               \
    X(TERM_ONE_OFFER, 0, 0, "jedna oferta jednego wykonawcy", "one offer of one contractor")       \
    X(TERM_EACH_PERFORMS, 0, 0, "udział każdego członka w wykonaniu", "a part for each member")    \
    X(DECLARATION_NOT_EXCLUDED, 0, 0, "oświadczenie o braku podstaw wykluczenia",                  \
      "declaration that there are no grounds for exclusion")                                       \
    X(DECLARATION_INTEGRATION, 0, 0, "oświadczenie o głównym celu: integracja",                    \
      "declaration of the main aim: integration")                                                  \
    X(DECLARATION_CERTIFICATE, 0, 0,                                                               \
      "zaświadczenie wojewody z art. 27 ustawy o ekonomii społecznej",                             \
      "certificate of the wojewoda, art. 27 of the social economy act")                            \
    X(STATUS_PS, 0, 0, "status przedsiębiorstwa społecznego", "status of a social enterprise")     \
    X(PERSONS_ART_94, 0, 0, "osoby z grup art. 94 Pzp", "persons from the groups of art. 94 Pzp")  \
    X(PERSONS_ART_96, 0, 0, "osoby z grup klauzuli zatrudnieniowej",                               \
      "persons from the groups of the employment clause")                                          \
    X(PERSONS_EMPLOYED, 0, 0, "zatrudnienie", "persons employed")                                  \
    X(PERSONS_CONTRACT, 0, 0, "zatrudnienie na umowę o pracę", "employment contracts")

/* What a lot's answer says of itself. */
#define SP_TEXT_NOTES(X)                                                                                   \
    X(NOTE_NO_WORDS, 0, 0,                                                                                 \
      "Żadna oferta nie ma dość wspólnych słów z tą częścią. Podaj kod CPV albo opisz usługę " \
      "innymi słowami.",                                                                                   \
      "No offer has enough words in common with this lot. Give a CPV code or describe the "                \
      "service in other words.")                                                                           \
    X(NOTE_NO_OFFERS, 1, 1,                                                                                \
      "Żadna oferta nie odpowiada tej części ani słowami, ani bliskim kodem CPV. Ofert w dziale "      \
      "CPV {1}: {0, number}. Spróbuj ogólniejszego kodu albo innych słów.",                                \
      "No offer meets this lot by its words or by a close CPV code. Offers in CPV division {1}: "          \
      "{0, number}. Try a more general code, or describe the service in other words.")                     \
    X(NOTE_NOBODY_SERVES, 0, 0,                                                                            \
      "Żaden z pokazanych podmiotów nie podał, że działa w miejscu wykonania tej części.",                 \
      "None of the entities shown says that it works where this lot is to be performed.")                  \
    X(NOTE_NO_CONSORTIA, 0, 0, "Nie ma konsorcjum, które pokrywałoby choć część zamówienia.",              \
      "No consortium covers even a part of the lot.")                                                      \
    X(NOTE_SINGLES_SUFFICE, 1, 0,                                                                          \
      "Konsorcjum nie jest potrzebne: {0, plural, one {całość może wykonać samodzielnie # "           \
      "podmiot}"                                                                                           \
      " few {całość mogą wykonać samodzielnie # podmioty}"                                            \
      " many {całość może wykonać samodzielnie # podmiotów}"                                         \
      " other {całość może wykonać samodzielnie # podmiotu}}.",                                            \
      "No consortium is needed: {0, plural, one {# entity can do everything alone}"                        \
      " other {# entities can do everything alone}}.")                                                     \
    X(NOTE_INCOMPLETE, 0, 0,                                                                               \
      "Żadne konsorcjum nie spełnia wszystkiego; pokazane zostawiają najmniej braków.",                    \
      "No consortium meets everything; those shown leave least missing.")                                  \
    X(NOTE_NOT_PROVEN, 1, 0,                                                                               \
      "Przerwano z braku czasu: pokazano najlepsze znalezione; żadne inne nie ma więcej niż "           \
      "{0, plural, one {# punkt} few {# punkty} many {# punktów} other {# punktu}} na 1000.",              \
      "Ended for lack of time: the best found are shown; no other has more than "                          \
      "{0, plural, one {# point} other {# points}} of 1000.")                                              \
    X(NOTE_TIME_UP, 1, 0,                                                                                  \
      "Konsorcjów nie znaleziono, zanim skończył się czas ({0, number} ms na całe zapytanie).",            \
      "No consortium was found before the time ({0, number} ms for the call) was up.")                     \
    X(NOTE_GIVEN_SUFFICE, 0, 0, "Podane podmioty wystarczą; nikogo więcej nie trzeba.",                    \
      "The given members suffice; nobody else is needed.")                                                 \
    X(NOTE_NOBODY_COMPLETES, 0, 0,                                                                         \
      "Nikt z katalogu nie uzupełni podanych podmiotów tak, by pokryły całość.",                           \
      "Nobody in the catalogue completes the given members so that everything is covered.")

/* Of a single entity: why it does not offer, and why it leaves a requirement to others. */
#define SP_TEXT_SINGLES(X)                                                                         \
    X(SINGLE_BARRED, 0, 2, "Nie może złożyć oferty: {1}: niespełnione: {0}.",                      \
      "Cannot make an offer: {1}: not met: {0}.")                                                  \
    X(IDLE_OUT_OF_AREA, 0, 0, "poza obszarem działania", "outside its area")                       \
    X(IDLE_TOO_FAR, 0, 0, "za daleko", "too far away")                                             \
    X(IDLE_NOT_YET, 0, 0, "wolne moce dopiero po terminie wykonania",                              \
      "free capacity only after the performance")                                                  \
    X(IDLE_TOO_SMALL, 0, 0, "mniej niż najmniejsze przyjmowane zlecenie",                          \
      "less than the smallest order taken")                                                        \
    X(IDLE_NO_CAPACITY, 0, 0, "brak wolnych mocy", "no free capacity")                             \
    X(IDLE_UNLICENSED, 0, 0, "brak ważnego uprawnienia", "no licence in force")                    \
    X(IDLE_CAPACITY_USED, 0, 0, "moce zajęte przez inną część zamówienia",                         \
      "capacity taken by another part of the lot")

#define SP_TEXT_LIST(X)                                                                            \
    SP_TEXT_NECESSITY(X)                                                                           \
    SP_TEXT_GAPS(X) SP_TEXT_SINGLES(X) SP_TEXT_TERMS(X) SP_TEXT_NOTES(X) SP_TEXT_ADVICE(X)

#endif
