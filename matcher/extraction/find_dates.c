/* SPDX-License-Identifier: EUPL-1.2 */
/** @file Days, spans of days, terms and hours of the day. */
#include "matcher/extraction/finders.h"

#include <string.h>

enum { MONTHS = 12, YEAR_FIRST = 2000, YEAR_LAST = 2100, LAW_WORDS = 12, MINUTES_AN_HOUR = 60 };

static const char *const MONTH_LEMMAS[MONTHS] = {
    "styczeń", "luty",     "marzec",   "kwiecień",    "maj",      "czerwiec",
    "lipiec",  "sierpień", "wrzesień", "październik", "listopad", "grudzień",
};

static int month_of(const struct sp_word *word)
{
    for (int i = 0; i < MONTHS; i++) {
        if (sp_word_is(word, MONTH_LEMMAS[i])) {
            return i + 1;
        }
    }
    return 0;
}

static bool real_day(int year, int month, int day, sp_day *out)
{
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > MONTHS || day < 1 ||
        day > 31) {
        return false;
    }
    sp_day candidate = sp_day_from_civil(year, month, day);
    int y = 0;
    int m = 0;
    int d = 0;
    sp_day_to_civil(candidate, &y, &m, &d);
    if (d != day) {
        return false; /* 31 June */
    }
    *out = candidate;
    return true;
}

/** Read "1.4.2017", "01-04-2017", "2017-04-01". */
static bool read_digits(struct sp_view form, sp_day *out)
{
    int parts[3] = {0};
    size_t lengths[3] = {0};
    size_t part = 0;
    for (size_t i = 0; i < form.length; i++) {
        char c = form.data[i];
        if (c >= '0' && c <= '9' && lengths[part] < 4) {
            parts[part] = 10 * parts[part] + (c - '0');
            lengths[part]++;
        } else if ((c == '.' || c == '-' || c == '/') && lengths[part] > 0 && part < 2) {
            part++;
        } else {
            return false;
        }
    }
    if (part != 2 || lengths[1] > 2) {
        return false;
    }
    if (lengths[0] == 4 && lengths[2] <= 2) {
        return real_day(parts[0], parts[1], parts[2], out);
    }
    return lengths[2] == 4 && lengths[0] <= 2 && real_day(parts[2], parts[1], parts[0], out);
}

/** Read a date that begins at word @p index; @p last is its last word, "r." included. */
static bool date_at(const struct sp_reading *reading, size_t index, sp_day *day, size_t *last)
{
    const struct sp_word *words = reading->words;
    size_t end = index;
    if (!read_digits(words[index].token->form, day)) {
        if (!words[index].has_number || words[index].in_words || index + 2 >= reading->count ||
            !words[index + 2].has_number || words[index].number > 31 ||
            words[index + 2].number > YEAR_LAST) {
            return false;
        }
        if (!real_day((int)words[index + 2].number, month_of(&words[index + 1]),
                      (int)words[index].number, day)) {
            return false;
        }
        end = index + 2;
    }
    if (end + 1 < reading->count &&
        (sp_word_form_is(&words[end + 1], "r.") || sp_word_form_is(&words[end + 1], "roku") ||
         sp_word_form_is(&words[end + 1], "r"))) {
        end++;
    }
    *last = end;
    return true;
}

bool sp_of_a_law(const struct sp_reading *reading, size_t index)
{
    static const char *const LAWS[] = {"ustawa",        "rozporządzenie", "dyrektywa",
                                       "obwieszczenie", "uchwała",        "zarządzenie"};
    for (size_t back = 1; back <= LAW_WORDS && back <= index; back++) {
        const struct sp_word *word = &reading->words[index - back];
        if (word->sentence != reading->words[index].sentence) {
            return false;
        }
        for (size_t i = 0; i < sizeof LAWS / sizeof *LAWS; i++) {
            if (sp_word_is(word, LAWS[i])) {
                return true;
            }
        }
    }
    return false;
}

/** The preposition before a date, over "dnia" and "dnia roboczego". */
static bool preceded_by(const struct sp_reading *reading, size_t index, const char *form)
{
    for (size_t back = 1; back <= 2 && back <= index; back++) {
        const struct sp_word *word = &reading->words[index - back];
        if (sp_word_form_is(word, form)) {
            return true;
        }
        if (!sp_word_is(word, "dzień")) {
            return false;
        }
    }
    return false;
}

/** True if a dash or "do" joins the date that ends at @p last with the word after it. */
static bool joins_next(const struct sp_reading *reading, size_t last, size_t *next)
{
    size_t at = last + 1;
    struct sp_view gap = sp_reading_gap(reading, last);
    bool dash = sp_gap_has(gap, "–") || sp_gap_has(gap, "-") || sp_gap_has(gap, "—");
    while (at < reading->count && (sp_word_form_is(&reading->words[at], "do") ||
                                   sp_word_is(&reading->words[at], "dzień"))) {
        dash = dash || sp_word_form_is(&reading->words[at], "do");
        at++;
    }
    *next = at;
    return dash && at < reading->count;
}

static enum sp_status add_date(struct sp_finding *finding, size_t first, size_t last, sp_day from,
                               sp_day to)
{
    bool deadline = sp_sentence_has(finding, first, SP_CUE_BIT(SP_CUE_DEADLINE));
    bool performance = sp_sentence_has(finding, first, SP_CUE_BIT(SP_CUE_PERFORMANCE));
    bool span = from != SP_DAY_UNKNOWN && to != SP_DAY_UNKNOWN;
    if (deadline && !span) {
        struct sp_fact fact = sp_fact_of(finding, SP_FACT_DEADLINE, first, last, SP_CERTAIN);
        fact.to = to != SP_DAY_UNKNOWN ? to : from;
        return sp_fact_add(finding, &fact);
    }
    if (!span && !performance) {
        return SP_OK;
    }
    struct sp_fact fact =
        sp_fact_of(finding, SP_FACT_PERFORMANCE, first, last, performance ? SP_CERTAIN : SP_LIKELY);
    fact.from = from;
    fact.to = to;
    return sp_fact_add(finding, &fact);
}

enum sp_status sp_find_dates(struct sp_finding *finding)
{
    struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < reading->count; i++) {
        sp_day day = SP_DAY_UNKNOWN;
        sp_day second = SP_DAY_UNKNOWN;
        size_t last = i;
        size_t next = i;
        if (!date_at(reading, i, &day, &last)) {
            continue;
        }
        bool law = sp_of_a_law(reading, i);
        bool from = preceded_by(reading, i, "od");
        bool to = preceded_by(reading, i, "do");
        law = law || preceded_by(reading, i, "z"); /* "umowa nr 7 z 27.11.2017" */
        sp_words_use(reading, i, last);
        size_t first = i;
        if (!law && joins_next(reading, last, &next) && date_at(reading, next, &second, &last) &&
            second >= day) {
            sp_words_use(reading, next, last);
            status = add_date(finding, first, last, day, second);
        } else if (!law && (to || !from)) {
            status = add_date(finding, first, last, SP_DAY_UNKNOWN, day);
        } else if (!law) {
            status = add_date(finding, first, last, day, SP_DAY_UNKNOWN);
        }
        i = last;
    }
    return status;
}

static bool is_short(const struct sp_period *period)
{
    return strcmp(period->id, "day") == 0 || strcmp(period->id, "week") == 0;
}

/** "Termin realizacji:" and on the next line "48 miesięcy od ...": the heading says what it is. */
static enum sp_status find_headed_terms(struct sp_finding *finding)
{
    struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i + 1 < reading->count; i++) {
        const struct sp_word *word = &reading->words[i];
        const struct sp_period *period =
            sp_period_named(finding->tools->vocabulary->units, reading->words[i + 1].token->folded);
        bool starts = i == 0 || reading->words[i - 1].sentence < word->sentence ||
                      reading->words[i - 1].has_number; /* "1.1. 48 miesięcy" */
        if (starts && word->has_number && !word->used && word->number >= 1 && period != NULL &&
            !is_short(period) && sp_sentence_has(finding, i, SP_CUE_BIT(SP_CUE_PERFORMANCE))) {
            struct sp_fact fact = sp_fact_of(finding, SP_FACT_TERM, i, i + 1, SP_LIKELY);
            fact.amount = word->number;
            fact.amount_max = word->number_max;
            fact.period = period;
            sp_words_use(reading, i, i + 1);
            status = sp_fact_add(finding, &fact);
        }
    }
    return status;
}

enum sp_status sp_find_terms(struct sp_finding *finding)
{
    struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < finding->cues.count; i++) {
        const struct sp_cue_hit *hit = &finding->cues.items[i];
        bool employs = sp_sentence_has(finding, hit->first, SP_CUE_BIT(SP_CUE_ART_96));
        bool performs = sp_sentence_has(finding, hit->first, SP_CUE_BIT(SP_CUE_PERFORMANCE));
        bool warrants = sp_sentence_has(finding, hit->first, SP_CUE_BIT(SP_CUE_PROCEDURE));
        if (hit->cue != SP_CUE_TERM || employs || (warrants && !performs)) {
            continue; /* a clause of art. 96 says how long persons are employed */
        }
        for (size_t at = hit->first; at < hit->last; at++) {
            const struct sp_word *word = &reading->words[at];
            size_t named = at + 1;
            if (!word->has_number || word->used || word->number < 1) {
                continue;
            }
            if (reading->words[named].has_number && named < hit->last) {
                named++; /* "12 (dwanaście) miesięcy" */
            }
            const struct sp_period *period = sp_period_named(finding->tools->vocabulary->units,
                                                             reading->words[named].token->folded);
            if (period == NULL || (is_short(period) && !performs)) {
                continue; /* "w ciągu 7 dni od podpisania" is about a paper, not about the work */
            }
            struct sp_fact fact = sp_fact_of(finding, SP_FACT_TERM, at, named, SP_CERTAIN);
            fact.amount = word->number;
            fact.amount_max = word->number_max;
            fact.period = period;
            sp_words_use(reading, at, named);
            status = sp_fact_add(finding, &fact);
            break;
        }
    }
    return status == SP_OK ? find_headed_terms(finding) : status;
}

/** Read a time of the day at word @p index: "7:00", "15.30", after "godz." also "7". */
static bool minute_at(const struct sp_reading *reading, size_t index, bool after_hour_word,
                      int32_t *minute, size_t *last)
{
    const struct sp_word *words = reading->words;
    if (!words[index].has_number || words[index].in_words || words[index].number > 24) {
        return false;
    }
    struct sp_view form = words[index].token->form;
    int32_t hour = (int32_t)words[index].number;
    if (form.length >= 4 && (form.data[form.length - 3] == '.')) { /* one token: "7.30" */
        int32_t tail = 10 * (form.data[form.length - 2] - '0') + (form.data[form.length - 1] - '0');
        *minute = hour * MINUTES_AN_HOUR + tail;
        *last = index;
        return after_hour_word && tail < MINUTES_AN_HOUR;
    }
    struct sp_view gap = sp_reading_gap(reading, index);
    if (index + 1 < reading->count && gap.length == 1 && gap.data[0] == ':' &&
        words[index + 1].token->form.length == 2 && words[index + 1].has_number &&
        words[index + 1].number < MINUTES_AN_HOUR) {
        *minute = hour * MINUTES_AN_HOUR + (int32_t)words[index + 1].number;
        *last = index + 1;
        return true;
    }
    *minute = hour * MINUTES_AN_HOUR;
    *last = index;
    return after_hour_word && words[index].number == (double)hour;
}

static bool is_hour_word(const struct sp_word *word)
{
    return sp_word_form_is(word, "godz.") || sp_word_form_is(word, "godz") ||
           sp_word_form_is(word, "godzinach") || sp_word_form_is(word, "godziny") ||
           sp_word_form_is(word, "godzinie") || sp_word_form_is(word, "godzinami") ||
           sp_word_is(word, "godzinowy");
}

/** Read one window of hours whose first time stands at word @p i. */
static enum sp_status read_window(struct sp_finding *finding, size_t i, bool hour_word,
                                  size_t *done)
{
    struct sp_reading *reading = finding->reading;
    int32_t from = SP_MINUTE_UNKNOWN;
    int32_t to = SP_MINUTE_UNKNOWN;
    size_t last = i;
    size_t next = i;
    if (!minute_at(reading, i, hour_word, &from, &last)) {
        return SP_OK;
    }
    size_t end = last;
    bool is_end = preceded_by(reading, i, "do") ||
                  (i >= 2 && hour_word && sp_word_form_is(&reading->words[i - 2], "do"));
    if (joins_next(reading, last, &next)) {
        next += next + 1 < reading->count && is_hour_word(&reading->words[next]);
        if (minute_at(reading, next, true, &to, &end)) {
            last = end;
        }
    }
    sp_words_use(reading, i, last);
    *done = last;
    if (sp_sentence_has(finding, i, SP_CUE_BIT(SP_CUE_DEADLINE) | SP_CUE_BIT(SP_CUE_PROCEDURE))) {
        return SP_OK;
    }
    struct sp_fact fact = sp_fact_of(finding, SP_FACT_HOURS, i, last, SP_CERTAIN);
    bool single_end = is_end && to == SP_MINUTE_UNKNOWN;
    fact.minute_from = single_end ? SP_MINUTE_UNKNOWN : from;
    fact.minute_to = single_end ? from : to;
    return sp_fact_add(finding, &fact);
}

enum sp_status sp_find_hours(struct sp_finding *finding)
{
    struct sp_reading *reading = finding->reading;
    enum sp_status status = SP_OK;
    for (size_t i = 0; status == SP_OK && i < reading->count; i++) {
        size_t since = i > 1 && sp_word_form_is(&reading->words[i - 1], "od");
        bool hour_word = i > since && is_hour_word(&reading->words[i - 1 - since]) &&
                         reading->words[i - 1].sentence == reading->words[i].sentence &&
                         (i < 2 + since || !reading->words[i - 2 - since].has_number);
        /* not "110 godz., 20 osób" */
        if (!reading->words[i].used) {
            status = read_window(finding, i, hour_word, &i);
        }
    }
    return status;
}
