/* SPDX-License-Identifier: EUPL-1.2 */
/** @file The sentences of advice; see messages.h, which puts them into the one table. */
#ifndef SP_TEXTS_MESSAGES_ADVICE_H
#define SP_TEXTS_MESSAGES_ADVICE_H

/* Which clause the market can carry. */
#define SP_TEXT_CLAUSES(X)                                                                           \
    X(CLAUSE_BLOCKED, 2, 1,                                                                          \
      "Niezależnych ofert zostaje co najmniej {0, number}, potrzeba {1, number}. Odpadają: {2}",     \
      "Independent offers left: at least {0, number}, wanted {1, number}. Out: {2}")                 \
    X(CLAUSE_BLOCKED_PLAIN, 2, 0,                                                                    \
      "Niezależnych ofert jest co najmniej {0, number}, potrzeba {1, number}; tak samo bez tego "   \
      "instrumentu.",                                                                                \
      "Independent offers: at least {0, number}, wanted {1, number}; the same without this "         \
      "instrument.")                                                                                 \
    X(CLAUSE_MORE_OUT, 1, 0,                                                                         \
      "{0, plural, one {i # dalszy podmiot} few {i # dalsze podmioty} many {i # dalszych "           \
      "podmiotów} other {i # dalszego podmiotu}}",                                                   \
      "{0, plural, one {and # more entity} other {and # more entities}}")                            \
    X(CLAUSE_RECOMMENDED, 2, 1,                                                                      \
      "{2}: {0, plural, one {zostaje co najmniej # niezależna oferta} few {zostają co najmniej # " \
      "niezależne oferty} many {zostaje co najmniej # niezależnych ofert} other {zostaje co "      \
      "najmniej # niezależnej oferty}}; bez danych do uzupełnienia: {1, number}.",                   \
      "{2}: {0, plural, one {at least # independent offer is left} other {at least # independent "   \
      "offers are left}}; without data to be completed: {1, number}.")                               \
    X(CLAUSE_RECOMMENDED_OPEN, 0, 0,                                                                 \
      "Czy wolno go tu użyć, rozstrzygną dane, których projekt nie podaje.",                         \
      "Whether it may be used here depends on facts that the draft does not state.")                 \
    X(CLAUSE_NONE, 1, 0,                                                                             \
      "Przy żadnym instrumencie nie zostaje tyle niezależnych ofert, ile potrzeba ({0, number}). " \
      "Rozważ podział na części albo łagodniejsze warunki.",                                         \
      "No instrument leaves as many independent offers as are wanted ({0, number}). Consider "       \
      "lots, or milder conditions.")                                                                 \
    X(CLAUSE_DAY_ASSUMED, 0, 1,                                                                      \
      "Projekt nie podaje dnia wszczęcia ani publikacji: tryb ustalono na dzień {0}.",               \
      "The draft states no day of initiation or publication: the regime is that of {0}.")

/* Why somebody drops out. */
#define SP_TEXT_DROPS(X)                                                                           \
    X(DROP_NO_OFFER, 0, 0, "Żadna oferta podmiotu nie odpowiada już tej części.",                  \
      "No offer of the entity answers this lot any more.")                                         \
    X(DROP_NOT_MET, 0, 3, "Niespełnione: {0} ({1}, {2})", "Not met: {0} ({1}, {2})")               \
    X(DROP_DISTANCE, 2, 1, "{2}: odległość {0, number} km, dopuszczalna {1, number} km.",          \
      "{2}: {0, number} km away, {1, number} km allowed.")                                         \
    X(DROP_PLACE, 0, 1, "{0}: podmiot nie podał, że działa w miejscu wykonania.",                  \
      "{0}: the entity does not say that it works at the place of performance.")                   \
    X(DROP_CAPACITY, 0, 3, "{0}: wolne {1}, potrzeba {2}.", "{0}: {1} free, {2} needed.")          \
    X(DROP_EFFORT, 0, 1, "{0}: wolne moce nie wystarczą.", "{0}: free capacity does not suffice.") \
    X(DROP_TEAM, 0, 0, "Nie ma już konsorcjum, w którym mógłby wystąpić.",                         \
      "There is no consortium any more in which it could take part.")                              \
    X(DROP_ALONE, 0, 1, "Samodzielnie już nie, w konsorcjum nadal: {0}",                           \
      "Not alone any more, still in a consortium: {0}")

/* How to divide a lot. */
#define SP_TEXT_DIVISIONS(X)                                                                            \
    X(DIVISION_AS_IS, 0, 0, "Bez podziału", "Undivided")                                                \
    X(DIVISION_BY_SERVICE, 1, 0,                                                                        \
      "Według usług, {0, plural, one {# część} few {# części} many {# części} other {# części}}",       \
      "By service, {0, plural, one {# lot} other {# lots}}")                                            \
    X(DIVISION_BY_PLACE, 1, 0,                                                                          \
      "Według miejsc, {0, plural, one {# część} few {# części} many {# części} other {# części}}",      \
      "By place, {0, plural, one {# lot} other {# lots}}")                                              \
    X(DIVISION_BY_SIZE, 1, 0,                                                                           \
      "Na równe części, {0, plural, one {# część} few {# części} many {# części} other {# "   \
      "części}}",                                                                                       \
      "By size, {0, plural, one {# equal lot} other {# equal lots}}")                                   \
    X(DIVISION_OPENS, 2, 1,                                                                             \
      "{2}: w najsłabszej części co najmniej {0, plural, one {# niezależna oferta} few {# "         \
      "niezależne oferty} many {# niezależnych ofert} other {# niezależnej oferty}}; udział może " \
      "wziąć {1, plural, one {# wykonawca} few {# wykonawców} many {# wykonawców} other {# "        \
      "wykonawcy}}.",                                                                                   \
      "{2}: in the weakest lot at least {0, plural, one {# independent offer} other {# "                \
      "independent offers}}; {1, plural, one {# contractor} other {# contractors}} could take "         \
      "part.")                                                                                          \
    X(DIVISION_EVEN_PLACES, 0, 0,                                                                       \
      "Projekt nie mówi, ile przypada na które miejsce: przyjęto po równo.",                            \
      "The draft does not say how much falls to which place: even shares are assumed.")                 \
    X(DIVISION_EVEN_SIZE, 0, 0,                                                                         \
      "Warunki udziału i klauzule pozostają przy każdej części bez zmian; można je obniżyć "    \
      "proporcjonalnie.",                                                                               \
      "Conditions and clauses stay with each lot as they are; they may be lowered in proportion.")      \
    X(DIVISION_BETTER, 2, 0,                                                                            \
      "Zalecany: {0, number} zamiast {1, number} niezależnych ofert w najsłabszej części. Art. "    \
      "91 Pzp: zamówienie można podzielić na części, a brak podziału trzeba uzasadnić.",                \
      "Recommended: {0, number} instead of {1, number} independent offers in the weakest lot. "         \
      "Art. 91 Pzp: a contract may be divided into lots; not dividing it must be justified.")           \
    X(DIVISION_WIDER, 2, 0,                                                                             \
      "Zalecany: przy tylu samo niezależnych ofertach udział może wziąć {0, number} zamiast {1, "  \
      "number} wykonawców. Art. 91 Pzp: brak podziału trzeba uzasadnić.",                               \
      "Recommended: with as many independent offers, {0, number} instead of {1, number} "               \
      "contractors could take part. Art. 91 Pzp: not dividing must be justified.")                      \
    X(DIVISION_NOTHING, 0, 0,                                                                           \
      "Podział nie otwiera zamówienia szerzej. Ten wynik może posłużyć za powód niedzielenia, "  \
      "którego wymaga art. 91 ust. 2 Pzp.",                                                             \
      "Dividing opens the contract no wider. This may serve as the reason for not dividing that "       \
      "art. 91(2) Pzp asks for.")                                                                       \
    X(DIVISION_SHARE, 2, 1, "{2} ({0, number} z {1, number})", "{2} ({0, number} of {1, number})")

/* Why an entity is not proposed. */
#define SP_TEXT_ABSENCE(X)                                                                            \
    X(PRESENT_ALONE, 1, 0, "Jest wśród propozycji: miejsce {0, number} wśród pojedynczych.",          \
      "It is proposed: place {0, number} among single entities.")                                     \
    X(PRESENT_TEAM, 0, 0, "Jest w jednym z proponowanych konsorcjów.",                                \
      "It stands in one of the consortia proposed.")                                                  \
    X(ABSENT_NO_OFFER, 0, 1, "Brak oferty, która odpowiada na: {0}.",                                 \
      "It has no offer that answers: {0}.")                                                           \
    X(ABSENT_OUT_OF_AREA, 0, 1, "{0}: miejsce wykonania leży poza podanym obszarem działania.",       \
      "{0}: the place of performance lies outside the area served.")                                  \
    X(ABSENT_TOO_FAR, 1, 1,                                                                           \
      "{1}: miejsce wykonania leży poza podanym obszarem działania, {0, number} km od siedziby.",     \
      "{1}: the place of performance lies outside the area served, {0, number} km from the seat.")    \
    X(ABSENT_CAPACITY, 0, 3, "{0}: wolne moce {1}, potrzeba {2}.",                                    \
      "{0}: free capacity {1}, needed {2}.")                                                          \
    X(ABSENT_CAPACITY_NOT_YET, 0, 1, "{0}: wolne moce dopiero po zakończeniu zamówienia.",            \
      "{0}: capacity is free only after the contract has ended.")                                     \
    X(ABSENT_BELOW_MINIMUM, 0, 1, "{0}: zapotrzebowanie jest mniejsze niż najmniejsze zlecenie.",     \
      "{0}: the demand is below the smallest order.")                                                 \
    X(ABSENT_RANK, 2, 0,                                                                              \
      "Wśród pojedynczych podmiotów ma miejsce {0, number}, a pokazuje się {1, number}.",             \
      "Among single entities its place is {0, number}; {1, number} are shown.")                       \
    X(ABSENT_BETTER, 2, 1,                                                                            \
      "Ostatni z pokazanych ma {0, number} pkt, ten podmiot {1, number}. Mniej punktów za: {2}.",     \
      "The last one shown has {0, number} points, this entity {1, number}. Fewer points for: "        \
      "{2}.")                                                                                         \
    X(ABSENT_ALIKE, 2, 0,                                                                             \
      "Ostatni z pokazanych ma {0, number} pkt, ten podmiot {1, number}; przy równych punktach "     \
      "kolejność jest losowa i zmienia się z katalogiem.",                                            \
      "The last one shown has {0, number} points, this entity {1, number}; equals stand in an "       \
      "order that changes with the catalogue.")                                                       \
    X(ABSENT_PART, 2, 1, "{2} ({0, number} wobec {1, number})",                                       \
      "{2} ({0, number} against {1, number})")                                                        \
    X(ABSENT_BUSINESS, 0, 0,                                                                       \
      "To zwykły przedsiębiorca, a szuka się wśród podmiotów ekonomii społecznej. Dopiero pytanie "  \
      "obejmujące przedsiębiorców (businesses_too) może go wskazać.",                              \
      "This is an ordinary business, and the search is among social economy entities. Only a "      \
      "question that includes businesses (businesses_too) can bring it up.")                         \
    X(ABSENT_NO_TEAM, 0, 0, "Żadne z proponowanych konsorcjów go nie obejmuje.",                      \
      "None of the consortia proposed includes it.")                                                  \
    X(COUNTER_ALONE, 1, 0,                                                                            \
      "Po {0, plural, one {tej zmianie} few {tych zmianach} many {tych zmianach} other {tych "        \
      "zmianach}} znajdzie się wśród propozycji samodzielnie (zmian: {0, number}).",                  \
      "After {0, plural, one {this change} other {these changes}} it is proposed alone "              \
      "(changes: {0, number}).")                                                                      \
    X(COUNTER_TEAM, 1, 0,                                                                             \
      "Po {0, plural, one {tej zmianie} few {tych zmianach} many {tych zmianach} other {tych "        \
      "zmianach}} znajdzie się w proponowanym konsorcjum (zmian: {0, number}).",                      \
      "After {0, plural, one {this change} other {these changes}} it stands in a consortium "         \
      "proposed (changes: {0, number}).")                                                             \
    X(COUNTER_PARTNER, 0, 1,                                                                          \
      "Razem z partnerem złoży pełną ofertę już dziś: {0}. Zob. spoina complete.",                    \
      "With a partner it can make a complete offer today: {0}. See spoina complete.")                 \
    X(COUNTER_RELAXED, 0, 0, "Zmiana w zamówieniu, po której jest wśród propozycji.",                 \
      "A change of the tender after which it is proposed.")                                           \
    X(FIX_OFFER, 0, 2, "Dodać ofertę „{0}” z obszarem działania i wolnymi mocami ({1}).",             \
      "Add an offer “{0}” with area served and free capacity ({1}).")                                 \
    X(FIX_AREA, 1, 1, "Rozszerzyć obszar działania o miejsce wykonania: {1} (do {0, number} km).",    \
      "Extend the area served to the place of performance: {1} (up to {0, number} km).")              \
    X(FIX_AREA_UNITS, 0, 1, "Rozszerzyć obszar działania o miejsce wykonania: {0}.",                  \
      "Extend the area served to the place of performance: {0}.")                                     \
    X(FIX_CAPACITY, 0, 2, "Zapewnić wolne moce na: {0}, {1}.",                                        \
      "Provide free capacity for: {0}, {1}.")                                                         \
    X(FIX_CAPACITY_STATE, 0, 2, "Podać wolne moce na: {0}, {1}.",                                     \
      "State free capacity for: {0}, {1}.")                                                           \
    X(FIX_MINIMUM, 0, 1, "Przyjmować mniejsze zlecenia na: {0}.", "Take smaller orders for: {0}.")    \
    X(FIX_STATUS, 0, 2, "Uzyskać albo odnowić {0}, ważne w dniu {1}.",                                \
      "Obtain or renew {0}, valid on {1}.")                                                           \
    X(FIX_LICENCE, 0, 1, "Uzyskać i wpisać do katalogu: {0}.", "Obtain and record: {0}.")             \
    X(FIX_INSURANCE, 0, 1, "Mieć polisę OC na co najmniej {0}.",                                      \
      "Have liability insurance of at least {0}.")                                                    \
    X(FIX_REFERENCES, 1, 1,                                                                           \
      "Mieć {0, plural, one {# referencję} few {# referencje} many {# referencji} other {# "        \
      "referencji}}: {1}.",                                                                           \
      "Have {0, plural, one {# reference} other {# references}}: {1}.")                               \
    X(FIX_EMPLOY, 1, 1,                                                                               \
      "Zatrudniać {0, plural, one {# osobę} few {# osoby} many {# osób} other {# osoby}} więcej " \
      "z grup: {1}.",                                                                                 \
      "Employ {0, plural, one {# more person} other {# more persons}} of the groups: {1}.")           \
    X(FIX_DECLARE, 0, 1, "Złożyć oświadczenie: {0}.", "Declare: {0}.")                                \
    X(FIX_CONFIRM, 0, 0, "Potwierdzić aktualność danych w katalogu.",                                 \
      "Confirm that the record is up to date.")                                                       \
    X(FIX_CPV, 0, 2, "Dopisać do oferty „{0}” kod CPV {1}.",                                          \
      "Add CPV code {1} to the offer “{0}”.")                                                         \
    X(FIX_RELAX, 0, 1, "W zamówieniu zrezygnować z warunku albo klauzuli: {0}.",                      \
      "In the tender, waive the condition or clause: {0}.")

/* What happens when one number varies; which parts can be taken over. */
#define SP_TEXT_VARIED(X)                                                                          \
    X(STEP, 2, 1,                                                                                  \
      "{2}: samodzielnie {0, plural, one {# podmiot} few {# podmioty} many {# podmiotów} other "  \
      "{# "                                                                                        \
      "podmiotu}}; niezależnych ofert co najmniej {1, number}.",                                   \
      "{2}: {0, plural, one {# entity} other {# entities}} alone; independent offers: at least "   \
      "{1, number}.")                                                                              \
    X(STEP_CHANGES, 2, 0, "Odpada: {0, number}, dochodzi: {1, number}.",                           \
      "Out: {0, number}, in: {1, number}.")                                                        \
    X(PARTS_TAKEN, 2, 0, "Podmioty społeczne mogą przejąć {0, number} z {1, number} pozycji.",     \
      "Social entities can take {0, number} of {1, number} parts.")                                \
    X(PARTS_REACHED, 1, 0, "W zasięgu zadeklarowanych wolnych mocy: {0, number}% całości.",        \
      "Within reach of declared free capacity: {0, number}% of the whole.")                        \
    X(PARTS_WORTH, 0, 1, "To {0}.", "That is {0}.")                                                \
    X(PARTS_UNKNOWN, 0, 0,                                                                         \
      "Część podmiotów nie podała wolnych mocy; faktyczny udział może być większy.",               \
      "Some entities have not declared their capacity; the real share may be greater.")

#define SP_TEXT_ADVICE(X)                                                                          \
    SP_TEXT_CLAUSES(X)                                                                             \
    SP_TEXT_DROPS(X) SP_TEXT_DIVISIONS(X) SP_TEXT_ABSENCE(X) SP_TEXT_VARIED(X)

#endif
