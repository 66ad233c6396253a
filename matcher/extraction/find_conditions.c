/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Conditions of participation, art. 112-118 Pzp, sentence by sentence. */
#include "matcher/extraction/finders.h"

enum { NAME_WORDS_MAX = 14, COUNT_MAX = 1000, MONTHS_A_YEAR = 12 };

#define TOPICS                                                                                     \
    (SP_CUE_BIT(SP_CUE_INSURANCE) | SP_CUE_BIT(SP_CUE_REFERENCES) |                                \
     SP_CUE_BIT(SP_CUE_EXPERIENCE) | SP_CUE_BIT(SP_CUE_PERSONS) | SP_CUE_BIT(SP_CUE_EQUIPMENT) |   \
     SP_CUE_BIT(SP_CUE_LICENCE) | SP_CUE_BIT(SP_CUE_REGISTER) | SP_CUE_BIT(SP_CUE_REVENUE) |       \
     SP_CUE_BIT(SP_CUE_FUNDS))

/** The words of one sentence, and where to look for how a consortium is counted. */
struct sentence {
    size_t first;
    size_t end;       /* one past the last word */
    uint64_t cues;    /* of the sentence */
    uint64_t wording; /* of the sentence, or of the next one if that speaks of nothing else */
    size_t first_hit; /* cues of the sentence */
    size_t end_hit;
};

static Spoina__V1__ConditionWording wording_of(const struct sentence *sentence)
{
    if ((sentence->wording & (SP_CUE_BIT(SP_CUE_NOT_SUMMED) | SP_CUE_BIT(SP_CUE_ANY_ONE))) != 0) {
        return SPOINA__V1__CONDITION_WORDING__CONDITION_WORDING_ANY;
    }
    if ((sentence->wording & SP_CUE_BIT(SP_CUE_TOGETHER)) != 0) {
        return SPOINA__V1__CONDITION_WORDING__CONDITION_WORDING_SUM;
    }
    if ((sentence->wording & SP_CUE_BIT(SP_CUE_EVERY_ONE)) != 0) {
        return SPOINA__V1__CONDITION_WORDING__CONDITION_WORDING_EVERY;
    }
    return SPOINA__V1__CONDITION_WORDING__CONDITION_WORDING_UNSPECIFIED;
}

/** The first hit of @p cue in the sentence; NULL when there is none. */
static const struct sp_cue_hit *find_cue(const struct sp_finding *finding,
                                         const struct sentence *sentence, enum sp_cue cue)
{
    for (size_t i = sentence->first_hit; i < sentence->end_hit; i++) {
        if (finding->cues.items[i].cue == cue) {
            return &finding->cues.items[i];
        }
    }
    return NULL;
}

static enum sp_status add_condition(struct sp_finding *finding, const struct sentence *sentence,
                                    const struct sp_fact *fact)
{
    finding->demanding[finding->reading->words[sentence->first].sentence] = true;
    return sp_fact_add(finding, fact);
}

static struct sp_fact condition_of(const struct sp_finding *finding,
                                   const struct sentence *sentence, size_t first, size_t last,
                                   Spoina__V1__ConditionKind kind)
{
    struct sp_fact fact = sp_fact_of(finding, SP_FACT_CONDITION, first, last, SP_CERTAIN);
    fact.condition = kind;
    fact.wording = wording_of(sentence);
    return fact;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

/** A sum of money after a cue: insurance, revenue. */
static enum sp_status find_sum(struct sp_finding *finding, const struct sentence *sentence,
                               enum sp_cue cue, Spoina__V1__ConditionKind kind)
{
    const struct sp_cue_hit *hit = find_cue(finding, sentence, cue);
    int64_t grosz = 0;
    size_t last = 0;
    if (hit == NULL) {
        return SP_OK;
    }
    size_t money = sp_money_between(finding->reading, hit->first, sentence->end, &grosz, &last);
    if (money == SIZE_MAX || grosz == 0 || finding->reading->words[money].used) {
        return SP_OK;
    }
    struct sp_fact fact = condition_of(finding, sentence, hit->first, last, kind);
    fact.grosz = grosz;
    sp_words_use(finding->reading, money, last);
    return add_condition(finding, sentence, &fact);
}

/** "w okresie ostatnich 3 lat": how old a reference may be, in months. */
static uint32_t age_months(const struct sp_finding *finding, const struct sentence *sentence)
{
    const struct sp_word *words = finding->reading->words;
    for (size_t i = sentence->first; i + 1 < sentence->end; i++) {
        if (!sp_word_is(&words[i], "ostatni")) {
            continue;
        }
        size_t number = words[i + 1].has_number ? i + 1 : i;
        for (size_t at = number + 1; at < least(number + 3, sentence->end); at++) {
            if (words[number].has_number && words[number].number >= 1 &&
                words[number].number <= 10 && sp_word_is(&words[at], "rok")) {
                return (uint32_t)words[number].number * MONTHS_A_YEAR;
            }
        }
    }
    return 0;
}

/** The number that counts things of a noun at @p noun: up to three words before it, but not over a
 *  preposition: "1 miejsce dla opiekuna" counts no persons. */
static size_t count_before(const struct sp_reading *reading, const struct sentence *sentence,
                           size_t noun)
{
    for (size_t back = 1; back <= 4 && noun >= sentence->first + back; back++) {
        const struct sp_word *word = &reading->words[noun - back];
        if (word->has_number && !word->used && word->number >= 1 && word->number <= COUNT_MAX &&
            !sp_percent_at(reading, noun - back) &&
            (word->in_words || !sp_ordinal_at(reading, noun - back))) {
            return noun - back;
        }
        if ((word->token->flags & SP_TOKEN_STOP) != 0) {
            break;
        }
    }
    return SIZE_MAX;
}

static bool is_any(const struct sp_word *word, const char *const *lemmas)
{
    for (; *lemmas != NULL; lemmas++) {
        if (sp_word_is(word, *lemmas)) {
            return true;
        }
    }
    return false;
}

/** "wykonał co najmniej 2 usługi o wartości nie mniejszej niż ... każda" */
static enum sp_status find_references(struct sp_finding *finding, const struct sentence *sentence)
{
    static const char *const WORKS[] = {"usługa",  "dostawa",  "robota",  "zamówienie", "umowa",
                                        "zadanie", "kontrakt", "projekt", NULL};
    const struct sp_cue_hit *hit = find_cue(finding, sentence, SP_CUE_REFERENCES);
    hit = hit == NULL ? find_cue(finding, sentence, SP_CUE_EXPERIENCE) : hit;
    if (hit == NULL) {
        return SP_OK;
    }
    struct sp_reading *reading = finding->reading;
    size_t counted = SIZE_MAX;
    size_t noun = hit->first;
    for (; noun < sentence->end && counted == SIZE_MAX; noun++) {
        if (is_any(&reading->words[noun], WORKS)) {
            counted = count_before(reading, sentence, noun);
        }
    }
    int64_t grosz = 0;
    size_t last = 0;
    size_t money = sp_money_between(reading, hit->first, sentence->end, &grosz, &last);
    bool total = (sentence->cues & SP_CUE_BIT(SP_CUE_EXPERIENCE)) != 0;
    uint32_t months = age_months(finding, sentence);
    if (counted == SIZE_MAX && money == SIZE_MAX && !(total && months > 0)) {
        return SP_OK;
    }
    if (counted == SIZE_MAX && !sp_sentence_has(finding, hit->first, SP_CUE_BIT(SP_CUE_AT_LEAST))) {
        return SP_OK;
    }
    size_t end = most(hit->last, counted == SIZE_MAX ? hit->last : noun - 1);
    size_t first = least(hit->first, counted);
    struct sp_fact fact =
        condition_of(finding, sentence, first, most(end, money == SIZE_MAX ? end : last),
                     total ? SPOINA__V1__CONDITION_KIND__CONDITION_KIND_EXPERIENCE
                           : SPOINA__V1__CONDITION_KIND__CONDITION_KIND_REFERENCES);
    fact.count = counted != SIZE_MAX ? (uint32_t)reading->words[counted].number : !total;
    fact.grosz = money == SIZE_MAX ? 0 : grosz;
    fact.months = months;
    sp_words_use(reading, sentence->first, sentence->end - 1);
    return add_condition(finding, sentence, &fact);
}

/** The end of the phrase that begins at @p first: a comma, bracket, dash or NAME_WORDS_MAX words.
 */
static size_t phrase_end(const struct sp_reading *reading, size_t first, size_t end)
{
    size_t last = first;
    while (last + 1 < end && last - first < NAME_WORDS_MAX) {
        struct sp_view gap = sp_reading_gap(reading, last);
        if (sp_gap_has(gap, ",") || sp_gap_has(gap, "(") || sp_gap_has(gap, ")") ||
            sp_gap_has(gap, ":") || sp_gap_has(gap, " – ") || sp_gap_has(gap, " - ") ||
            sp_gap_has(gap, "—") || sp_word_form_is(&reading->words[last + 1], "oraz")) {
            break;
        }
        last++;
    }
    return last;
}

/** "dysponuje co najmniej 3 opiekunami z kwalifikacjami", "2 pojazdami przystosowanymi ...". */
static enum sp_status find_counted(struct sp_finding *finding, const struct sentence *sentence,
                                   enum sp_cue cue, const char *const *nouns,
                                   Spoina__V1__ConditionKind kind)
{
    const struct sp_cue_hit *hit = find_cue(finding, sentence, cue);
    struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    if (hit == NULL) {
        return SP_OK;
    }
    for (size_t noun = hit->first; status == SP_OK && noun < sentence->end; noun++) {
        if (!is_any(&reading->words[noun], nouns)) {
            continue;
        }
        size_t counted = count_before(reading, sentence, noun);
        if (counted == SIZE_MAX) {
            continue;
        }
        size_t last = phrase_end(reading, noun, sentence->end);
        struct sp_fact fact = condition_of(finding, sentence, counted, last, kind);
        fact.count = (uint32_t)reading->words[counted].number;
        fact.name = sp_reading_slice(reading, noun, last);
        sp_words_use(reading, counted, noun);
        noun = last;
        status = add_condition(finding, sentence, &fact);
    }
    return status;
}

/** "dysponuje środkami transportu przystosowanymi do ...": equipment that nobody has counted. */
static enum sp_status find_uncounted(struct sp_finding *finding, const struct sentence *sentence)
{
    static const char *const HAVING[] = {"dysponować", "dysponowanie", "posiadać", NULL};
    const struct sp_reading *reading = finding->reading;
    for (size_t i = sentence->first; i + 2 < sentence->end; i++) {
        if (is_any(&reading->words[i], HAVING) && sp_word_is(&reading->words[i + 1], "środek") &&
            sp_word_is(&reading->words[i + 2], "transport")) {
            size_t last = phrase_end(reading, i + 1, sentence->end);
            struct sp_fact fact = condition_of(
                finding, sentence, i, last, SPOINA__V1__CONDITION_KIND__CONDITION_KIND_EQUIPMENT);
            fact.name = sp_reading_slice(reading, i + 1, last);
            return add_condition(finding, sentence, &fact);
        }
    }
    return SP_OK;
}

/** True if the document is none that a contractor must hold: "uprawnienia budowlane" are a
 * person's, "licencja na oprogramowanie" is a thing bought, "określona działalność" names no trade,
 * and in the "rejestr zabytków" stand buildings. */
static bool is_other(const struct sp_reading *reading, size_t first, size_t last)
{
    static const char *const OTHER[] = {
        "budowlany", "program", "oprogramowanie", "serwerowy", "oprogramowania",
        "określony", "zabytek", "dysponowanie",   "odrębny",   "dany",
        NULL};
    for (size_t i = first; i <= last; i++) {
        if (is_any(&reading->words[i], OTHER)) {
            return true;
        }
    }
    return false;
}

/** "posiada", "posiadanie", "musi być wpisany"; not the attribute of a thing: "posiadaną licencję".
 */
static bool is_held(const struct sp_reading *reading, const struct sentence *sentence)
{
    static const char *const HOLDING[] = {"posiadać", "posiadanie", "legitymować", "dysponować",
                                          "uzyskać",  "wymagać",    "być",         NULL};
    for (size_t i = sentence->first; i < sentence->end; i++) {
        const struct sp_word *word = &reading->words[i];
        bool attribute = sp_view_starts_with(word->token->folded, sp_view_of("posiadan")) &&
                         !sp_view_starts_with(word->token->folded, sp_view_of("posiadani"));
        if (is_any(word, HOLDING) && !attribute) {
            return true;
        }
    }
    return false;
}

/** A licence or register entry by its name, where the sentence demands that it be held. */
static enum sp_status find_named(struct sp_finding *finding, const struct sentence *sentence,
                                 enum sp_cue cue, Spoina__V1__ConditionKind kind)
{
    static const char *const DOCUMENTS[] = {"zezwolenie",  "koncesja", "licencja", "pozwolenie",
                                            "uprawnienie", "decyzja",  "wpis",     "świadectwo",
                                            "wpisać",      "wpisany",  NULL};
    const struct sp_cue_hit *hit = find_cue(finding, sentence, cue);
    const struct sp_reading *reading = finding->reading;
    if (hit == NULL) {
        return SP_OK;
    }
    size_t first = hit->first;
    while (first < sentence->end && !is_any(&reading->words[first], DOCUMENTS)) {
        first++;
    }
    if (first == sentence->end || !is_held(reading, sentence)) {
        return SP_OK;
    }
    size_t last = phrase_end(reading, first, sentence->end);
    bool of_persons = sp_word_is(&reading->words[first], "uprawnienie") &&
                      (sentence->cues & SP_CUE_BIT(SP_CUE_PERSONS)) != 0;
    if (of_persons || is_other(reading, first, last)) {
        return SP_OK;
    }
    struct sp_fact fact = condition_of(finding, sentence, hit->first, most(hit->last, last), kind);
    fact.name = sp_reading_slice(reading, first, last);
    fact.confidence = SP_LIKELY;
    return add_condition(finding, sentence, &fact);
}

static enum sp_status find_none(struct sp_finding *finding, const struct sentence *sentence)
{
    const struct sp_cue_hit *hit = find_cue(finding, sentence, SP_CUE_NO_CONDITION);
    struct sp_fact fact =
        sp_fact_of(finding, SP_FACT_NO_CONDITION, hit->first, hit->last, SP_CERTAIN);
    return sp_fact_add(finding, &fact);
}

static enum sp_status find_in_sentence(struct sp_finding *finding, const struct sentence *sentence)
{
    static const char *const PERSONS[] = {
        "osoba",       "pracownik",    "opiekun",   "opiekunka",      "kierowca",
        "specjalista", "kucharz",      "dietetyk",  "terapeuta",      "psycholog",
        "lekarz",      "pielęgniarka", "asystent",  "trener",         "instruktor",
        "nauczyciel",  "koordynator",  "kierownik", "fizjoterapeuta", NULL};
    static const char *const EQUIPMENT[] = {
        "pojazd",     "samochód", "autobus",    "bus",        "mikrobus",  "ciągnik",
        "kosiarka",   "maszyna",  "urządzenie", "zamiatarka", "pług",      "piaskarka",
        "śmieciarka", "rębak",    "wykaszarka", "pilarka",    "podnośnik", "pralnica",
        "magiel",     "kuchnia",  "baza",       "magazyn",    NULL};
    if ((sentence->cues & SP_CUE_BIT(SP_CUE_NO_CONDITION)) != 0) {
        return find_none(finding, sentence);
    }
    if ((sentence->cues & TOPICS) == 0) {
        return SP_OK;
    }
    enum sp_status status = find_sum(finding, sentence, SP_CUE_INSURANCE,
                                     SPOINA__V1__CONDITION_KIND__CONDITION_KIND_INSURANCE);
    if (status == SP_OK) {
        status = find_sum(finding, sentence, SP_CUE_REVENUE,
                          SPOINA__V1__CONDITION_KIND__CONDITION_KIND_REVENUE);
    }
    if (status == SP_OK) {
        status = find_references(finding, sentence);
    }
    if (status == SP_OK) {
        status = find_counted(finding, sentence, SP_CUE_PERSONS, PERSONS,
                              SPOINA__V1__CONDITION_KIND__CONDITION_KIND_PERSONS);
    }
    if (status == SP_OK) {
        status = find_counted(finding, sentence, SP_CUE_EQUIPMENT, EQUIPMENT,
                              SPOINA__V1__CONDITION_KIND__CONDITION_KIND_EQUIPMENT);
    }
    if (status == SP_OK) {
        status = find_uncounted(finding, sentence);
    }
    if (status == SP_OK) {
        status = find_named(finding, sentence, SP_CUE_REGISTER,
                            SPOINA__V1__CONDITION_KIND__CONDITION_KIND_REGISTER);
    }
    if (status == SP_OK && (sentence->cues & SP_CUE_BIT(SP_CUE_REGISTER)) == 0) {
        status = find_named(finding, sentence, SP_CUE_LICENCE,
                            SPOINA__V1__CONDITION_KIND__CONDITION_KIND_LICENCE);
    }
    return status;
}

enum sp_status sp_find_conditions(struct sp_finding *finding)
{
    const struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    size_t hit = 0;
    for (size_t first = 0; status == SP_OK && first < reading->count;) {
        size_t end = sp_reading_sentence_end(reading, first);
        uint32_t number = reading->words[first].sentence;
        uint64_t next =
            number + 1 < reading->sentence_count ? finding->sentence_cues[number + 1] : 0;
        uint64_t cues = finding->sentence_cues[number];
        struct sentence sentence = {.first = first,
                                    .end = end,
                                    .cues = cues,
                                    .wording = cues | ((next & TOPICS) == 0 ? next : 0),
                                    .first_hit = hit};
        while (hit < finding->cues.count && finding->cues.items[hit].first < end) {
            hit++;
        }
        sentence.end_hit = hit;
        status = find_in_sentence(finding, &sentence);
        first = end;
    }
    return status;
}
